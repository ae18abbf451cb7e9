"""The site ends at any statement while a room is open, and pages ask again as `wire.js` does: what is said is told
once, who was let in is in, and nobody else is."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.agencies.killing import killed_at
from tests.hostile.visit import undone
from tests.interviews.making import both_in, heard, say, seat, url
from tests.personas import Town
from tests.sweeps import few
from visavis.interviews import services
from visavis.interviews.models import Interview

pytestmark = pytest.mark.database


def each_time_again(act: Callable[[], object], name: str) -> Iterator[int]:
    """Kill an act at drawn statements, and do it again each time; what came of it is undone behind."""
    with undone():
        most = killed_at(0, act)
    for at in few("killed", range(1, most + 1), of=name):
        with undone():
            killed_at(at, act)
            act()
            yield at


def test_signals_come_back_once_and_nobody_is_admitted_who_was_not(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    sow = {"sitter": services.Sitter.INTERPRETER, "name": "Mme Sow", "by": town.people["amelie"]}
    third = services.arrive(seat=services.invite(interview=room, **sow), by=None)
    bruno, ice = town.client("bruno"), {"to": 2, "k": "ice"}

    def enter(number: int) -> dict[str, object]:
        return dict(Client().post(url("connect", seat(room, number))).json())

    for at in each_time_again(lambda: say(bruno, host, ice | {"d": "MQ=="}, ice | {"d": "Mg=="}), "said"):
        # PostgreSQL numbers them at the commit, which does not come here: their order is asked in test_wire.py.
        assert sorted(one["d"] for one in heard(hers.ear)) == ["MQ==", "Mg=="], at
    for at in each_time_again(lambda: enter(3), "waits"):
        assert seat(room, 3).state == "waiting" and "key" not in enter(3), at
    for at in each_time_again(lambda: enter(2), "comes back"):
        assert seat(room, 2).state == "admitted" and "key" in enter(2), at
    let_in = {"seat": third.number}
    for at in each_time_again(lambda: bruno.post(url("act", host, "admit"), let_in), "is let in"):
        assert seat(room, 3).state == "admitted" and "key" in enter(3), at
