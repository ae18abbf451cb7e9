"""Ideal profiles: what each trait adds to a score, and what each line does to groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import numpy.typing as npt

from visavis.catalog.models import Occupation, OccupationSkill
from visavis.engine.fairness.gaps import LARGE, NONE_SEEN, Estimate
from visavis.engine.ideal.gaps import Lists, line_gap, moved_logits, moved_places
from visavis.engine.ideal.table import saturated
from visavis.engine.ideal.traits import kind_of, traits_of
from visavis.engine.weights import IDEAL_EMPHASIS
from visavis.matches.bridge.traits import Person
from visavis.matches.models.family import FamilyProfile, GapRow, Interval, LineAudit
from visavis.matches.models.ideal import LEAST_PEOPLE, Correction, IdealProfile, TraitRow

What = Correction.What

# What each trait adds ----------------------------------------------------------------------------


def ideal_profiles() -> dict[str, dict[str, float]]:
    """Return what each trait adds, by occupation, as counsellors corrected it and without what is too unequal.

    Where fewer than ten people were hired, the family speaks if it can, of the skills of the occupation's sheet.
    """
    rows = IdealProfile.objects.current().filter(is_seed=False)
    found = {row.occupation_id: {trait["code"]: trait["credit"] for trait in row.rows} for row in rows}
    found |= _seeded(frozenset(found))
    if not found:
        return {}
    for correction in Correction.objects.present():
        profile = found.get(correction.occupation_id, {})
        if correction.trait in profile:
            profile[correction.trait] = corrected(profile[correction.trait], correction.what)
    for occupation, dropped in stopped().items():
        profile = found.get(occupation, {})
        profile |= dict.fromkeys(dropped & profile.keys(), 0.0)
    return {occupation: profile for occupation, profile in found.items() if profile}


def _seeded(known: frozenset[str]) -> dict[str, dict[str, float]]:
    """Return what occupations without a profile of their own take from their families."""
    families = {
        row.code: {trait["code"]: trait["credit"] for trait in row.rows if trait["credit"] > 0}
        for row in FamilyProfile.objects.current().filter(is_seed=False)
    }
    families = {code: profile for code, profile in families.items() if profile}
    if not families:
        return {}
    every = Occupation.objects.filter(is_current=True).order_by("pk").values_list("pk", flat=True)
    codes = [code for code in every if code[:3] in families and code not in known]
    skills = {code.partition(":")[2] for profile in families.values() for code in profile}
    links = OccupationSkill.objects.filter(skill__in=skills, occupation__in=codes)
    asked = set(links.values_list("occupation_id", "skill_id"))
    return {
        code: {
            trait: credit
            for trait, credit in families[code[:3]].items()
            if kind_of(trait) != "skill" or (code, trait.partition(":")[2]) in asked
        }
        for code in codes
    }


def corrected(credit: float, what: str) -> float:
    """Return what a corrected trait adds."""
    if what == What.KEPT:
        return credit
    return max(credit, IDEAL_EMPHASIS) if what == What.EMPHASISED else 0.0


def added(worth: Mapping[str, float], held: Iterable[str]) -> float:
    """Return what some traits add together, logits of the experts' score."""
    total = sum(worth.get(code, 0.0) for code in held)
    return float(saturated(np.array([total]))[0])


def stopped(occupation: str | None = None) -> dict[str, set[str]]:
    """Return the traits that count for nothing because they are too unequal, those that counsellors keep aside."""
    audits = LineAudit.objects.exclude(stopped=[])
    kept = Correction.objects.present().filter(what=What.KEPT)
    if occupation is not None:
        audits, kept = audits.filter(occupation=occupation), kept.filter(occupation=occupation)
    found: dict[str, set[str]] = {}
    for code, dropped in audits.values_list("occupation_id", "stopped"):
        found.setdefault(code, set()).update(dropped)
    for code, trait in kept.values_list("occupation_id", "trait") if found else ():
        found.get(code, set()).discard(trait)
    return found


