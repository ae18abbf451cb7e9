"""Give a thread to a colleague or to the team, put it off, say that it is done; and return what nobody answered."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.agencies.handing import takers
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Thread
from visavis.mailboxes.turns import Turn
from visavis.people.models import User

LONGEST = dt.timedelta(days=90)
AT_A_TIME = 500


class NotAColleague(Refused):
    """Who should take it works no more as a counsellor in the agency."""

    words = _("Choose a counsellor who works in this agency, or the team.")


class WrongDay(Refused):
    """The day is past, or too far away."""

    words = _("Choose a day from tomorrow on, within three months.")


def assign(*, thread: Thread, to: User | None, by: User) -> None:
    """Put a thread into a colleague's letterbox, or the team's. Raises NotAColleague."""
    if to is not None and to.pk not in {by.pk, *(one.pk for one in takers(thread.agency, besides=by))}:
        raise NotAColleague

    def change(row: Thread) -> str:
        before, row.holder, row.returned_at = row.holder_id, to, None
        return f"holder:{row.holder_id or 0} was {before or 0}"

    _change(thread, change, by)


def put_off(*, thread: Thread, until: dt.date | None, by: User) -> None:
    """Take a thread out of the list until a day; a message of hers brings it back before. Raises WrongDay."""
    if until is not None and not clock.today() < until <= clock.today() + LONGEST:
        raise WrongDay

    def change(row: Thread) -> str:
        row.snoozed_until = until
        return f"until:{until or '-'}"

    _change(thread, change, by)


def finish(*, thread: Thread, by: User) -> None:
    """Say that nothing waits any more; the next message of either side opens it again."""

    def change(row: Thread) -> str:
        row.done_at, row.snoozed_until = clock.now(), None
        row.wait(Turn(), due_on=None)
        return "done"

    _change(thread, change, by)


def _change(thread: Thread, change: Callable[[Thread], str], by: User | None) -> None:
    with transaction.atomic():
        row = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
        note = change(row)
        row.save()
        act = journal.Act(Entry.Action.CHANGED, "thread", row.pk, row.person_id, note=note)
        journal.record(act, by=by.pk if by else None)


def return_unanswered() -> int:
    """Return to the team what waits since longer than promised; return how many threads."""
    today = clock.today()
    late = Q(done_at__isnull=True, holder__isnull=False, ours_since__isnull=False, due_on__lt=today)
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=today)
    numbers = list(
        Thread.objects.filter(late & awake).order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]
    )
    return sum(_give_back(number, late & awake) for number in numbers)


def _give_back(number: int, late: Q) -> bool:
    """Return one thread to the team, if it is still late: somebody may just have answered."""
    with transaction.atomic():
        row = Thread.objects.select_for_update(of=("self",)).filter(late, pk=number).first()
        if row is None:
            return False
        note = f"holder:0 was {row.holder_id or 0} late"
        row.holder, row.returned_at = None, clock.now()
        row.save(update_fields=["holder", "returned_at"])
        journal.record(journal.Act(Entry.Action.CHANGED, "thread", row.pk, row.person_id, note=note), by=None)
    return True
