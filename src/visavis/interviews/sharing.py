"""What is shared in a room: what somebody writes, and the document that lies on the table, open at a page."""

import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.documents.enums import State as DocumentState
from visavis.documents.models import Document
from visavis.interviews import live, permissions
from visavis.interviews.models import Interview, Laid, Remark, Seat
from visavis.journal import services as journal
from visavis.people.models import User

MOST_REMARKS = 500


class NotInRoom(Refused):
    """Only who is in the room shares."""

    words = _("You are not in the room.")


class NothingWritten(Refused):
    """A remark has words, and not too many."""

    words = _("Write at most 2,000 signs.")


class NothingToLay(Refused):
    """The document is not hers, or cannot be looked at."""

    words = _("Choose one of the documents of the file.")


def write(*, seat: Seat, words: str, form: uuid.UUID) -> None:
    """Keep what somebody writes; sent again it is kept once. Raises NotInRoom, NothingWritten."""
    if not permissions.is_let_in(seat):
        raise NotInRoom
    room = seat.interview
    if not words.strip() or len(words) > Remark.LONGEST or room.remarks.count() >= MOST_REMARKS:
        raise NothingWritten
    with transaction.atomic():
        if not Remark.objects.filter(form=form).exists():
            Remark.objects.create(interview=room, seat=seat, words=words.strip(), form=form)
            _tell(room)


def to_lay(room: Interview, by: User | None) -> QuerySet[Document]:
    """Return the documents of the person that somebody who is signed in may lay on the table."""
    if by is None or room.person_id is None:
        return Document.objects.none()
    open_ones = [DocumentState.TO_CHECK, DocumentState.CHECKED, DocumentState.REFUSED]
    return Document.objects.visible_to(by).filter(person=room.person_id, state__in=open_ones)


def lay(*, seat: Seat, document_id: int, by: User | None) -> None:
    """Lay a document before all in the room; another one is taken away. It is in the journal.

    Raises NotInRoom, NothingToLay.
    """
    if not permissions.is_let_in(seat):
        raise NotInRoom
    room = seat.interview
    document = to_lay(room, by).filter(pk=document_id).first()
    if document is None or by is None:
        raise NothingToLay
    with transaction.atomic():
        Interview.objects.select_for_update(of=("self",)).get(pk=room.pk)
        _clear(room)
        Laid.objects.create(interview=room, document=document, by=by)
        _tell(room)
        journal.read("document", document.pk, by=by.pk, person_id=document.person_id, note="interview")


def turn(*, seat: Seat, page: int) -> None:
    """Open what lies on the table at a page, for all. Raises NotInRoom."""
    laid = on_table(seat)
    if laid is not None and 1 <= page <= laid.document.pages.count():
        with transaction.atomic():
            Laid.objects.filter(pk=laid.pk).update(page=page)
            _tell(seat.interview)


def take_away(*, seat: Seat) -> None:
    """Take away what lies on the table. Raises NotInRoom."""
    if not permissions.is_let_in(seat):
        raise NotInRoom
    with transaction.atomic():
        if _clear(seat.interview):
            _tell(seat.interview)


def on_table(seat: Seat) -> Laid | None:
    """Return what lies on the table, to who is in the room. Raises NotInRoom."""
    if not permissions.is_let_in(seat):
        raise NotInRoom
    lying = seat.interview.laid.filter(taken_away_at__isnull=True).select_related("document")
    found = lying.first()
    return found if found is not None and found.document.is_open else None


def _clear(room: Interview) -> int:
    return room.laid.filter(taken_away_at__isnull=True).update(taken_away_at=clock.now())


def _tell(room: Interview) -> None:
    live.tell(Seat.objects.filter(interview=room, ear__isnull=False), {"k": "said"})
