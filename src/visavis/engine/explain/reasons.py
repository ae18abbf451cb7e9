"""Reasons for a match, as codes and values; who shows them makes the sentences."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.facts.occupations import RELATIONS, SAME, jobs, nearest_job
from visavis.engine.facts.records import Jobseeker
from visavis.engine.ideal.traits import traits_of
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import parts_of
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.people import People
from visavis.engine.score.score import PART_NAMES, score_parts
from visavis.engine.score.skill_gaps import gaps

_PAIRS_EXPLAINED_AT_ONCE = 2_048


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason."""

    part: str  # the part of the score it explains
    kind: str  # what it says; the list is in `engine/README.md`
    logit: float  # what it adds to the score. The logits of a pair's reasons add up to its score exactly.
    codes: tuple[str, ...] = ()  # occupations, skills, languages or interests concerned
    # numbers concerned, with their unit in the name where there is one
    values: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON."""
        # By hand: a list has some two hundred reasons, and `asdict` looks into each value of each.
        return {
            "part": self.part,
            "kind": self.kind,
            "logit": self.logit,
            "codes": list(self.codes),
            "values": dict(self.values),
        }


def explain(market: Market, matches: Matches) -> list[list[Reason]]:
    """Give the reasons of every match, in the order of the matches.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> from visavis.engine.lists.topk import top_vacancies
    >>> people = jobseeker_columns([Jobseeker(wishes=["J1506"], skills=[("S1", 3)])])
    >>> work = vacancy_columns([Vacancy(occupation="J1506", essential_skills=["S1", "S2"])])
    >>> market = Market(people, work, today=0)
    >>> for reason in explain(market, top_vacancies(market, 1))[0]:
    ...     print(reason.kind, reason.codes, round(reason.logit, 2))
    base () -2.0
    occupation_same ('J1506', 'J1506') 2.6
    skills_shared ('S1',) 0.42
    gap_skill ('S2',) 0.0
    """
    return _explain(market, matches.jobseeker, matches.vacancy, matches.parts.astype(np.float64))


def reasons_for(market: Market, jobseeker: int, vacancy: int) -> list[Reason]:
    """Give the reasons of one pair, feasible or not."""
    one, other = np.array([jobseeker]), np.array([vacancy])
    return _explain(market, one, other, parts_of(market, one, other))[0]


def explain_kept(
    market: Market, jobseeker: IntArray, vacancy: IntArray, *, title: FloatArray, similarity: FloatArray
) -> list[list[Reason]]:
    """Give the reasons of pairs of which the texts are not kept, feasible or not.

    Parameters
    ----------
    market : Market
        Without texts and titles.
    jobseeker, vacancy : array of int64, shape (n,)
        Rows of the market's columns.
    title : array of float64, shape (n,)
        The part of the title as it was scored.
    similarity : array of float64, shape (n,)
        As it is told, to four decimals.
    """
    pairs = Pairs.of(market, jobseeker, vacancy)
    pairs.__dict__["similarity"] = similarity
    parts = score_parts(pairs)
    parts[:, PART_NAMES.index("title")] = title
    view = _View(pairs, parts)
    return [view.reasons(n) for n in range(len(pairs))]


def _explain(market: Market, jobseeker: IntArray, vacancy: IntArray, parts: FloatArray) -> list[list[Reason]]:
    order = np.argsort(jobseeker, kind="stable")
    found: list[list[Reason]] = [[] for _ in range(len(order))]
    for first in range(0, len(order), _PAIRS_EXPLAINED_AT_ONCE):
        some = order[first : first + _PAIRS_EXPLAINED_AT_ONCE]
        rows, local = np.unique(jobseeker[some], return_inverse=True)
        view = _View(Pairs(People(market, rows), local.astype(np.int64), vacancy[some]), parts[some])
        for number, place in enumerate(some.tolist()):
            found[place] = view.reasons(number)
    return found


class _View:
    """Some pairs and their parts, asked one pair at a time."""

    def __init__(self, pairs: Pairs, parts: FloatArray) -> None:
        self.pairs = pairs
        self.parts = parts
        self.gaps = gaps(pairs)

    def reasons(self, n: int) -> list[Reason]:
        """Every part that weighs gives one reason with its whole logit; gaps follow, at 0."""
        found = []
        for part, logit in zip(PART_NAMES, self.parts[n].tolist(), strict=True):
            if logit != 0.0:
                kind, codes, values = _TOLD[part](self.pairs, n, logit)
                found.append(Reason(part, kind, logit, codes, values))
        lacking = (
            Reason("skills", "gap_skill", 0.0, (gap.skill,), {"gain": gap.gain}) for gap in self.gaps[n]
        )
        return [*found, *lacking]


type _Told = tuple[str, tuple[str, ...], dict[str, float]]


def _base(pairs: Pairs, n: int, logit: float) -> _Told:
    return "base", (), {}


def _occupation(pairs: Pairs, n: int, logit: float) -> _Told:
    fit, place = pairs.people.fit, int(pairs.market.vacancy_occupation[pairs.vacancy[n]])
    at = int(pairs.local[n]), place
    wish, source = int(fit.wish[at]), int(fit.source[at])
    people = pairs.market.jobseekers
    hers = str((people.wishes if wish else people.experience).values[source])
    values = {"wish": float(wish)}
    return (
        f"occupation_{RELATIONS[int(fit.relation[at])]}",
        (hers, nearest_job(hers, str(pairs.market.occupations[place]), pairs.market.links)),
        values,
    )


def _title(pairs: Pairs, n: int, logit: float) -> _Told:
    similarity = round(float(pairs.similarity[n]), 4)
    place = int(pairs.market.vacancy_occupation[pairs.vacancy[n]])
    is_same = place >= 0 and int(pairs.people.fit.relation[pairs.local[n], place]) == SAME
    close = w.TITLE_CLOSE_SAME if is_same else w.TITLE_CLOSE
    kind = "title_close" if similarity >= close else "title_alike" if logit > 0 else "title_far"
    return kind, (), {"similarity": similarity}


def _skills(pairs: Pairs, n: int, logit: float) -> _Told:
    return _shared(pairs, n, pairs.market.essential, ("skills_shared", "skills_none"))


def _wished_skills(pairs: Pairs, n: int, logit: float) -> _Told:
    return _shared(pairs, n, pairs.market.wished, ("skills_wished", "skills_wished"))


def _shared(pairs: Pairs, n: int, column: Ragged, kinds: tuple[str, str]) -> _Told:
    """Name the skills of the vacancy she holds, the rarest first."""
    named = sorted(set(column.row(int(pairs.vacancy[n])).tolist()))
    level, rarity, skills = pairs.people.skill_level[pairs.local[n]], pairs.market.rarity, pairs.market.skills
    shared = [skill for skill in named if level[skill] > 0]
    values = {"shared": float(len(shared)), "asked": float(len(named))}
    ranked = sorted(shared, key=lambda skill: -float(rarity[skill]))
    return kinds[not shared], tuple(str(skills[skill]) for skill in ranked), values


def _experience(pairs: Pairs, n: int, logit: float) -> _Told:
    place = pairs.market.vacancy_occupation[pairs.vacancy[n]]
    months = float(pairs.people.fit.months[pairs.local[n], place])
    asked = float(pairs.market.vacancies.experience_months[pairs.vacancy[n]])
    kind = "experience_enough" if months >= asked else "experience_short"
    return kind, (), {"months": round(months, 1), "asked_months": asked}


def _education(pairs: Pairs, n: int, logit: float) -> _Told:
    hers = float(pairs.market.jobseekers.education[pairs.jobseeker[n]])
    asked = float(pairs.market.vacancies.education[pairs.vacancy[n]])
    return ("education_enough" if hers >= asked else "education_short"), (), {"level": hers, "asked": asked}


def _languages(pairs: Pairs, n: int, logit: float) -> _Told:
    asked = pairs.market.vacancies.languages.row(int(pairs.vacancy[n]))
    return ("languages_enough" if logit > 0 else "languages_short"), tuple(map(str, asked)), {}


def _distance(pairs: Pairs, n: int, logit: float) -> _Told:
    values = {
        "km": round(float(pairs.distance_km[n]), 1),
        "place_radius_km": float(pairs.market.vacancies.place_radius_km[pairs.vacancy[n]]),
    }
    radius = float(pairs.market.jobseekers.radius_km[pairs.jobseeker[n]])
    if not np.isnan(radius):
        values["radius_km"] = radius
    return ("distance_near" if logit > 0 else "distance_far"), (), values


def _pay(pairs: Pairs, n: int, logit: float) -> _Told:
    offered = float(pairs.market.offered_pay[pairs.vacancy[n]])
    lowest = float(pairs.market.jobseekers.lowest_pay[pairs.jobseeker[n]])
    kind = "pay_above" if logit > 0 else "pay_close" if offered >= lowest else "pay_below"
    return kind, (), {"offered": round(offered, 2), "lowest": round(lowest, 2)}


def _interests(pairs: Pairs, n: int, logit: float) -> _Told:
    market = pairs.market
    asked = market.occupation_interest[market.vacancy_occupation[pairs.vacancy[n]]]
    shared = market.interests[asked & pairs.people.interest[pairs.local[n]]]
    return "interests_shared", tuple(map(str, shared)), {"asked": float(asked.sum())}


def _person(market: Market, row: int) -> Jobseeker:
    """Read back from the columns what traits are made of."""
    people = market.jobseekers
    months = people.experience_months.row(row).tolist()
    return Jobseeker(
        skills=[(str(code), 0) for code in people.skills.row(row)],
        experience=list(zip(map(str, people.experience.row(row)), months, strict=True)),
        education=int(people.education[row]),
    )


def _ideal(pairs: Pairs, n: int, logit: float) -> _Told:
    """Name the traits of the profile she has, the most telling first."""
    market, row = pairs.market, int(pairs.jobseeker[n])
    place = int(market.vacancy_occupation[pairs.vacancy[n]])
    profile = market.ideal.profiles[int(market.ideal.place[place])]
    telling = {code: value for code, value in profile.items() if value > 0}
    foremost = jobs(str(market.occupations[place]))[0]
    hers = set().union(*traits_of(_person(market, row), foremost).values())
    shared = sorted(hers & telling.keys(), key=lambda code: (-telling[code], code))
    return "ideal_shared", tuple(shared), {"shared": float(len(shared)), "named": float(len(telling))}


_TOLD: dict[str, Callable[[Pairs, int, float], _Told]] = {
    "base": _base,
    "occupation": _occupation,
    "title": _title,
    "skills": _skills,
    "wished_skills": _wished_skills,
    "experience": _experience,
    "education": _education,
    "languages": _languages,
    "distance": _distance,
    "pay": _pay,
    "interests": _interests,
    "ideal": _ideal,
}
