"""A sorting under way. It lives in the session of whoever sorts, and nowhere else.

What she does not approve is never in a table of the service: it ends when the session does, at the
latest after `VISAVIS_SESSION_HOURS`, or as soon as she says so (docs/decisions/2026-11-25-card-sort.md).
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from visavis.jobseekers.models import Jobseeker

KEY = "card-sorts"
# A counsellor may have a few people's sortings open; the oldest is dropped.
MOST_AT_ONCE = 5


class Pile(IntEnum):
    """Where a card lies; the number is what it counts, in halves."""

    NOT_FOR_ME = 0
    A_LITTLE = 1
    LIKE = 2


class Sorting:
    """The piles of one person, as somebody has them open."""

    def __init__(self, session: SessionBase, jobseeker: Jobseeker) -> None:
        self.session = session
        self.whose = str(jobseeker.user_id)
        kept: dict[str, Any] = session.get(KEY, {}).get(self.whose, {})
        self.piles = {code: Pile(pile) for code, pile in kept.get("piles", {}).items()}
        self.undo: dict[str, Any] | None = kept.get("undo")

    def __bool__(self) -> bool:
        return bool(self.piles)

    def put(self, piles: Mapping[str, Pile]) -> None:
        """Lay cards on piles; those that are not named stay where they are."""
        self.piles |= piles
        self.keep()

    def replace(self, piles: Mapping[str, Pile]) -> None:
        """Lay out a whole sheet; what was sorted before is dropped."""
        self.piles = dict(piles)
        self.keep()

    def remember(self, undo: dict[str, Any] | None) -> None:
        """Keep what the last approval changed, to take it back."""
        self.undo = undo
        self.keep()

    def keep(self) -> None:
        others = {whose: one for whose, one in self.session.get(KEY, {}).items() if whose != self.whose}
        latest = dict(list(others.items())[1 - MOST_AT_ONCE :])
        piles = {code: int(pile) for code, pile in self.piles.items()}
        self.session[KEY] = latest | {self.whose: {"piles": piles, "undo": self.undo}}

    def forget(self) -> None:
        """Drop everything about this person."""
        self.session[KEY] = {
            whose: one for whose, one in self.session.get(KEY, {}).items() if whose != self.whose
        }
        self.piles, self.undo = {}, None

    def on(self, pile: Pile) -> list[str]:
        return [code for code, lies in self.piles.items() if lies == pile]
