"""Nights of which processes are killed: scenes that test_night.py has played on a database of their own."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.common.at_once import IS_FULL, ROUNDS, Found, set_up, tell
from tests.programs import tie
from visavis.shards import kept, lists, pool

PEOPLE = 6
NIGHTS = 3 if IS_FULL else 1
# The shards, of a person each, whose worker is killed the first time that they are found.
DEADLY = (0, 2, 5)

find = lists.find


# A night's own process -------------------------------------------------------------------------------


def half_written() -> None:
    """Kill the night when prices are written, when lists are, and at the door; the sweep starts it again."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.matches.making import bulk, editions, ranking  # noqa: PLC0415

    for _number in range(2):
        factories.JobseekerFactory(commune=None)
    factories.VacancyFactory()
    ranking.rank_everybody()
    moments = (lambda: _die_after(bulk, "write", 1), lambda: _die_after(bulk, "write", 2), _die_at_the_door)
    guarded = [_night_killed(moments[number % len(moments)]) for number in range(ROUNDS)]
    begin = editions.begin

    def served_at_once() -> None:
        def begun(strength: float) -> Any:
            edition = begin(strength)
            editions.serve(edition)
            return edition

        editions.begin = begun
        _die_after(bulk, "write", 2)

    tell(guarded, _night_killed(served_at_once))


def _night_killed(prepare: Callable[[], None]) -> Found:
    """Run a night in a process that dies in the middle; say what is read then, and what the sweep makes of it."""
    from django.db import connections  # noqa: PLC0415  (Django must be set up)

    from tests import factories  # noqa: PLC0415
    from visavis.common.listeners import Listeners  # noqa: PLC0415
    from visavis.matches.making import runs  # noqa: PLC0415
    from visavis.matches.models import Edition, Match, Run  # noqa: PLC0415

    before = _places()
    run, new = Run.objects.create(scope="everybody"), factories.VacancyFactory()
    # A process that is forked must not speak on its parent's connection.
    connections.close_all()
    if (child := os.fork()) == 0:
        tie()
        prepare()
        runs.work_on(run.pk)
        os._exit(9)
    _pid, status = os.waitpid(child, 0)
    found = {"killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL}
    found |= {"same": _places() == before, "editions": Edition.objects.count(), "places": len(before)}
    Run.objects.filter(pk=run.pk).update(moved_at="2020-01-01T00:00:00Z")
    runs.START = Listeners(runs.work_on)
    runs.sweep()
    run.refresh_from_db()
    left = Match.everything.count() - Match.objects.count()
    return found | {"state": run.state, "left": left, "new": Match.objects.filter(vacancy=new).count()}


def _places() -> list[tuple[Any, ...]]:
    from visavis.matches.models import Match  # noqa: PLC0415  (Django must be set up)

    return sorted(Match.objects.values_list("pk", "side", "jobseeker", "vacancy", "rank"))


def _die_after(module: Any, name: str, times: int) -> None:
    act, calls = getattr(module, name), []

    def acting(*arguments: Any) -> None:
        act(*arguments)
        calls.append(1)
        if len(calls) == times:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, acting)


def _die_at_the_door() -> None:
    from visavis.matches.making import editions  # noqa: PLC0415  (Django must be set up)

    editions.serve = lambda _edition: os.kill(os.getpid(), signal.SIGKILL)


# Its workers -----------------------------------------------------------------------------------------


def find_or_die(given: lists.Given) -> kept.Arrays:
    """Find the lists of a shard, but die of some of them the first time."""
    marker = given.market.parents[2] / f"died-{given.first}"
    if given.first in DEADLY and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return find(given)


def sharded() -> None:
    """Kill three workers of a night, of two, one after the other; then one of a night that tries nothing again."""
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)

    from tests import factories  # noqa: PLC0415
    from visavis.matches.bridge.by_night import night  # noqa: PLC0415
    from visavis.matches.making import ranking  # noqa: PLC0415

    for place in range(PEOPLE):
        factories.JobseekerFactory(commune=None)
        factories.VacancyFactory(latitude=44.0 + place)
    night.GROUP = 1
    ranking.rank_everybody()
    alone = _lists()
    settings.VISAVIS_NIGHT_WORKERS = 2
    with patch.object(lists, "find", find_or_die):
        guarded = [_workers_killed(alone) for _night in range(NIGHTS)]
        with patch.object(pool, "MOST_TRIES", 1):
            tell(guarded, _workers_killed(alone))


def _workers_killed(alone: list[list[Any]]) -> Found:
    from django.conf import settings  # noqa: PLC0415  (Django must be set up)

    from visavis.matches.making import ranking  # noqa: PLC0415

    raised = ""
    try:
        ranking.rank_everybody()
    except pool.ClusterRefused as refused:
        raised = str(refused)
    died = list(Path(os.environ["VISAVIS_VAR"]).glob("died-*"))
    for marker in died:
        marker.unlink()
    left = len(list(Path(settings.VISAVIS_NIGHT_FOLDER).iterdir()))
    some = sum(row[2] != "[]" for row in alone)
    return {"raised": raised, "died": len(died), "same": _lists() == alone, "lists": some, "left": left}


def _lists() -> list[list[Any]]:
    from visavis.matches.models import MatchList  # noqa: PLC0415  (Django must be set up)

    names = "jobseeker", "vacancy", "others", "packed", "facts", "holders", "bar", "shown", "kept"
    rows = MatchList.objects.filter(edition__is_served=True).order_by("jobseeker", "vacancy")
    return [
        [bytes(one) if isinstance(one, memoryview) else one for one in row]
        for row in rows.values_list(*names)
    ]


if __name__ == "__main__":
    set_up()
    {"half-written": half_written, "sharded": sharded}[sys.argv[1]]()
