"""A source that loses half of what it had, or all of it, closes nothing before somebody of the service says yes.

A file that is cut says so and closes nothing. One that is whole and holds three vacancies of three hundred is either
true or a fault at the source: only people know which.
"""

from collections.abc import Collection
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.vacancies import changes
from visavis.vacancies.feeds import merging
from visavis.vacancies.models import Feed, FeedFall, FeedRun, Vacancy

# Fewer than this close without a question.
LEAST = 10
BATCH = 500


class Answered(Refused):
    """Somebody answered already, or a later reading made the question void."""


def is_fall(before: int, gone: int) -> bool:
    """Say whether a source lost at least half of what it had."""
    return gone >= LEAST and 2 * gone >= before


def ask(run: FeedRun, *, before: int, gone: Collection[int]) -> FeedFall:
    """Keep what a run would close, until somebody says yes."""
    fall = FeedFall.objects.create(run=run, before=before, left=before - len(gone))
    for part in batched(gone, BATCH, strict=False):
        fall.gone.add(*part)
    return fall


def end_former(feed: Feed, run: FeedRun) -> None:
    """End the questions of earlier runs: a later one has read the whole source."""
    former = FeedFall.objects.filter(run__feed=feed, answer=FeedFall.Answer.WAITING).exclude(run=run)
    former.update(answer=FeedFall.Answer.OVER, answered_at=clock.now())


def answer(*, fall: FeedFall, is_yes: bool, by: User) -> int:
    """Close what the run no longer holds, or let all of it stand; return how many were closed.

    What was closed or came back meanwhile is left as it is. Raises Answered.
    """
    with transaction.atomic():
        said = FeedFall.Answer.CLOSED if is_yes else FeedFall.Answer.KEPT
        claimed = FeedFall.objects.filter(pk=fall.pk, answer=FeedFall.Answer.WAITING)
        if not claimed.update(answer=said, answered_at=clock.now()):
            raise Answered(_("This was answered already, or the source was read again since."))
        closed = close(list(fall.gone.values_list("pk", flat=True))) if is_yes else 0
        FeedRun.objects.filter(pk=fall.run_id).update(closed=fall.run.closed + closed)
        act = journal.Act(Entry.Action.CHANGED, "feed_run", fall.run_id, note=f"fall {said}")
        journal.record(act, by=by.pk)
    if closed:
        merging.merge_all()
        changes.AFTER_FEED.call()
    return closed


def close(numbers: Collection[int]) -> int:
    """Close the vacancies that are open; return how many were."""
    closed = {"state": Vacancy.State.CLOSED, "changed_at": clock.now()}
    return sum(
        Vacancy.objects.filter(pk__in=part, state=Vacancy.State.OPEN).update(**closed)
        for part in batched(numbers, BATCH, strict=False)
    )
