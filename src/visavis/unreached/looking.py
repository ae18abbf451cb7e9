"""By night: find whom nothing has reached for weeks, put them on the list, and take off it who was heard from.

Each some people are looked at in a transaction of their own, and looking twice changes nothing: who is killed in the
middle begins again.
"""

import datetime as dt
from collections.abc import Container, Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.journal.services import Act, record_all
from visavis.news.models import News
from visavis.people import reached
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User
from visavis.people.waiting import Named
from visavis.unreached import verdict
from visavis.unreached.enums import Cause, Outcome
from visavis.unreached.models import Unreached
from visavis.unreached.verdict import Closed, Fate, Found, Known, Tried

THING = "unreached"
AT_ONCE = 500
State = News.State
FATES = {
    State.WAITING: Fate.WAITS,
    State.TO_TELL: Fate.WAITS,
    State.FAILED: Fate.CAME_BACK,
    State.SENT: Fate.WENT,
    State.UNKNOWN: Fate.WENT,
    State.TOLD: Fate.WENT,
}


def before() -> dt.datetime:
    """Return the instant since when somebody has to be reached."""
    return clock.now() - dt.timedelta(weeks=settings.VISAVIS_UNREACHED_WEEKS)


def with_open_file() -> QuerySet[Jobseeker]:
    """Find the people whose file is open: an account in use, and still somebody who is accompanied."""
    role = Membership.objects.current().filter(user=OuterRef("user"), role=Role.JOBSEEKER)
    return Jobseeker.objects.followed_now().filter(Exists(role), user__is_active=True).select_related("user")


def looking(after: int = 0) -> Iterator[int]:
    """Look at everybody from a number on, some at once; yield the last number looked at."""
    while some := list(with_open_file().filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        look_at(some)
        after = some[-1].pk
        yield after
    _close_gone()


def look_at(people: Sequence[Jobseeker]) -> None:
    """Look at some people: list who is not reached, take off who was."""
    by_account = {one.user_id: one for one in people}
    early = before()
    heard = reached.last([Named(one.pk, one.user_id) for one in people], early)
    lost = [one for one in people if one.user_id not in heard and one.user.joined_at < early]
    with transaction.atomic():
        there = {
            row.person_id: row
            for row in Unreached.objects.open().filter(person__in=by_account).select_for_update()
        }
        found = _why(lost, early, there)
        # Of whom nothing more waits and who does not look for work: it stays until somebody has closed it.
        _close([row for number, row in there.items() if number in heard], Outcome.HEARD)
        _keep(found, there)


def _why(
    lost: Sequence[Jobseeker], early: dt.datetime, listed: Container[int]
) -> dict[int, tuple[Found, dt.datetime]]:
    """Say of each account why nothing has reached it and since when: of whom that is new, or is listed already."""
    last = reached.last([Named(one.pk, one.user_id) for one in lost])
    accounts = [one.user_id for one in lost]
    closed = _closed(accounts)
    told = _told(accounts)
    found: dict[int, tuple[Found, dt.datetime]] = {}
    for one in lost:
        number = one.user_id
        reached_at = max(last.get(number, one.user.joined_at), one.user.joined_at)
        since = verdict.begins(reached_at, closed.get(number))
        if since >= early:
            continue
        tried = [each for each in told.get(number, ()) if each.at >= since]
        known = Known(since, one.is_looking, has_a_way(one.user), tried)
        cause = verdict.why(known)
        if cause is None:
            continue
        if number in listed or verdict.is_new(cause, known, reached_at, closed.get(number)):
            found[number] = cause, since
    return found


def has_a_way(user: User) -> bool:
    """Say whether anything is kept by which she can be reached; an empty address is none."""
    return bool(user.email or user.phone or user.postal_address.strip())


def _closed(accounts: Sequence[int]) -> dict[int, Closed]:
    """Return how each was closed the last time by somebody; what the night closed explains nothing."""
    rows = Unreached.objects.filter(person__in=accounts, closed_at__isnull=False)
    rows = rows.exclude(outcome__in=[Outcome.HEARD, Outcome.GONE]).order_by("closed_at", "pk")
    return {
        row.person_id: Closed(row.closed_at, Outcome(row.outcome), Cause(row.cause), row.channel)
        for row in rows
        if row.closed_at is not None
    }


def _told(accounts: Sequence[int]) -> dict[int, list[Tried]]:
    """Return what was to be told to each, oldest first."""
    rows = News.objects.filter(user__in=accounts, role=Role.JOBSEEKER).order_by("at", "pk")
    found: dict[int, list[Tried]] = {}
    for user, at, channel, state in rows.values_list("user", "at", "channel", "state"):
        found.setdefault(user, []).append(Tried(at, channel, FATES[State(state)]))
    return found


def tried_of(rows: Sequence[Unreached]) -> dict[int, list[Tried]]:
    """Return what was to be told to the people of some rows, newest first, by the number of the row: one question."""
    told = _told([row.person_id for row in rows]) if rows else {}
    return {
        row.pk: [one for one in reversed(told.get(row.person_id, [])) if one.at >= row.since] for row in rows
    }


def _keep(found: dict[int, tuple[Found, dt.datetime]], there: dict[int, Unreached]) -> None:
    """List who is not listed; of who is, write down another cause: then it rests no longer."""
    changed = []
    for number, (cause, _since) in found.items():
        row = there.get(number)
        if row is not None and (row.cause, row.channel) != (cause.cause, cause.channel):
            row.cause, row.channel, row.rests_until = cause.cause, cause.channel, None
            row.save(update_fields=["cause", "channel", "rests_until"])
            changed.append(row)
    rows = [
        Unreached(person_id=number, cause=cause.cause, channel=Channel(cause.channel) if cause.channel else "",
                  since=since)
        for number, (cause, since) in found.items()
        if number not in there
    ]  # fmt: skip
    Unreached.objects.bulk_create(rows)
    _note([(row, Entry.Action.CREATED, row.cause) for row in rows])
    _note([(row, Entry.Action.CHANGED, row.cause) for row in changed])


def _close(rows: Sequence[Unreached], outcome: Outcome) -> None:
    for row in rows:
        row.closed_at, row.outcome = clock.now(), outcome
        row.save(update_fields=["closed_at", "outcome"])
    _note([(row, Entry.Action.CHANGED, outcome) for row in rows])


def _close_gone() -> None:
    """Take off the list whose file is closed."""
    with transaction.atomic():
        there = with_open_file().values("user")
        _close(list(Unreached.objects.open().exclude(person__in=there).select_for_update()), Outcome.GONE)


def _note(rows: Sequence[tuple[Unreached, str, str]]) -> None:
    record_all([Act(action, THING, row.pk, row.person_id, note=note) for row, action, note in rows], by=None)
