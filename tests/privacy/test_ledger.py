"""One report a quarter, a cap for life, drawn once, kept before it is sent: also under kill -9."""

import doctest
import signal
import sys
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tests import programs
from tests.privacy import ledger as library
from tests.privacy.ledger import (
    AlreadyGranted,
    CapReached,
    Ledger,
    Spent,
    dumps,
    forgotten,
    grant,
    loads,
    quarter_of,
    received,
    report_for,
)

ROOT = Path(__file__).resolve().parents[2]


class Device:
    """What a device keeps, and how often it drew."""

    def __init__(self) -> None:
        self.kept, self.draws = Ledger(), 0

    def draw(self) -> bytes:
        self.draws += 1
        return f"report {self.draws}".encode()

    def keep(self, ledger: Ledger) -> None:
        self.kept = ledger

    def report(self, quarter: str, epsilon: int = 1000) -> bytes:
        return report_for(self.kept, quarter, epsilon, draw=self.draw, keep=self.keep)


def test_a_quarter_has_one_report_however_often_it_is_sent() -> None:
    device = Device()
    assert {device.report("2026-q4") for _time in range(5)} == {b"report 1"}
    assert device.draws == 1 and device.kept.spent == 1000


def test_four_reports_reach_the_cap_for_life() -> None:
    device = Device()
    for quarter in range(1, 5):
        device.report(f"2026-q{quarter}")
    with pytest.raises(CapReached):
        device.report("2027-q1")
    assert device.draws == 4 and device.kept.left == 0
    assert device.report("2026-q2") == b"report 2"


def test_a_report_dearer_than_what_is_left_is_refused_before_it_is_drawn() -> None:
    device = Device()
    device.report("2026-q1", 3500)
    with pytest.raises(CapReached):
        device.report("2026-q2", 501)
    assert device.draws == 1
    assert device.report("2026-q2", 500)


def test_nothing_is_sent_that_could_not_be_kept() -> None:
    device = Device()

    def full_disk(_ledger: Ledger) -> None:
        raise OSError

    with pytest.raises(OSError):
        report_for(device.kept, "2026-q4", 1000, draw=device.draw, keep=full_disk)
    assert device.kept.spent == 0


def test_two_devices_of_a_person_share_the_ledger_of_the_service() -> None:
    of_person = grant(Ledger(), "2026-q4", 1000)
    with pytest.raises(AlreadyGranted):
        grant(of_person, "2026-q4", 1000)
    assert grant(of_person, "2027-q1", 1000).left == 2000
    assert of_person.entries[0].report == b""


def test_the_service_refuses_above_the_cap() -> None:
    of_person = Ledger()
    for quarter in range(1, 5):
        of_person = grant(of_person, f"2026-q{quarter}", 1000)
    with pytest.raises(CapReached):
        grant(of_person, "2027-q1", 1)


@pytest.mark.parametrize("cost", [0, -1000])
def test_a_report_costs_something(cost: int) -> None:
    with pytest.raises(ValueError, match="costs"):
        grant(Ledger(), "2026-q4", cost)


def test_what_was_erased_stays_spent_and_is_not_drawn_again() -> None:
    device = Device()
    device.report("2026-q4")
    device.kept = forgotten(device.kept)
    assert device.kept.spent == 1000 and b"report" not in dumps(device.kept).encode().split(b"entries")[1]
    with pytest.raises(AlreadyGranted):
        device.report("2026-q4")
    assert device.draws == 1


def test_a_report_received_is_marked_and_no_other() -> None:
    device = Device()
    device.report("2026-q3")
    device.report("2026-q4")
    marked = received(device.kept, "2026-q4")
    assert [one.is_received for one in marked.entries] == [False, True]


def test_a_ledger_is_read_back() -> None:
    ledger = received(Ledger(2500, (Spent("2026-q3", 1000, b"x"), Spent("2026-q4", 1, b"y"))), "2026-q4")
    assert loads(dumps(ledger)) == ledger


@pytest.mark.parametrize(
    "entries",
    [[["a", 1, "", False]] * 2, [["a", 5000, "", False]], [["a", -4000, "", False], ["b", 4000, "", False]]],
)
def test_a_ledger_that_was_tampered_with_is_refused(entries: list[list[object]]) -> None:
    text = dumps(Ledger()).replace("[]", str(entries).replace("'", '"').replace("False", "false"))
    with pytest.raises(ValueError, match=r"twice|cap"):
        loads(text)


def test_a_damaged_ledger_is_not_an_empty_one() -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(dumps(Ledger())[:-1])


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ((2026, 1, 1), "2026-q1"),
        ((2026, 3, 31), "2026-q1"),
        ((2026, 4, 1), "2026-q2"),
        ((2026, 12, 31), "2026-q4"),
    ],
)
def test_a_day_has_its_quarter(day: tuple[int, int, int], quarter: str) -> None:
    assert quarter_of(date(*day)) == quarter


POINTS = ["before drawing", "before keeping", "half kept", "kept", "sent"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("half kept", "kept"),
        ("sent", "sent"),
        *(
            pytest.param(*points, marks=pytest.mark.again)
            for points in product(POINTS, ("before keeping", "kept", "sent"))
        ),
    ],
)
def test_killed_at_any_point_a_device_sends_one_report(tmp_path: Path, first: str, second: str) -> None:
    """Killed twice, then left alone: what arrived is one report, however often, and its ε is paid once."""
    command = [sys.executable, str(ROOT / "tests" / "privacy" / "killed.py"), str(tmp_path)]
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    for point in (first, second):
        died = programs.run([*command, point], env=environment).returncode
        assert died == -signal.SIGKILL
    programs.run([*command, "never"], env=environment, check=True)
    arrived = (tmp_path / "arrived").read_text().splitlines()
    assert len(set(arrived)) == 1
    assert loads((tmp_path / "ledger").read_text()).spent == 1000


def test_the_examples_are_true() -> None:
    assert not doctest.testmod(library).failed
