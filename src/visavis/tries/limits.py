"""How often somebody may try, counted so that nobody is shut out by another.

Each try is counted for who asks and what she asks for together, and for each of the two alone, where much more is
free. Beyond what is free one waits her turn, a minute at first: it is kept in her own session, and no other request
takes it away. A browser from which somebody signed in to the account before is counted apart from all strangers.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from visavis.common import clock
from visavis.tries import marks
from visavis.tries.models import Count

SESSION_KEY = "tries_turns"
FIRST_TURN = dt.timedelta(minutes=1)
LAST_TURN = dt.timedelta(minutes=15)
KEPT_FOR = dt.timedelta(days=2)
# Turns that one session keeps, the newest.
MOST_TURNS = 5
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Share:
    """In a window of time: so many are free, and so many more go on when their turn has come."""

    free: int
    most: int
    window: dt.timedelta


@dataclass(frozen=True)
class Limit:
    """What may be tried: by one who asks for one account, by all for it, and by one network for all accounts."""

    name: str
    together: Share
    account: Share
    network: Share


@dataclass(frozen=True)
class Wait:
    """Not now. With a turn kept, it goes on after `time`; without, strangers have tried too often for long."""

    time: dt.timedelta
    has_turn: bool


def knock(request: HttpRequest, limit: Limit, account: str) -> Wait | None:
    """Count one try, or say how long to wait: a try refused is not counted, so nobody makes a wait longer."""
    what = marks.mark(limit.name, account)
    if browser := marks.known_browser(request, account):
        return _in_turn(request, what, [(marks.mark(limit.name, "known", browser, account), limit.together)])
    network = marks.network(request)
    shares = [
        (marks.mark(limit.name, "together", network, account), limit.together),
        (marks.mark(limit.name, "account", account), limit.account),
        (marks.mark(limit.name, "network", network), limit.network),
    ]
    return _in_turn(request, what, shares)


def forgive(request: HttpRequest, limit: Limit, account: str) -> None:
    """Begin anew for who has just proved to be right, there alone: what strangers tried stays counted."""
    browser = marks.known_browser(request, account)
    who = ("known", browser) if browser else ("together", marks.network(request))
    Count.objects.filter(key=marks.mark(limit.name, *who, account)).delete()
    turns = request.session.get(SESSION_KEY, {})
    if turns.pop(marks.mark(limit.name, account), None):
        request.session[SESSION_KEY] = turns


def is_crowded(limit: Limit, account: str) -> bool:
    """Say whether strangers have used up what is free for an account."""
    key = marks.mark(limit.name, "account", account)
    since = clock.now() - limit.account.window
    return Count.objects.filter(key=key, since__gt=since, number__gte=limit.account.free).exists()


def _in_turn(request: HttpRequest, what: str, shares: Sequence[tuple[str, Share]]) -> Wait | None:
    """Count a try; who comes too early is given a turn, which grows with how often she was served by turn."""
    now = clock.now().timestamp()
    turns: dict[str, list[float]] = request.session.get(SESSION_KEY, {})
    at, served = turns.get(what, [0.0, 0])
    if at > now:
        return Wait(dt.timedelta(seconds=at - now), has_turn=True)
    refused = count(shares, is_turn=bool(at))
    if refused is None and not at:
        return None
    if refused is None or refused.has_turn:
        turn = min(FIRST_TURN * 2 ** min(served, 8), LAST_TURN)
        turns[what] = [0.0, served + 1] if refused is None else [now + turn.total_seconds(), served]
        refused = refused and Wait(turn, has_turn=True)
    request.session[SESSION_KEY] = dict(list(turns.items())[-MOST_TURNS:])
    return refused


def count(shares: Sequence[tuple[str, Share]], *, is_turn: bool = False) -> Wait | None:
    """Count one in each share, or in none of them: rows are held, always in the same order, until it is decided."""
    now = clock.now()
    with transaction.atomic():
        rows = [_held(key, share, now) for key, share in shares]
        pairs = [(row, share) for row, (_key, share) in zip(rows, shares, strict=True)]
        full = [(row, share) for row, share in pairs if row.number >= share.most]
        busy = [] if is_turn else [(row, share) for row, share in pairs if row.number >= share.free]
        if full or busy:
            until = max(row.since + share.window for row, share in full or busy)
            return Wait(until - now, has_turn=not full)
        for row in rows:
            row.number += 1
            row.save(update_fields=["number", "since"])
    return None


def _held(key: str, share: Share, now: dt.datetime) -> Count:
    """Hold the row of a key; a window that is over begins anew. Who is right meanwhile may take it away: once more."""
    held = Count.objects.select_for_update().filter(key=key)
    while (row := held.first()) is None:
        Count.objects.bulk_create([Count(key=key, since=now)], ignore_conflicts=True)
    if row.since + share.window <= now:
        row.number, row.since = 0, now
    return row


def over(now: dt.datetime) -> QuerySet[Count]:
    """Find the counts whose window is over."""
    return Count.objects.filter(since__lt=now - KEPT_FOR)
