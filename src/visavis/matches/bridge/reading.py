"""Rows to records, table by table: what the engine reads of people and vacancies, without a model object a row."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import batched
from math import nan
from operator import itemgetter
from typing import Any

from django.db.models import IntegerField, Model, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from visavis.catalog import travel
from visavis.common.prepared import Prepared
from visavis.engine import weights as w
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import Vacancy as VacancyRecord
from visavis.engine.facts.vocabulary import UNKNOWN_DAY, UNKNOWN_LEVEL
from visavis.jobseekers.models import (
    ApprovedInterest,
    Experience,
    Jobseeker,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.words.titles import without_town
from visavis.vault.fields import unsealed

# How many numbers stand in one statement.
AT_ONCE = 5_000
MOST_FOR_NOTHING = 1.5
# Of so many at most a page asks: their questions are written once.
FEW = 64
# A level nobody gave, where the engine wants a number.
LEVEL_UNKNOWN = 0

WHERE = ("pk", "commune__latitude", "commune__longitude", "commune")
PERSON = (
    *WHERE,
    "radius_km",
    "minutes",
    "transport",
    "education_level",
    "licences",
    "contracts",
    "hours_min",
    "hours_max",
    "available_on",
    "lowest_pay_hour",
    "avoided_conditions",
    "about",
)
VACANCY = (
    "pk",
    "latitude",
    "longitude",
    "precision_km",
    "is_remote",
    "occupation",
    "other_occupations",
    "title",
    "commune__name",
    "experience_months",
    "experience_is_required",
    "education_level",
    "education_is_required",
    "licences",
    "contract",
    "hours_min",
    "hours_max",
    "starts_on",
    "pay_min_hour",
    "pay_max_hour",
    "conditions",
    "positions",
)

type Rows = dict[int, list[tuple[Any, ...]]]


PEOPLE: Prepared[Any] = Prepared(
    lambda people: Jobseeker.objects.filter(pk__in=people).order_by().values_list(*PERSON)
)


def records_of_people(people: QuerySet[Jobseeker]) -> dict[int, JobseekerRecord]:
    """Read some people for the engine; what they have not said stays unknown."""
    found: dict[int, JobseekerRecord] = {}
    for rows in batched(people.order_by().values_list(*PERSON).iterator(AT_ONCE), AT_ONCE, strict=False):
        found |= _people(rows)
    return found


def records_of_work(vacancies: QuerySet[Vacancy]) -> dict[int, VacancyRecord]:
    """Read some vacancies for the engine; what their employers have not said stays unknown."""
    found: dict[int, VacancyRecord] = {}
    for rows in batched(vacancies.order_by().values_list(*VACANCY).iterator(AT_ONCE), AT_ONCE, strict=False):
        found |= _work(rows)
    return found


def people_in_order(jobseekers: Iterable[Jobseeker]) -> list[JobseekerRecord]:
    """Read some people in the order given."""
    ids = [jobseeker.pk for jobseeker in jobseekers]
    found = _people(PEOPLE(ids)) if ids else {}
    return [found[pk] for pk in ids]


def person_at_hand(jobseeker: Jobseeker) -> JobseekerRecord:
    """Read a person whose row, with her commune, was read for this very page: only what she has several of is asked.

    Who holds a row for longer asks anew, by `people_in_order`.
    """
    town = jobseeker.commune
    place = (town.latitude, town.longitude) if town else (None, None)
    told = [getattr(jobseeker, name) for name in PERSON[len(WHERE) :]]
    return _people([(jobseeker.pk, *place, jobseeker.commune_id, *told)])[jobseeker.pk]


def work_in_order(vacancies: Iterable[Vacancy]) -> list[VacancyRecord]:
    """Read some vacancies in the order given."""
    ids = [vacancy.pk for vacancy in vacancies]
    found = records_of_work(Vacancy.objects.filter(pk__in=ids))
    return [found[pk] for pk in ids]


def _people(rows: Sequence[tuple[Any, ...]]) -> dict[int, JobseekerRecord]:
    ids = [row[0] for row in rows]
    wishes, skills, jobs, languages, interests = _several_of(ids)
    found = {}
    for (
        pk,
        north,
        east,
        commune,
        radius_km,
        minutes,
        transport,
        education,
        licences,
        contracts,
        *rest,
    ) in rows:
        hours_min, hours_max, available_on, lowest_pay, avoided, sealed = rest
        about = unsealed(Jobseeker, "about", sealed, pk)
        found[pk] = JobseekerRecord(
            id=str(pk),
            latitude=number(north),
            longitude=number(east),
            radius_km=radius(radius_km, minutes, transport, commune),
            usual_km=usual_km(transport, commune),
            wishes=[code for code, _typed in wishes[pk] if code],
            skills=[(code, level or LEVEL_UNKNOWN) for code, level in skills[pk]],
            experience=[
                (code, float(months)) for code, months, _title in jobs[pk] if code and months is not None
            ],
            education=UNKNOWN_LEVEL if education is None else education,
            languages=languages[pk],
            licences=licences,
            contracts=contracts,
            hours_min=number(hours_min),
            hours_max=number(hours_max),
            available_on=day(available_on),
            lowest_pay=number(lowest_pay),
            avoided=avoided,
            interests=[code for (code,) in interests[pk]],
            texts=[*_words(wishes[pk], jobs[pk]), *([about] if about else [])],
        )
    return found


def _several_of(ids: Sequence[int]) -> list[Rows]:
    """Read what people have several of, each table in its own order; of a few people all tables at once."""
    if not 0 < len(ids) <= FEW:
        return [_of(model, "jobseeker", ids, *fields) for model, fields in SEVERAL]
    found: list[Rows] = [defaultdict(list) for _table in SEVERAL]
    for table, pk, _place, *values in sorted(SEVERAL_OF_FEW(ids), key=itemgetter(0, 2)):
        found[table][pk].append(tuple(values[COLUMNS[name][0]] for name in SEVERAL[table][1]))
    return found


def _table_of(number: int, people: Sequence[int]) -> QuerySet[Any, Any]:
    """Ask for one table of what people have several of, in the columns of all: a code, words, a number."""
    model, fields = SEVERAL[number]
    columns: list[Any] = [Cast(Value(None), kind) for kind in (TextField(), TextField(), IntegerField())]
    for name in fields:
        place, kind = COLUMNS[name]
        columns[place] = Cast(name, kind)
    ordering: Any = model._meta.ordering
    place_of = Window(RowNumber(), order_by=ordering)
    rows = model._default_manager.filter(jobseeker__in=people).order_by()
    return rows.values_list(Value(number), "jobseeker", place_of, *columns)


SEVERAL: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (WantedOccupation, ("occupation", "typed")),
    (SkillHeld, ("skill", "level")),
    (Experience, ("occupation", "months", "title")),
    (SpokenLanguageHeld, ("language", "level")),
    (ApprovedInterest, ("interest",)),
)
# In which column of all tables together each field stands.
COLUMNS: dict[str, tuple[int, Any]] = dict.fromkeys(
    ("occupation", "skill", "language", "interest"), (0, TextField())
)
COLUMNS |= dict.fromkeys(("typed", "title"), (1, TextField())) | dict.fromkeys(
    ("level", "months"), (2, IntegerField())
)
SEVERAL_OF_FEW: Prepared[Any] = Prepared(
    lambda people: (
        _table_of(0, people)
        .union(*(_table_of(number, people) for number in range(1, len(SEVERAL))), all=True)
        .order_by()
    )
)


def _words(wishes: list[tuple[Any, ...]], jobs: list[tuple[Any, ...]]) -> list[str]:
    """Return the words for what she wants; where she wants nothing in particular, for what she did."""
    words = [typed for _code, typed in wishes] if wishes else [title for _code, _months, title in jobs]
    return [one for one in words if one]


def _work(rows: Sequence[tuple[Any, ...]]) -> dict[int, VacancyRecord]:
    ids = [row[0] for row in rows]
    skills = _of(SkillAsked, "vacancy", ids, "skill", "is_essential")
    languages = _of(LanguageAsked, "vacancy", ids, "language", "level", "is_required")
    found = {}
    for pk, north, east, precision, is_remote, occupation, others, title, town, *rest in rows:
        (
            months,
            months_required,
            education,
            education_required,
            licences,
            contract,
            hours_min,
            hours_max,
            *more,
        ) = rest
        starts_on, pay_min, pay_max, conditions, positions = more
        found[pk] = VacancyRecord(
            id=str(pk),
            latitude=number(north),
            longitude=number(east),
            place_radius_km=precision,
            is_remote=is_remote,
            occupation=occupation or "",
            other_occupations=others if occupation else (),
            title=without_town(title, town or ""),
            essential_skills=[code for code, is_essential in skills[pk] if code and is_essential],
            wished_skills=[code for code, is_essential in skills[pk] if code and not is_essential],
            experience_months=UNKNOWN_LEVEL if months is None else months,
            experience_is_required=months_required,
            education=UNKNOWN_LEVEL if education is None else education,
            education_is_required=education_required,
            languages=[(code, level) for code, level, is_required in languages[pk] if is_required],
            licences=licences,
            contract=contract,
            hours_min=number(hours_min),
            hours_max=number(hours_max),
            starts_on=day(starts_on),
            pay_min=number(pay_min),
            pay_max=number(pay_max),
            conditions=conditions,
            positions=positions,
        )
    return found


def _of(model: type[Model], owner: str, ids: Sequence[int], *fields: str) -> Rows:
    """Read one table of what people or vacancies have several of, in its own order, by whose it is."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows: Iterable[tuple[Any, ...]]
    if 0 < len(ids) <= FEW:
        rows = _of_few(model, owner, fields)(ids)
    else:
        rows = _rows(model, owner, fields, ids).iterator(AT_ONCE)
    for pk, *row in rows:
        found[pk].append(tuple(row))
    return found


