"""Reasons of places that were kept without: worded when they are read, as they would have been that night.

What was known of both sides that night is kept beside their lists (`facts_of`), and what weighed besides once an
edition (`ground_of`): rarities, moves between occupations, ideal profiles. Only the part of the title is kept a
place, because titles and texts are not. The engine gives the rest again, to the last bit.
"""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import batched, islice
from math import isnan, nan
from typing import Any

import numpy as np
from django.db.models import Q

from visavis.common.prepared import Prepared
from visavis.engine.explain.reasons import explain_kept
from visavis.engine.facts.occupations import jobs, joint
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import Vacancy as VacancyRecord
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.learned.model import Learned
from visavis.engine.learned.reasons import retold
from visavis.engine.market.market import Market
from visavis.engine.weights import LOGIT_STEP
from visavis.matches.models import Ground, Match, MatchList, ScoreModel, packing

type Reasons = list[dict[str, Any]]

# A similarity is kept in ten-thousandths, as it is told.
SIMILARITY_STEPS = 10_000
TOLD_AT_ONCE = 500
# Of how many places a process keeps what was told last: the lists of a hundred people, some megabytes.
MOST_LATELY = 2_000

# What reasons read of a record. Texts and titles are left out: what they gave is kept with each place.
OF_PERSON = (
    "latitude",
    "longitude",
    "radius_km",
    "wishes",
    "skills",
    "experience",
    "education",
    "languages",
    "lowest_pay",
    "interests",
)
OF_VACANCY = (
    "latitude",
    "longitude",
    "place_radius_km",
    "is_remote",
    "occupation",
    "essential_skills",
    "wished_skills",
    "experience_months",
    "experience_is_required",
    "education",
    "education_is_required",
    "languages",
    "pay_min",
    "pay_max",
)
FLOATS = frozenset({"latitude", "longitude", "radius_km", "lowest_pay", "pay_min", "pay_max"})


# Kept -------------------------------------------------------------------------------------------------


def facts_of(record: JobseekerRecord | VacancyRecord) -> bytes:
    """Pack what reasons read of one person or one vacancy."""
    names: tuple[str, ...] = OF_PERSON
    if isinstance(record, VacancyRecord):
        names = OF_VACANCY
        record = replace(record, occupation=joint([record.occupation, *record.other_occupations]))
    values = [getattr(record, name) for name in names]
    return packing.in_json([None if isinstance(one, float) and isnan(one) else one for one in values])


def ground_of(market: Market) -> bytes:
    """Pack what weighed among the vacancies of a market."""
    return packing.in_json(
        {
            "today": market.today,
            "links": [[*pair, kind] for pair, kind in sorted(market.links.items())],
            "interests": dict(sorted(market.asked_interests.items())),
            "ideal": dict(zip(market.ideal.codes.tolist(), market.ideal.profiles, strict=True)),
            "rarity": dict(zip(market.skills.tolist(), market.rarity.tolist(), strict=True)),
        }
    )


@dataclass(frozen=True)
class _Ground:
    """What weighed in one edition, read once in each process."""

    links: Mapping[str, Sequence[tuple[str, int]]]
    interests: Mapping[str, Sequence[str]]
    ideal: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, float]
    today: int

    def market(self, people: Iterable[JobseekerRecord], work: Iterable[VacancyRecord]) -> Market:
        """Lay a few people and vacancies out, weighed as among all of that night."""
        columns = vacancy_columns(work)
        codes = {job for code in set(columns.occupation.tolist()) for job in jobs(code)}
        asked = {code: self.interests[code] for code in codes if code in self.interests}
        few = Market(jobseeker_columns(people), columns, today=self.today, occupation_interests=asked)
        few.links = {
            (source, target): kind for target in codes for source, kind in self.links.get(target, ())
        }
        few = few.with_ideal_profiles({code: self.ideal[code] for code in codes if code in self.ideal})
        few.__dict__["rarity"] = np.array([self.rarity[skill] for skill in few.skills.tolist()])
        return few


# One edition gives way to the next while pages are read from both.
@lru_cache(maxsize=2)
def _ground(edition: int, _made_at: float) -> _Ground:
    kept = packing.of_json(bytes(Ground.objects.get(pk=edition).packed))
    links: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for source, target, kind in kept["links"]:
        links[target].append((source, kind))
    return _Ground(links, kept["interests"], kept["ideal"], kept["rarity"], kept["today"])


