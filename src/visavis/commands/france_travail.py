"""France Travail's vacancies as its API gives them, read for the engine without a database."""

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from math import nan
from pathlib import Path

from visavis.catalog import starter
from visavis.catalog.gazetteer import AreaRow, CommuneRow, Gazetteer
from visavis.catalog.pointing import Pointer
from visavis.commands import tables
from visavis.commands.market_files import Report
from visavis.engine.facts.records import Vacancy
from visavis.engine.facts.vocabulary import UNKNOWN_LEVEL
from visavis.vacancies.ads import values
from visavis.vacancies.feeds import formats
from visavis.vacancies.feeds.records import france_travail
from visavis.vacancies.feeds.records.vacancy import VacancyRead
from visavis.vacancies.feeds.splitting import files

# What only a record of this API has, seen in the first characters of its file.
MARKS = ('"intitule"', '"resultats"', '"lieuTravail"', '"romeCode"')
LOOKED_AT = 20_000


def is_feed(path: Path) -> bool:
    """Say whether a JSON file is in the API's form."""
    if path.suffix.lower() not in {".json", ".jsonl"} or not path.exists():
        return False
    start = path.read_bytes()[:LOOKED_AT].decode("utf-8", errors="replace")
    return any(mark in start for mark in MARKS)


def read(path: Path, report: Report) -> Iterator[Vacancy]:
    """Give the vacancies of a file; what fell back or was refused, and where it is cut, is in the report."""
    now = dt.datetime.now(dt.UTC)
    read_one = formats.FORMATS[france_travail.FORMAT].read
    number = 0
    try:
        feed = files.open_feed(path)
        for number, given in enumerate(feed.records(), start=1):
            found = read_one(given, places(), now)
            for note in found.notes:
                report.note(note.field, note.reason.replace("_", " "), number, note.value)
            if found.vacancy is not None:
                yield record(found.vacancy)
        if feed.cut_at is not None:
            if not number:
                raise tables.FileRefused(
                    f"{path}: this is not whole JSON: it is cut at character {feed.cut_at}."
                )
            report.note("the file", "cut: what is whole was read", number, f"character {feed.cut_at}")
    except files.FileRefused as refusal:
        raise tables.FileRefused(f"{path}: {refusal}") from refusal
    except json.JSONDecodeError as error:
        raise tables.FileRefused(f"{path}: this is not JSON.") from error


@cache
def places() -> Pointer:
    """Return the shipped communes, departments and regions."""
    found = starter.places()
    communes = (
        CommuneRow(
            code=found.code[row],
            name=found.name[row],
            department_id=str(found.department[row]),
            latitude=None if found.latitude[row] != found.latitude[row] else float(found.latitude[row]),
            longitude=None if found.longitude[row] != found.longitude[row] else float(found.longitude[row]),
            population=int(found.population[row]),
            precision_km=float(found.precision_km[row]),
            postcodes=found.postcodes[row],
        )
        for row in range(len(found))
    )
    departments = [AreaRow(area.code, area.name, area.region) for area in found.departments]
    regions = [AreaRow(area.code, area.name) for area in found.regions]
    return Pointer(Gazetteer.of_rows(communes, departments, regions))


def record(read_vacancy: VacancyRead) -> Vacancy:
    """Lay a vacancy out for the engine."""
    place, facts = read_vacancy.place, read_vacancy.understood(dt.datetime.now(dt.UTC))
    said = values.columns(facts)
    months, level = said["experience_months"], said["education_level"]
    coded = [skill for skill in facts.skills if skill.code]
    return Vacancy(
        id=read_vacancy.key,
        latitude=place.latitude if place else nan,
        longitude=place.longitude if place else nan,
        place_radius_km=place.precision_km if place else 0.0,
        occupation=starter.load().known(read_vacancy.rome_code),
        title=read_vacancy.title,
        essential_skills=list(dict.fromkeys(skill.code for skill in coded if skill.is_essential)),
        wished_skills=list(dict.fromkeys(skill.code for skill in coded if not skill.is_essential)),
        experience_months=UNKNOWN_LEVEL if months is None else months,
        experience_is_required=said["experience_is_required"],
        education=UNKNOWN_LEVEL if level is None else level,
        education_is_required=said["education_is_required"],
        # Where no level is said, any will do.
        languages=[
            (code, one.value.level or 0) for code, one in facts.languages.items() if one.value.is_required
        ],
        licences=said["licences"],
        contract=said["contract"],
        hours_min=_real(said["hours_min"]),
        hours_max=_real(said["hours_max"]),
        pay_min=_real(said["pay_min_hour"]),
        pay_max=_real(said["pay_max_hour"]),
        conditions=said["conditions"],
        positions=said["positions"],
    )


def _real(value: float | None) -> float:
    return nan if value is None else value