def _rows(model: type[Model], owner: str, fields: Sequence[str], ids: Sequence[int]) -> QuerySet[Any, Any]:
    wanted = model._default_manager.values_list(owner, *fields)
    first, last = (min(ids), max(ids)) if len(ids) > FEW else (0, 0)
    # Of a whole side nearly every number is there: two are said in place of thousands, and few rows read for nothing.
    if 0 < last - first < MOST_FOR_NOTHING * len(ids):
        return wanted.filter(**{f"{owner}__gte": first, f"{owner}__lte": last})
    return wanted.filter(**{f"{owner}__in": ids})


@cache
def _of_few(model: type[Model], owner: str, fields: tuple[str, ...]) -> Prepared[Any]:
    """Write the question for one table of a few people or vacancies: what a page asks."""
    return Prepared(lambda ids: _rows(model, owner, fields, ids))


def radius(radius_km: float | None, minutes: int | None, transport: str, commune: str | None) -> float:
    """Return how far she goes, km: said in km, or in minutes by her transport where she lives; NaN when not said."""
    if radius_km is not None:
        return float(radius_km)
    return nan if minutes is None else travel.reach_km(minutes, transport, commune)


def usual_km(transport: str, commune: str | None) -> float:
    """Return how far somebody usually goes who has not said it, by her transport where she lives, km."""
    return travel.reach_km(w.USUAL_MINUTES, transport, commune) if transport else w.USUAL_REACH_KM


def number(value: float | Decimal | None) -> float:
    """Return a float, NaN for what is unknown."""
    return nan if value is None else float(value)


def day(date: dt.date | None) -> int:
    """Return days since 1970-01-01."""
    return UNKNOWN_DAY if date is None else (date - dt.date(1970, 1, 1)).days
