"""How well two sides suit each other, in words: from the chance, and from how much is known of both.

The words are quarters of the chance: the bar, the words and the order of a list cannot contradict each other.
Of somebody who has told neither what she can do nor what she has done nothing is claimed: no word, no bar.
"""

from dataclasses import dataclass
from enum import IntEnum
from math import exp

from django.utils.translation import gettext as _

from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match
from visavis.matches.pages.wording import Reasons

QUARTERS = 4
# What the bar shows at most where the work itself has nothing in common: just under "suits well".
MOST_BESIDE = 0.49


class Level(IntEnum):
    """Four levels of the chance, and none where too little is known."""

    UNKNOWN = 0
    LITTLE = 1
    MAY = 2
    WELL = 3
    VERY_WELL = 4


@dataclass(frozen=True)
class Fit:
    """What is claimed of a pair: a level, its words, and the part of 1 that a bar shows; none when unknown."""

    level: Level
    words: str
    part: float | None = None

    @property
    def code(self) -> str:
        """The level as programs read it."""
        return self.level.name.lower()


def chance(score: float) -> float:
    """Return the logistic of a score, 0 to 1."""
    return 1.0 / (1.0 + exp(-score))


def of_match(match: Match, jobseeker: Jobseeker) -> Fit:
    return of_pair(match.score, match.reasons, jobseeker)


def of_pair(score: float, reasons: Reasons, jobseeker: Jobseeker) -> Fit:
    """Return what may be claimed of a person and a vacancy."""
    if not jobseeker.says_what_she_can_do:
        return Fit(Level.UNKNOWN, _("hard to tell yet"))
    part, beside = chance(score), only_common(reasons)
    if beside:
        part = min(part, MOST_BESIDE)
    level = Level(1 + min(QUARTERS - 1, int(part * QUARTERS)))
    words = words_of(level)
    return Fit(level, _("%(level)s: %(why)s") % {"level": words, "why": beside} if beside else words, part)


def words_of(level: Level) -> str:
    return {
        Level.LITTLE: _("suits a little"),
        Level.MAY: _("may suit"),
        Level.WELL: _("suits well"),
        Level.VERY_WELL: _("suits very well"),
    }[level]


def only_common(reasons: Reasons) -> str:
    """Say that the field is all that is common, or that not even that is; nothing when there is more."""
    found = {reason["kind"] for reason in reasons}
    more = {"title_close", "skills_shared"} & found
    more |= {reason["kind"] for reason in reasons if reason["kind"] == "skills_wished" and reason["codes"]}
    more |= {
        code for reason in reasons if reason["part"] == "ideal" for code in reason["codes"] if is_skill(code)
    }
    if more:
        return ""
    if "occupation_domain" in found:
        return _("only the field is the same")
    return _("another kind of work") if "occupation_unrelated" in found else ""


def is_skill(trait: str) -> bool:
    return trait.startswith("skill:")
