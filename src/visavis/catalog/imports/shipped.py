"""Import the catalogue and the communes that the project ships.

Official data imported before wins: the starter then only brings what the official files lack, English first.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from visavis.catalog import starter
from visavis.catalog.gazetteer import fold_place
from visavis.catalog.imports import bulk, editions
from visavis.catalog.imports.bulk import Values
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.models import (
    Commune,
    Department,
    Domain,
    Interest,
    Mobility,
    Occupation,
    OccupationInterest,
    OccupationSkill,
    Postcode,
    Region,
    Skill,
    Title,
)
from visavis.common import progress
from visavis.folding import fold_words

SOURCE = "starter"
OURS = {"is_current": True, "source": SOURCE}
NAMES = ("code", "label_fr", "label_en")


def import_starter(*, tell: progress.Report = progress.silent) -> ImportReport:
    """Bring the shipped occupations, titles, skills, interests, ways and communes into the database."""
    report = ImportReport(SOURCE)
    steps = (
        import_regions,
        import_communes,
        import_postcodes,
        import_domains,
        import_occupations,
        import_titles,
        import_skills,
        import_interests,
        import_mobility,
        editions.keep,
    )
    with transaction.atomic():
        for done, step in enumerate(steps):
            tell(done, len(steps))
            step(report)
    tell(len(steps), len(steps))
    return report


def import_regions(report: ImportReport) -> None:
    places = starter.places()
    regions = ({"code": one.code, "name": one.name} for one in places.regions)
    bulk.upsert(Region, ("code",), regions, report.of("regions"))
    departments = (
        {"code": one.code, "name": one.name, "region_id": one.region} for one in places.departments
    )
    bulk.upsert(Department, ("code",), departments, report.of("departments"))


def import_communes(report: ImportReport) -> None:
    places = starter.places()
    rows = (
        {
            "code": places.code[row],
            "name": places.name[row],
            "folded": fold_place(places.name[row]),
            "department_id": str(places.department[row]),
            "parent_id": places.parent[row] or None,
            "population": int(places.population[row]),
            "latitude": degrees(places.latitude[row]),
            "longitude": degrees(places.longitude[row]),
            "precision_km": float(places.precision_km[row]),
        }
        for row in range(len(places))
    )
    bulk.upsert(Commune, ("code",), rows, report.of("communes"), keep_better_point)


def degrees(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def keep_better_point(old: Mapping[str, Any] | None, new: Values) -> Values:
    """Keep the coordinates of a more precise source imported before."""
    if old is None or old["latitude"] is None or old["precision_km"] >= new["precision_km"]:
        return new
    return {**new, **{name: old[name] for name in ("latitude", "longitude", "precision_km")}}


def import_postcodes(report: ImportReport) -> None:
    places = starter.places()
    rows = (
        {"code": code, "commune_id": places.code[row]}
        for row in range(len(places))
        for code in places.postcodes[row]
    )
    bulk.upsert(Postcode, ("code", "commune_id"), rows, report.of("postcodes"))


def import_domains(report: ImportReport) -> None:
    is_official = Occupation.objects.exclude(source=SOURCE).exists()

    def merge(old: Mapping[str, Any] | None, new: Values) -> Values:
        return {**new, "label_fr": old["label_fr"]} if old and is_official else new

    rows = (said(one, *NAMES) for one in starter.load().domains)
    bulk.upsert(Domain, ("code",), rows, report.of("domains"), merge)


def import_occupations(report: ImportReport) -> None:
    names = (*NAMES, "definition_fr", "definition_en", "riasec_major", "riasec_minor", "isco")
    rows = (said(one, *names) | OURS | {"domain_id": one.domain} for one in starter.load().occupations)
    editions.bring(Occupation, rows, report.of("occupations"), keep_official, source=SOURCE)


def said(one: object, *names: str) -> Values:
    """Take some fields as they are."""
    return {name: getattr(one, name) for name in names}


def keep_official(old: Mapping[str, Any] | None, new: Values) -> Values:
    """Let an official occupation keep what it says; the starter's English is its own."""
    if old is None or old["source"] == SOURCE:
        return new
    english = {"label_en": new["label_en"], "definition_en": new["definition_en"]}
    return (
        {name: old[name] or value for name, value in new.items()}
        | english
        | {"is_current": old["is_current"]}
    )


def import_titles(report: ImportReport) -> None:
    others = Title.objects.filter(is_current=True).exclude(source=SOURCE)
    said = {(code, fold_words(label)) for code, label in others.values_list("occupation_id", "label")}
    # The ROME says under which occupation a French title stands; ours stood under the nearest we had.
    official = {fold_words(label) for label in others.filter(source="rome").values_list("label", flat=True)}

    def wanted() -> Iterator[Values]:
        named: set[tuple[str, str]] = set()
        catalogue = starter.load()
        # What jobs are called besides stands in until the ROME says it.
        for one in catalogue.titles if official else catalogue.named:
            yield {
                "code": title_code(one),
                "occupation_id": one.occupation,
                "label": one.label,
                "language": one.language,
                "is_principal": (one.occupation, one.language) not in named,
                "is_current": (one.occupation, fold_words(one.label)) not in said
                and (one.language != "fr" or fold_words(one.label) not in official),
                "source": SOURCE,
            }
            named.add((one.occupation, one.language))

    editions.bring(Title, wanted(), report.of("titles"), source=SOURCE)


def title_code(title: starter.Title) -> str:
    """Make a code that stays while the words stay."""
    words = hashlib.sha256(title.label.encode()).hexdigest()[:12]
    return f"{SOURCE}:{title.occupation}:{title.language}:{words}"


def import_skills(report: ImportReport) -> None:
    catalogue = starter.load()
    rows = (said(one, *NAMES, "kind") | OURS for one in catalogue.skills)
    editions.bring(Skill, rows, report.of("skills"), source=SOURCE)
    links = (
        {
            "occupation_id": one.occupation,
            "skill_id": one.skill,
            "is_essential": one.strength == "essential",
            "source": SOURCE,
        }
        for one in catalogue.occupation_skills
    )
    mine = OccupationSkill.objects.filter(source=SOURCE)
    key = ("occupation_id", "skill_id")
    editions.bring_links(mine, key, links, report.of("skill_links"), keep_first_source)


def keep_first_source(old: Mapping[str, Any] | None, new: Values) -> Values:
    """Leave a link that an official file made."""
    return dict(old) if old and old["source"] != SOURCE else new


def import_interests(report: ImportReport) -> None:
    catalogue = starter.load()
    rows = (
        said(one, *NAMES, "riasec")
        | {"kind": (Interest.Kind.RIASEC if one.kind == "riasec" else Interest.Kind.CENTRE).value}
        for one in catalogue.interests
    )
    bulk.upsert(Interest, ("code",), rows, report.of("interests"))
    links = (
        {"occupation_id": one.occupation, "interest_id": one.interest}
        for one in catalogue.occupation_interests
    )
    bulk.upsert(OccupationInterest, ("occupation_id", "interest_id"), links, report.of("interest_links"))


def import_mobility(report: ImportReport) -> None:
    rows = (
        {"origin_id": one.source, "target_id": one.target, "kind": one.kind, "source": SOURCE}
        for one in starter.load().mobility
    )
    mine = Mobility.objects.filter(source=SOURCE)
    key = ("origin_id", "target_id")
    editions.bring_links(mine, key, rows, report.of("mobility"), keep_first_source)
