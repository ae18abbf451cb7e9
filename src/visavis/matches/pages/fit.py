"""How well two sides suit each other, in words: from the chance, from what is missing, from how much is known.

A level is a quarter of the chance, less where what is missing or not in common forbids to claim it; the bar draws the
level, and lists stand by it: words, bar and order cannot contradict each other. Of somebody who has told neither what
she can do nor what she has done nothing is claimed: no level, no bar, and her place is the one that the chance gives.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from math import exp, nan

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.catalog.distances import km_between
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match
from visavis.matches.models.match import Tier
from visavis.matches.pages.wording import LACKING, Reasons

QUARTERS = 4
# The share of the skills asked for without which nothing suits well, and very well.
FEW_SKILLS, MOST_SKILLS = 1 / 3, 2 / 3
# So much nearer is seen at a glance; from this similarity on, a title is what she wrote.
MUCH_NEARER_KM, HER_WORDS = 15.0, 0.95


class Level(IntEnum):
    """Four levels of the chance, and none where too little is known."""

    UNKNOWN = 0
    LITTLE = 1
    MAY = 2
    WELL = 3
    VERY_WELL = 4


@dataclass(frozen=True)
class Fit:
    """What is claimed of a pair: a level, its words, and the chance that goes with it; no chance when unknown."""

    level: Level
    words: str
    chance: float | None = None
    # What lists stand by: the level, or when it is unknown the one that the chance alone would give.
    order: int = 0

    @property
    def part(self) -> float | None:
        """How much of a bar is filled."""
        return self.level / QUARTERS if self.level else None

    @property
    def code(self) -> str:
        """The level as programs read it."""
        return self.level.name.lower()


def chance(score: float) -> float:
    """Return the logistic of a score, 0 to 1."""
    return 1.0 / (1.0 + exp(-score))


def openings_in_order(matches: Iterable[Match], jobseeker: Jobseeker) -> list[Match]:
    """Return places of a person's list by tier, then level, then rank: nothing stands above what suits better.

    Nor does anything stand above what is likelier and either much nearer or called by her very words: spreading changes
    places of near-equals, and a reader sees kilometres and titles. Of what is far away the job asked for comes first.
    """
    keyed = [
        (
            (
                match.tier,
                -order_of(match, jobseeker),
                match.tier == Tier.BEYOND and not is_asked(match),
            ),
            match,
        )
        for match in matches
    ]
    keyed.sort(key=lambda one: one[0])
    runs = groupby(keyed, key=lambda one: one[0])
    return [match for _key, run in runs for match in _set_right([one for _, one in run], jobseeker)]


def is_asked(match: Match) -> bool:
    """Say whether the work is of an occupation that she named, or called as she calls it."""
    return bool({"occupation_same", "title_close"} & {reason["kind"] for reason in match.reasons})


@dataclass(frozen=True)
class _Seen:
    """What a reader sees of a place besides its level."""

    match: Match
    score: float
    km: float
    is_her_words: bool

    def is_plainly_better(self, other: "_Seen") -> bool:
        """Say whether it is likelier, and much nearer or called by her very words where the other is not."""
        is_likelier = self.score > other.score
        is_nearer = self.km + MUCH_NEARER_KM <= other.km
        return is_likelier and (is_nearer or (self.is_her_words and not other.is_her_words))


def _set_right(matches: Sequence[Match], jobseeker: Jobseeker) -> Iterator[Match]:
    """Give matches in their order, each after those that are plainly better."""
    left = [_Seen(match, match.score, km_of(match, jobseeker), is_her_words(match)) for match in matches]
    while left:
        place = next(
            place for place, one in enumerate(left) if not any(other.is_plainly_better(one) for other in left)
        )
        yield left.pop(place).match


def is_her_words(match: Match) -> bool:
    """Say whether the title is what she wrote, but for a word or a mark."""
    return any(reason["values"].get("similarity", 0.0) >= HER_WORDS for reason in match.reasons)


def km_of(match: Match, jobseeker: Jobseeker) -> float:
    """Return how far the work is, NaN where a place is not known well or it is done from anywhere."""
    vacancy = match.vacancy
    if vacancy.is_remote or vacancy.precision_km > MUCH_NEARER_KM:
        return nan
    if match.distance_km is not None:
        return match.distance_km
    home = jobseeker.commune
    ends = (home.latitude, home.longitude, vacancy.latitude, vacancy.longitude) if home else (None,)
    return nan if None in ends else km_between(*(float(one) for one in ends if one is not None))


def people_in_order(matches: Iterable[Match]) -> list[Match]:
    """Return places of a vacancy's list by level, then rank."""
    return sorted(matches, key=lambda match: -order_of(match, match.jobseeker))


def order_of(match: Match, jobseeker: Jobseeker) -> int:
    """Return what lists stand by, without its words."""
    quarter = quarter_of(match.score)
    return min(quarter, most_of(match.reasons)) if jobseeker.says_what_she_can_do else quarter


def of_match(match: Match, jobseeker: Jobseeker) -> Fit:
    return of_pair(match.score, match.reasons, jobseeker)


def of_pair(score: float, reasons: Reasons, jobseeker: Jobseeker) -> Fit:
    """Return what may be claimed of a person and a vacancy."""
    quarter = quarter_of(score)
    if not jobseeker.says_what_she_can_do:
        return Fit(Level.UNKNOWN, _("hard to tell yet"), order=quarter)
    level = min(Level(quarter), most_of(reasons))
    words = words_of(level)
    if beside := only_common(reasons):
        words = _("%(level)s: %(why)s") % {"level": words, "why": BESIDE[beside]}
    return Fit(level, words, min(chance(score), level / QUARTERS), level)


def quarter_of(score: float) -> int:
    """Return in which quarter a chance is, from 1."""
    return 1 + min(QUARTERS - 1, int(chance(score) * QUARTERS))


def most_of(reasons: Reasons) -> Level:
    """Return what may be claimed at most, beside what is missing and what is not in common."""
    return Level.MAY if only_common(reasons) else most(reasons)


def most(reasons: Reasons) -> Level:
    """Return what may be claimed at most beside what is missing."""
    values = [reason["values"] for reason in reasons if reason["part"] == "skills"]
    held = min((one["shared"] / one["asked"] for one in values if "asked" in one), default=1.0)
    falls_short = any(reason["part"] in LACKING and reason["logit"] < 0 for reason in reasons)
    if held < FEW_SKILLS:
        return Level.MAY
    return Level.WELL if falls_short or held < MOST_SKILLS else Level.VERY_WELL


WORDS = {
    Level.LITTLE: gettext_lazy("suits a little"),
    Level.MAY: gettext_lazy("may suit"),
    Level.WELL: gettext_lazy("suits well"),
    Level.VERY_WELL: gettext_lazy("suits very well"),
}
BESIDE = {
    "occupation_domain": gettext_lazy("only the field is the same"),
    "occupation_unrelated": gettext_lazy("another kind of work"),
}


def words_of(level: Level) -> str:
    return str(WORDS[level])


def only_common(reasons: Reasons) -> str:
    """Return the reason that says that the field is all that is common, or not even that; none when there is more."""
    found = {reason["kind"] for reason in reasons}
    more = {"title_close", "skills_shared"} & found
    more |= {reason["kind"] for reason in reasons if reason["kind"] == "skills_wished" and reason["codes"]}
    more |= {
        code for reason in reasons if reason["part"] == "ideal" for code in reason["codes"] if is_skill(code)
    }
    if more:
        return ""
    return next((kind for kind in BESIDE if kind in found), "")


def is_skill(trait: str) -> bool:
    return trait.startswith("skill:")
