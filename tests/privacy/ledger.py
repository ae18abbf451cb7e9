"""How much of a person's privacy was spent: one report a quarter, a cap for life, drawn once, kept before it is sent.

Statement
---------
All reports in a ledger together are E-locally differentially private, E being the sum of their ε, never above the
cap: what differs between two lives of sets, x₁ … xₙ and x'₁ … x'ₙ, changes the chance of all reports together by
a factor of e^E at most (sequential composition: Dwork, McSherry, Nissim, Smith 2006). It holds for a person when
all her devices share one ledger: the service keeps hers without any report in it (`grant`); each device asks first.

A report that was drawn is never drawn again: a second one of the same set would cost ε once more. And an old one is
not sent again in a later quarter because the set stayed the same: two equal reports would tell that it did.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

CAP_THOUSANDTHS = 4000


class CapReached(ValueError):
    """Another report would pass the cap for life."""


class AlreadyGranted(ValueError):
    """A report of this quarter was already allowed, perhaps to another device."""


@dataclass(frozen=True)
class Spent:
    """A quarter's report: what it cost, its bytes (empty in the service's ledger), and whether it was received."""

    quarter: str
    epsilon_thousandths: int
    report: bytes = b""
    is_received: bool = False


@dataclass(frozen=True)
class Ledger:
    """The reports of one person, at most one a quarter.

    Raises
    ------
    ValueError
        When a quarter stands twice, or more is spent than the cap: such a ledger was tampered with.
    """

    cap_thousandths: int = CAP_THOUSANDTHS
    entries: tuple[Spent, ...] = ()

    def __post_init__(self) -> None:
        """Check what the statement rests on."""
        if len({one.quarter for one in self.entries}) != len(self.entries):
            raise ValueError("a quarter stands twice")
        if any(one.epsilon_thousandths < 1 for one in self.entries) or self.spent > self.cap_thousandths:
            raise ValueError("more is spent than the cap")

    @property
    def spent(self) -> int:
        """Thousandths of ε spent so far, whether or not the reports arrived."""
        return sum(one.epsilon_thousandths for one in self.entries)

    @property
    def left(self) -> int:
        """Thousandths of ε that may still be spent."""
        return self.cap_thousandths - self.spent

    def of(self, quarter: str) -> Spent | None:
        """Return the report of that quarter, if there is one."""
        return next((one for one in self.entries if one.quarter == quarter), None)


def quarter_of(day: date) -> str:
    """Name the quarter of a day.

    >>> quarter_of(date(2026, 11, 25))
    '2026-q4'
    """
    return f"{day.year:04d}-q{(day.month + 2) // 3}"


def grant(ledger: Ledger, quarter: str, epsilon_thousandths: int) -> Ledger:
    """Return the ledger with one more report allowed: what the service keeps of a person, without any report.

    Raises
    ------
    AlreadyGranted
        When this quarter has its report.
    CapReached
        When too little is left.
    """
    return _with(ledger, Spent(quarter, epsilon_thousandths))


def _with(ledger: Ledger, entry: Spent) -> Ledger:
    if entry.epsilon_thousandths < 1:
        raise ValueError("a report costs something")
    if ledger.of(entry.quarter):
        raise AlreadyGranted(entry.quarter)
    if entry.epsilon_thousandths > ledger.left:
        raise CapReached(f"{ledger.left} thousandths are left")
    return replace(ledger, entries=(*ledger.entries, entry))


def report_for(
    ledger: Ledger,
    quarter: str,
    epsilon_thousandths: int,
    *,
    draw: Callable[[], bytes],
    keep: Callable[[Ledger], None],
) -> bytes:
    """Return the bytes to send this quarter: those kept, or new ones once they are kept.

    `keep` writes the ledger where a crash cannot reach it, and raises when it could not; nothing is returned, so
    nothing can be sent, before it came back. Killed before, nothing left; killed after, the same bytes leave again.

    Raises
    ------
    CapReached
        When too little is left.
    ValueError
        When this quarter's report was forgotten: it may not be drawn again.
    """
    known = ledger.of(quarter)
    if known:
        if not known.report:
            raise AlreadyGranted(quarter)
        return known.report
    # Refused before anything is drawn.
    _with(ledger, Spent(quarter, epsilon_thousandths))
    entry = Spent(quarter, epsilon_thousandths, draw())
    keep(_with(ledger, entry))
    return entry.report


def received(ledger: Ledger, quarter: str) -> Ledger:
    """Return the ledger once the service has said that it counted the report."""
    return _changed(ledger, lambda one: replace(one, is_received=True) if one.quarter == quarter else one)


def forgotten(ledger: Ledger) -> Ledger:
    """Return the ledger without any report's bytes, for "erase all": what was spent stays spent."""
    return _changed(ledger, lambda one: replace(one, report=b""))


def _changed(ledger: Ledger, change: Callable[[Spent], Spent]) -> Ledger:
    return replace(ledger, entries=tuple(change(one) for one in ledger.entries))


def dumps(ledger: Ledger) -> str:
    """Write a ledger as text.

    >>> loads(dumps(grant(Ledger(), "2026-q4", 1000))).left
    3000
    """
    rows = ledger.entries
    entries = [[one.quarter, one.epsilon_thousandths, one.report.decode(), one.is_received] for one in rows]
    return json.dumps({"cap": ledger.cap_thousandths, "entries": entries})


def loads(text: str) -> Ledger:
    """Read a ledger; a damaged one raises, and is never taken for an empty one."""
    fields = json.loads(text)
    entries = (Spent(when, cost, report.encode(), done) for when, cost, report, done in fields["entries"])
    return Ledger(fields["cap"], tuple(entries))