@lru_cache(maxsize=8)
def _heads(version: int, _made_at: float) -> Learned:
    return Learned.from_dict(ScoreModel.objects.get(version=version).weights)


def forget() -> None:
    """Forget what was read of editions."""
    _ground.cache_clear()
    _heads.cache_clear()
    _LATELY.clear()


# Told -------------------------------------------------------------------------------------------------

# The edition, when it was made and by which engine; whose list it is, and the pair.
type _Key = tuple[int, dt.datetime, str, str, int, int]
_LATELY: dict[_Key, Reasons] = {}
_ONE_AT_A_TIME = threading.Lock()


def told_of(matches: Sequence[Match]) -> list[Reasons]:
    """Tell the reasons of some places of the night, in one statement and one more a process and edition.

    What one edition says of a pair never changes: who goes on to the next page is not told it anew.
    """
    keys = [_key(one) for one in matches]
    with _ONE_AT_A_TIME:
        known = {key: reasons for key in keys if (reasons := _LATELY.pop(key, None)) is not None}
        # What was asked for last is forgotten last.
        _LATELY.update(known)
    same: defaultdict[tuple[int, float, str], list[Match]] = defaultdict(list)
    for key, match in zip(keys, matches, strict=True):
        if key not in known:
            same[match.edition_id, match.made_at.timestamp(), match.engine_version].append(match)
    fresh: dict[_Key, Reasons] = {}
    for (edition, made_at, version), every in same.items():
        for some in batched(every, TOLD_AT_ONCE, strict=False):
            fresh |= zip(map(_key, some), _told(some, edition, made_at, version), strict=True)
    with _ONE_AT_A_TIME:
        _LATELY.update(fresh)
        for key in list(islice(_LATELY, max(0, len(_LATELY) - MOST_LATELY))):
            del _LATELY[key]
    known |= fresh
    return [known[key] for key in keys]


def _key(match: Match) -> _Key:
    of = match.edition_id, match.made_at, match.engine_version
    return *of, match.side, match.jobseeker_id, match.vacancy_id


def _told(matches: Sequence[Match], edition: int, made_at: float, version: str) -> list[Reasons]:
    people, work = _facts(edition, matches)
    row = {pk: number for number, pk in enumerate(people)}
    column = {pk: number for number, pk in enumerate(work)}
    known = [match for match in matches if match.jobseeker_id in row and match.vacancy_id in column]
    market = _ground(edition, made_at).market(people.values(), work.values())
    values = [match.values for match in known]
    reasons = explain_kept(
        market,
        np.array([row[match.jobseeker_id] for match in known], np.int64),
        np.array([column[match.vacancy_id] for match in known], np.int64),
        title=np.array([one.title for one in values]) * LOGIT_STEP,
        similarity=np.array([one.similarity for one in values]) / SIMILARITY_STEPS,
    )
    if "+" in version:
        history = np.array([one.history for one in values])
        heads = _heads(int(version.rpartition("+")[2]), made_at)
        reasons = retold(heads, reasons, None if np.isnan(history).any() else history)
    told = {
        (match.jobseeker_id, match.vacancy_id): [reason.as_dict() for reason in one]
        for match, one in zip(known, reasons, strict=True)
    }
    return [told.get((match.jobseeker_id, match.vacancy_id), []) for match in matches]


FACTS: Prepared[Any] = Prepared(
    lambda edition, people, work: (
        MatchList.objects.filter(Q(jobseeker__in=people) | Q(vacancy__in=work), edition=edition)
        .exclude(facts=b"")
        .values_list("jobseeker", "vacancy", "facts")
    )
)


def _facts(
    edition: int, matches: Sequence[Match]
) -> tuple[dict[int, JobseekerRecord], dict[int, VacancyRecord]]:
    """Read what was known of the people and the vacancies of some places."""
    sides = {match.jobseeker_id for match in matches}, {match.vacancy_id for match in matches}
    people, work = {}, {}
    for jobseeker, vacancy, facts in FACTS(edition, *map(sorted, sides)) if matches else ():
        if jobseeker:
            people[jobseeker] = JobseekerRecord(**_said(OF_PERSON, bytes(facts)))
        else:
            work[vacancy] = VacancyRecord(**_said(OF_VACANCY, bytes(facts)))
    return people, work


def _said(names: Sequence[str], facts: bytes) -> dict[str, Any]:
    said = zip(names, packing.of_json(facts), strict=True)
    return {name: nan if value is None and name in FLOATS else value for name, value in said}
