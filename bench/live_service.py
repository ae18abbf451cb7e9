"""A large service in a database, by seed: people, vacancies, some drafts, and the lists that these will touch.

The rows are those of `country_market`, drawn as columns and written as rows. Lists of fifty, what the kernels find at
no price, are written for those only whom a draft suits: other lists are not read while the drafts are published. Nobody
real.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from decimal import Decimal

import numpy as np
from django.db import connection, models, transaction
from scipy.spatial import cKDTree

from bench.country_market import draw_jobseekers, draw_vacancies
from visavis.catalog.models import Commune
from visavis.common import clock
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.geo import unit_vectors
from visavis.engine.facts.records import vacancy_columns
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY
from visavis.engine.fast.reverse import ReverseIndex
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.ragged import Ragged
from visavis.jobseekers.models import (
    ApprovedInterest,
    Experience,
    Jobseeker,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)
from visavis.matches.bridge import in_memory, market, reading, serving
from visavis.matches.bridge.lists import Lists, turn_within
from visavis.matches.bridge.reasons import Told
from visavis.matches.making import places
from visavis.matches.models import Edition, Match
from visavis.people.models import User
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy

AT_ONCE = 5_000
PEOPLE_AT_ONCE = 5_000
# How often a vacancy may stand in shown lists: as many people as vacancies, half spread.
TIMES = 80.0
LONG_AGO = dt.timedelta(days=1)


def fill(people: int, vacancies: int, drafts: int, seed: int) -> None:
    """Fill an empty database that has the catalogue."""
    with transaction.atomic():
        write_vacancies(draw_vacancies(vacancies, seed))
        drafted = write_vacancies(draw_vacancies(drafts, seed + 1), state="draft")
        write_people(draw_jobseekers(people, seed))
        Edition.objects.create(is_served=True, served_at=clock.now(), times=TIMES)
        write_lists(drafted)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_vacancies(columns: VacancyColumns, state: str = "open") -> list[int]:
    """Write vacancies, and return their numbers."""
    rows = [_vacancy(columns, row, state) for row in range(len(columns))]
    numbers = _write(rows)
    kinds = (columns.essential_skills, True), (columns.wished_skills, False)
    named: dict[tuple[int, str], bool] = {}
    for column, is_essential in kinds:
        for owner, skill in _pairs(column):
            named.setdefault((owner, skill), is_essential)
    _write(
        SkillAsked(vacancy_id=numbers[owner], skill_id=skill, is_essential=is_essential)
        for (owner, skill), is_essential in named.items()
    )
    levels = columns.language_levels.values.tolist()
    spoken = zip(_pairs(columns.languages), levels, strict=True)
    _write(
        LanguageAsked(vacancy_id=numbers[owner], language=code, level=level or 3)
        for (owner, code), level in spoken
    )
    return numbers


def write_people(columns: JobseekerColumns) -> None:
    """Write people who look for work."""
    communes = list(
        Commune.objects.filter(latitude__isnull=False).values_list("code", "latitude", "longitude")
    )
    tree = cKDTree(unit_vectors(*(np.array([row[place] for row in communes]) for place in (1, 2))))
    points = unit_vectors(columns.latitude, columns.longitude)
    _far, nearest = tree.query(np.nan_to_num(points))
    home = [
        None if unknown else communes[place][0]
        for unknown, place in zip(np.isnan(columns.latitude), nearest, strict=True)
    ]
    users = _write(User(name=f"Person {row}", password="!") for row in range(len(columns)))
    rows = (_jobseeker(columns, row, user, home[row]) for row, user in enumerate(users))
    numbers = _write(rows)
    texts = [columns.texts.row(row) for row in range(len(columns))]
    _write(
        WantedOccupation(
            jobseeker_id=numbers[owner], occupation_id=code or None, typed=typed, position=turn + 1
        )
        for owner in range(len(columns))
        for turn, (code, typed) in enumerate(
            itertools.zip_longest(columns.wishes.row(owner).tolist(), texts[owner].tolist(), fillvalue="")
        )
    )
    _write(
        SkillHeld(jobseeker_id=numbers[owner], skill_id=code, level=level or None)
        for (owner, code), level in zip(
            _pairs(columns.skills), columns.skill_levels.values.tolist(), strict=True
        )
    )
    _write(
        Experience(jobseeker_id=numbers[owner], title="", occupation_id=code, months=round(months))
        for (owner, code), months in zip(
            _pairs(columns.experience), columns.experience_months.values.tolist(), strict=True
        )
    )
    _write(
        SpokenLanguageHeld(jobseeker_id=numbers[owner], language=code, level=level or 3)
        for (owner, code), level in zip(
            _pairs(columns.languages), columns.language_levels.values.tolist(), strict=True
        )
    )
    _write(
        ApprovedInterest(jobseeker_id=numbers[owner], interest_id=code)
        for owner, code in _pairs(columns.interests)
    )


def write_lists(drafted: list[int]) -> None:
    """Write fifty places for everybody whom one of some drafts would suit, the best by the experts' score."""
    edition = Edition.objects.served()
    work, people = in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    drafts = reading.records_of_work(Vacancy.objects.filter(pk__in=drafted))
    new = with_newcomers(work.market, vacancy_columns(drafts.values()))
    index = ReverseIndex(work.market.with_jobseekers(people.take()), market.LEAST_SCORE)
    _draft, row, _score = index.find(new, np.arange(len(drafts)))
    numbers = people.ids[np.unique(row)].tolist()
    made_at = clock.now()
    for first in range(0, len(numbers), PEOPLE_AT_ONCE):
        some = numbers[first : first + PEOPLE_AT_ONCE]
        rows = Jobseeker.objects.filter(pk__in=some)
        people = market.people_of(reading.records_of_people(rows))
        found = market.best_work(work, people, serving.KEPT)
        worth = serving.plain(found, (people.ids, work.ids))
        order = np.lexsort((found.work, -worth, found.person))
        found, worth = found.where(order), worth[order]
        lists = Lists(Match.Whose.JOBSEEKER, found, turn_within(found.person) + 1, worth)
        untold = dict.fromkeys(found.keys(), Told(None, []))
        rows_of = places.of_lists(lists, (people.ids, work.ids), untold)
        places.write(edition, Match.Whose.JOBSEEKER, people.ids.tolist(), rows_of, made_at)