def rows_of(occupation: Occupation) -> tuple[int, list[TraitRow]]:
    """Return the version and the lines of a profile; version 0 and those of its family where it has none."""
    own = IdealProfile.objects.of(occupation).first()
    if own is not None and not own.is_seed:
        return own.version, own.rows
    family_row = FamilyProfile.objects.of(occupation.family).first()
    if family_row is None:
        return 0, []
    skills = {f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)}
    rows = family_row.rows
    return 0, [row for row in rows if kind_of(row["code"]) != "skill" or row["code"] in skills]


# Groups ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Crowd:
    """The people whom lines are measured on, and the lists of the work they stand in."""

    people: list[Person]
    occupation: str
    # Places of people, vacancies and scores of the lists, one beside the other.
    who: Sequence[int]
    where: Sequence[int]
    scores: Sequence[float]
    # By how much the score in use multiplies what the experts' profile adds.
    scale: float

    def having(self, codes: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return who has each line: 1, 0, NaN when the kind is not known; a row a person."""
        table = np.full((len(self.people), len(codes)), np.nan)
        for number, person in enumerate(self.people):
            held = traits_of(person, self.occupation)
            for place, code in enumerate(codes):
                if (kind := kind_of(code)) in held:
                    table[number, place] = code in held[kind]
        return table


def gaps_of(crowd: Crowd, rows: Sequence[TraitRow], labels: Sequence[str]) -> list[GapRow]:
    """Compare the groups of one column in each line; `labels` gives each person's group, "" when unknown."""
    codes = [row["code"] for row in rows]
    worth = np.array([row["credit"] for row in rows])
    has = crowd.having(codes)
    logits = moved_logits(has, worth)
    earned = np.where(np.isfinite(has), has, 0.0) * worth
    total = crowd.scale * saturated(earned.sum(axis=1))
    group = np.array(labels, np.str_)
    lists = Lists(np.array(crowd.who, np.int64), np.array(crowd.where, np.int64), np.array(crowd.scores))
    found: list[GapRow] = []
    for place, code in enumerate(codes):
        places = np.zeros(len(group))
        if worth[place] > 0:
            without = crowd.scale * saturated(earned.sum(axis=1) - earned[:, place])
            places = moved_places(lists, len(group), total, without)
        column = has[:, place]
        for one, against, is_one, is_other in _pairs(group, column):
            gap = line_gap(column, (crowd.scale * logits[:, place], places), is_one, is_other)
            row: GapRow = {
                "trait": code, "group": one, "against": against, "people": gap.people,
                "others": gap.others, "share": gap.share, "share_others": gap.share_others,
                "having": _interval(gap.having), "verdict": gap.verdict,
            }  # fmt: skip
            if worth[place] > 0 and not isnan(gap.logits.gap):
                row["logits"] = _interval(gap.logits)
            if worth[place] > 0 and not isnan(gap.places.gap):
                row["places"] = _interval(gap.places)
            found.append(row)
    return found


def is_large(gap: GapRow) -> bool:
    """Tell whether a difference of one fifth or more is certain."""
    return gap["verdict"] == LARGE


def is_none_seen(gap: GapRow) -> bool:
    """Tell whether no clear difference was seen."""
    return gap["verdict"] == NONE_SEEN


type _Side = npt.NDArray[np.bool_]


def _pairs(group: npt.NDArray[np.str_], has: npt.NDArray[np.float64]) -> list[tuple[str, str, _Side, _Side]]:
    """List who is compared with whom in a line: groups of ten people known or more, two as one comparison."""
    known = (group != "") & np.isfinite(has)
    names, counts = np.unique(group[known], return_counts=True)
    shown = names[counts >= LEAST_PEOPLE].tolist()
    among = known & np.isin(group, shown)
    if len(shown) < 2:
        return []
    if len(shown) == 2:
        return [(shown[0], shown[1], among & (group == shown[0]), among & (group == shown[1]))]
    return [(one, "", among & (group == one), among & (group != one)) for one in shown]


def _interval(found: Estimate) -> Interval:
    return found.gap, found.low, found.high
