"""Write once to several people: each gets a conversation of her own, in one transaction, by her own channel."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Broadcast
from visavis.mailboxes.services import Written
from visavis.mailboxes.several.previewing import MOST
from visavis.people.models import User


class NobodyTicked(Refused):
    """There is nobody to write to."""

    words = _("Tick at least one person.")


class TooManyTicked(Refused):
    """More than one page can show, and than one act should write to."""

    words = _("One message goes to %(most)s people at most. Choose a narrower filter.") % {"most": MOST}


@dataclass(frozen=True, kw_only=True)
class Once:
    """What is written once: its words, what is expected, and the form it came by."""

    subject: str
    body: str
    form: uuid.UUID
    expects_answer: bool = False
    due_on: dt.date | None = None


def check(people: Sequence[object]) -> None:
    """Raises NobodyTicked, TooManyTicked."""
    if not people:
        raise NobodyTicked
    if len(people) > MOST:
        raise TooManyTicked


def send(*, people: Sequence[Jobseeker], once: Once, by: User) -> tuple[Broadcast, bool]:
    """Write to each, all or none; the same form sent twice writes once. Say whether it is new.

    Raises NobodyTicked, TooManyTicked, Empty, NoAgency, SentElsewhere.
    """
    check(people)
    try:
        with transaction.atomic():
            broadcast = Broadcast.objects.create(author=by, form=once.form)
            for person in people:
                _begin(person, once, broadcast, by)
    except IntegrityError:
        found = Broadcast.objects.filter(form=once.form, author=by).first()
        if found is None:
            raise services.SentElsewhere from None
        return found, False
    return broadcast, True


def _begin(person: Jobseeker, once: Once, broadcast: Broadcast, by: User) -> None:
    written = Written(
        body=once.body,
        voice=Voice.OURS,
        author=by,
        form=uuid.uuid5(once.form, str(person.user_id)),
        expects_answer=once.expects_answer,
        due_on=once.due_on,
        broadcast=broadcast,
    )
    services.begin(person=person.user, subject=once.subject, written=written, by=by)


def over(now: dt.datetime) -> QuerySet[Broadcast]:
    """Find those of which no message is left."""
    return Broadcast.objects.filter(messages__isnull=True)
