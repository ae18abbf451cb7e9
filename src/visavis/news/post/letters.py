"""Make letters of the news that wait to be told on paper, once each; say that they were posted, or came back."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news.models import Batch, Envelope, News
from visavis.news.models.envelope import by_post
from visavis.news.models.news import is_told
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.tries import handed

MOST = 1_000
LENGTH = 8


class NothingToPost(Refused):
    """No news waits that can be told by letter."""

    words = _("No letter waits. Somebody else may have made them: look at the list below.")


class AlreadyPosted(Refused):
    """The batch was posted, or the letter came back already."""

    words = _("This was noted already.")


def waiting(actor: User) -> QuerySet[News]:
    """Return the news told on paper that have no letter yet, oldest first; of those without an address, too."""
    rows = News.objects.untold().filter(by_post(actor), channel=Channel.POST, envelope__isnull=True)
    return rows.filter(is_told()).select_related("user").order_by("at", "pk")


def split(rows: Sequence[News]) -> tuple[list[News], list[News]]:
    """Part what has an address to go to from what has none."""
    there = [row for row in rows if row.user.postal_address]
    return there, [row for row in rows if not row.user.postal_address]


def make(*, form: uuid.UUID, by: User) -> Batch:
    """Make a batch of the letters that wait, a thousand at most; each was read then, in the journal.

    The same form makes one batch. Two people at once: each piece of news has one letter, whoever makes it.
    Raises NothingToPost.
    """
    known = Batch.objects.filter(form=form, by=by).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _make(form, by)
    except IntegrityError as error:
        known = Batch.objects.filter(form=form, by=by).first()
        if known is None:
            raise NothingToPost from error
        return known


def _make(form: uuid.UUID, by: User) -> Batch:
    rows, _without = split(list(waiting(by).select_for_update(of=("self",))))
    rows = rows[:MOST]
    if not rows:
        raise NothingToPost
    batch = Batch.objects.create(form=form, by=by)
    Envelope.objects.bulk_create([_envelope(row, batch) for row in rows])
    journal.record_all(
        [journal.Act(Entry.Action.READ, row.thing, row.thing_id, row.user_id) for row in rows], by=by.pk
    )
    return batch


def _envelope(row: News, batch: Batch) -> Envelope:
    code = drawn()
    return Envelope(
        news=row,
        batch=batch,
        address=f"{row.user.name}\n{row.user.postal_address}",
        code=code,
        digest=digest(code),
        until=clock.today() + Envelope.LIFE,
    )


def drawn() -> str:
    """Draw the code of a letter: eight signs in two halves, read aloud without a slip."""
    signs = handed.drawn().replace("-", "")[:LENGTH]
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def digest(code: str) -> str:
    return handed.digest("news.post", code)


def note_posted(*, batch: Batch, by: User) -> int:
    """Say that the letters of a batch left; what each tells is told, but of one that is back already.

    Returns how many. Raises AlreadyPosted.
    """
    with transaction.atomic():
        if not Batch.objects.filter(pk=batch.pk, posted_at__isnull=True).update(posted_at=clock.now()):
            raise AlreadyPosted
        told = {"state": News.State.TOLD, "told_at": clock.now(), "told_by": by}
        rows = News.objects.untold().filter(envelope__batch=batch, envelope__returned_at__isnull=True)
        people = list(rows.values_list("pk", "user"))
        rows.update(**told)
        journal.record_all(
            [journal.Act(Entry.Action.CHANGED, "letter", pk, person, note="posted") for pk, person in people],
            by=by.pk,
        )
    return len(people)


def note_returned(*, envelope: Envelope, by: User) -> None:
    """Say that a letter came back: its code opens nothing more, somebody tells it otherwise. Raises AlreadyPosted."""
    mine = Envelope.objects.filter(pk=envelope.pk, returned_at__isnull=True)
    with transaction.atomic():
        if not mine.update(returned_at=clock.now()):
            raise AlreadyPosted
        untold = {"state": News.State.FAILED, "told_at": None, "told_by": None}
        News.objects.filter(pk=envelope.news_id).update(**untold)
        act = journal.Act(Entry.Action.CHANGED, "letter", envelope.pk, envelope.news.user_id, note="returned")
        journal.record(act, by=by.pk)


def opened_by(code: str) -> Envelope | None:
    """Return the letter whose code opens what it tells today."""
    return Envelope.objects.opening().select_related("news__user").filter(digest=digest(code)).first()