def _vacancy(columns: VacancyColumns, row: int, state: str) -> Vacancy:
    months, education, starts = (
        int(getattr(columns, name)[row]) for name in ("experience_months", "education", "starts_on")
    )
    return Vacancy(
        state=state,
        title=str(columns.title[row]),
        occupation_id=str(columns.occupation[row]) or None,
        latitude=_number(columns.latitude[row]),
        longitude=_number(columns.longitude[row]),
        precision_km=float(columns.place_radius_km[row]),
        is_remote=bool(columns.is_remote[row]),
        contract=next(iter(_names(int(columns.contract[row]), CONTRACTS)), ""),
        hours_min=_decimal(columns.hours_min[row]),
        hours_max=_decimal(columns.hours_max[row]),
        starts_on=None if starts == UNKNOWN_DAY else dt.date(1970, 1, 1) + dt.timedelta(days=starts),
        pay_min_hour=_decimal(columns.pay_min[row]),
        pay_max_hour=_decimal(columns.pay_max[row]),
        licences=_names(int(columns.licences[row]), LICENCES),
        conditions=_names(int(columns.conditions[row]), CONDITIONS),
        experience_months=None if months < 0 else months,
        experience_is_required=bool(columns.experience_is_required[row]),
        education_level=None if education < 0 else education,
        education_is_required=bool(columns.education_is_required[row]),
        positions=int(columns.positions[row]),
        changed_at=clock.now() - LONG_AGO,
    )


def _jobseeker(columns: JobseekerColumns, row: int, user: int, commune: str | None) -> Jobseeker:
    education, radius = int(columns.education[row]), _number(columns.radius_km[row])
    return Jobseeker(
        user_id=user,
        commune_id=commune,
        radius_km=None if radius is None else round(radius),
        education_level=None if education < 0 else education,
        licences=_names(int(columns.licences[row]), LICENCES) if columns.licences_known[row] else None,
        contracts=_names(int(columns.contracts[row]), CONTRACTS),
        avoided_conditions=_names(int(columns.avoided[row]), CONDITIONS),
        hours_min=_decimal(columns.hours_min[row]),
        hours_max=_decimal(columns.hours_max[row]),
        lowest_pay_hour=_decimal(columns.lowest_pay[row]),
        changed_at=clock.now() - LONG_AGO,
    )


def _pairs(column: Ragged) -> Iterator[tuple[int, str]]:
    owners = np.repeat(np.arange(len(column)), column.lengths())
    return zip(owners.tolist(), column.values.tolist(), strict=True)


def _write(rows: Iterable[models.Model]) -> list[int]:
    """Write rows of one table, those that the database takes, and return the numbers given to them."""
    numbers: list[int] = []
    for some in itertools.batched(rows, AT_ONCE, strict=False):
        model = type(some[0])
        if not numbers:
            last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
        for place, row in enumerate(some, len(numbers) + 1):
            row.pk = last + place
        numbers += [row.pk for row in some]
        if connection.vendor == "postgresql":
            _copy(model, some)
        else:
            model._default_manager.bulk_create(some, batch_size=AT_ONCE, ignore_conflicts=True)
    return numbers


def _copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Copy rows beside the table, then take over those that break no constraint."""
    fields = model._meta.concrete_fields
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE beside (LIKE {table})")
        with cursor.copy(f"COPY beside ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
                )
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM beside ON CONFLICT DO NOTHING"
        )  # names of fields
        cursor.execute("DROP TABLE beside")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM " + table + "))",
            [model._meta.db_table],
        )


def _names(mask: int, names: tuple[str, ...]) -> list[str]:
    return [name for place, name in enumerate(names) if mask >> place & 1]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _decimal(value: float) -> Decimal | None:
    return None if np.isnan(value) else Decimal(f"{value:.2f}")
