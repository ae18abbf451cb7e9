"""One promise, and what is found of it: evidence in figures, never a name or an address."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger(__name__)


class Held(StrEnum):
    """Whether a promise is kept; what cannot be looked at here is told, and is no answer."""

    KEPT = "kept"
    BROKEN = "broken"
    UNSEEN = "not looked at"


@dataclass(frozen=True)
class Answer:
    """What was found: kept or not, and the evidence."""

    held: Held
    evidence: str


@dataclass(frozen=True)
class Promise:
    """One promise: a code, what is said and on which page, and how it is asked."""

    code: str
    says: str
    page: str
    ask: Callable[[], Answer]


def counted(wrong: int, of_what: str, looked_at: int) -> Answer:
    """Answer by a number of what breaks a promise, among so many that were looked at."""
    held = Held.BROKEN if wrong else Held.KEPT
    return Answer(held, f"{wrong} {of_what}, of {looked_at} looked at")


def answers(promises: Iterable[Promise]) -> list[tuple[Promise, Answer]]:
    """Ask every promise; one that cannot be asked is broken, and the next is asked all the same."""
    return [(one, _asked(one)) for one in promises]


def _asked(one: Promise) -> Answer:
    try:
        return one.ask()
    except Exception as error:  # noqa: BLE001  (in any way: the others are asked all the same)
        log.error("the promise %s could not be asked: %s", one.code, type(error).__qualname__)
        return Answer(Held.BROKEN, f"it could not be asked: {type(error).__qualname__}")
