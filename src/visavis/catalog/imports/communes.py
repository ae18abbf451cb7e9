"""Import postcodes and coordinates of communes: La Poste's official file, or a file with a row a commune.

La Poste's columns vary by year: "#Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;
Ligne_5" in Latin-1 (2015 to 2025, with coordonnees_gps or _geopoint in some years), the same with commas.
Its names are in capitals without accents, so the names of the catalogue stay.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from visavis.catalog.gazetteer import fold_place
from visavis.catalog.imports import bulk, editions
from visavis.catalog.imports.bulk import Values
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.steps import Steps
from visavis.catalog.imports.tables import Source, Table, Unreadable, layouts, read, sources
from visavis.catalog.models import Commune, Department, Postcode
from visavis.common import progress

SOURCE = "communes"

(LAYOUT,) = layouts("communes").values()
OF_TODAY = ("commune-actuelle", "arrondissement-municipal")
COORDINATES_DIGITS = 5


def import_communes(file: Path, *, tell: progress.Report = progress.silent) -> ImportReport:
    """Complete postcodes and coordinates from a file; add the communes it names that are not known.

    Raises Unreadable.
    """
    report = ImportReport(SOURCE)
    table = read(the_source(file), LAYOUT, report)
    if not table.has("code_postal") and not table.has("postcodes"):
        raise Unreadable(
            _("“%(name)s” lacks the column “%(column)s”.") % {"name": table.name, "column": "Code_postal"}
        )
    steps = Steps(tell, len(table))
    with transaction.atomic():
        complete(table, steps, report)
        editions.keep(report)
    return report


def the_source(file: Path) -> Source:
    """Take the file itself, or the first CSV of a zip archive."""
    if file.suffix.lower() == ".zip" and (found := sources(file)):
        return found[0]
    if not file.is_file():
        raise Unreadable(_("“%(place)s” does not exist.") % {"place": file})
    return Source(file)


def complete(table: Table, steps: Steps, report: ImportReport) -> None:
    """Read everything, then write: new communes first, since postcodes point to them."""
    known = set(Commune.objects.values_list("code", flat=True))
    departments = set(Department.objects.values_list("code", flat=True))
    postcodes: list[tuple[str, str]] = []
    said: dict[str, Values] = {}
    new: dict[str, Values] = {}
    for line, row in steps.over(table):
        code = row["code_commune_insee"].upper()
        if row.get("type", OF_TODAY[0]) not in OF_TODAY:
            table.problem(
                line, _("The row is not a commune of today: it was left out."), f"{code} {row['type']}"
            )
            continue
        if code not in known and code not in new:
            made = new_commune(row, code, departments)
            if made is None:
                table.problem(line, _("The commune is not in the catalogue: the row was left out."), code)
                continue
            new[code] = made
        postcodes += [(postcode, code) for postcode in postcodes_of(row, table, line)]
        its = said.setdefault(code, {})
        if "latitude" not in its:
            its.update(point_of(row, table, line) or {})
        if row.get("population", "").isdecimal():
            its["population"] = int(row["population"])
    bulk.upsert(Commune, ("code",), new.values(), report.of("communes"))
    change(said, report)
    rows = ({"code": postcode, "commune_id": code} for postcode, code in postcodes)
    bulk.upsert(Postcode, ("code", "commune_id"), rows, report.of("postcodes"))


def new_commune(row: dict[str, str], code: str, departments: set[str]) -> Values | None:
    """Make a commune of a row that says enough: a name written as names are, and its department."""
    name, department = row.get("nom_commune", ""), row.get("department", "")
    if not name or department not in departments or not re.fullmatch(r"\d[\dAB]\d{3}", code):
        return None
    return {"code": code, "name": name, "folded": fold_place(name), "department_id": department}


def postcodes_of(row: dict[str, str], table: Table, line: int) -> Iterator[str]:
    for postcode in re.split(r"[\s,;/|]+", row.get("code_postal") or row.get("postcodes") or ""):
        if re.fullmatch(r"\d{4,5}", postcode):
            yield postcode.zfill(5)
        elif postcode:
            table.problem(line, _("The postcode is not five digits: it was left out."), postcode)


def point_of(row: dict[str, str], table: Table, line: int) -> Values | None:
    """Read the coordinates, from one column or two."""
    said = row.get("point") or ",".join((row.get("latitude", ""), row.get("longitude", "")))
    if not said.strip(" ,"):
        return None
    numbers = re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*", said)
    latitude, longitude = map(float, numbers.groups()) if numbers else (999.0, 999.0)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        table.problem(line, _("The coordinates cannot be read: they were left out."), said)
        return None
    return {
        "latitude": round(latitude, COORDINATES_DIGITS),
        "longitude": round(longitude, COORDINATES_DIGITS),
        "precision_km": 0.0,
    }


def change(wanted: Mapping[str, Values], report: ImportReport) -> None:
    """Write the coordinates and numbers of inhabitants that differ."""
    changed: list[Commune] = []
    for commune in Commune.objects.iterator(chunk_size=bulk.BATCH):
        values: dict[str, Any] = wanted.get(commune.code, {})
        if any(getattr(commune, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(commune, name, value)
            changed.append(commune)
    report.of("communes").changed += len(changed)
    fields = ["latitude", "longitude", "precision_km", "population"]
    for start in range(0, len(changed), bulk.BATCH):
        bulk.write(Commune, list(changed[start : start + bulk.BATCH]), ("code",), fields)
