"""Import ESCO, in French and English, for the occupations of the ROME that the official crosswalk names.

The crosswalk joins titles of the ROME to occupations of ESCO. An ESCO occupation goes to the ROME occupation
most of its titles belong to; a ROME occupation takes its label, ISCO group and skills from the ESCO
occupation most of its own titles are joined to.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from visavis.catalog import starter
from visavis.catalog.imports import editions
from visavis.catalog.imports.bulk import Values
from visavis.catalog.imports.editions import Whole
from visavis.catalog.imports.esco_files import Files, open_crosswalk, open_files
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.steps import Steps
from visavis.catalog.imports.tables import Table
from visavis.catalog.models import Occupation, OccupationSkill, Skill, Title
from visavis.common import progress
from visavis.folding import fold_words

SOURCE = "esco"
WEIGHT = {"exactmatch": 8, "closematch": 3, "broadmatch": 1, "narrowmatch": 1}
"""How surely a relation of the crosswalk says that two names mean the same work."""

LEAST = 3
"""Below this, an occupation only shares a wider name with the ESCO occupation, and takes nothing from it."""

LANGUAGES = ("fr", "en")


@dataclass
class Joined:
    """What the crosswalk says: the ESCO occupation of each ROME occupation, and the other way round."""

    of_rome: dict[str, str] = field(default_factory=dict)
    of_esco: dict[str, str] = field(default_factory=dict)


def import_esco(
    folder: Path,
    *,
    crosswalk: Path | None = None,
    shrink: bool = False,
    tell: progress.Report = progress.silent,
) -> ImportReport:
    """Bring in English labels and titles, ISCO groups, skills and their links, all or nothing.

    Without a crosswalk only the skills come. Raises Unreadable.
    """
    report = ImportReport(SOURCE)
    files = open_files(folder, report)
    table = open_crosswalk(crosswalk, folder, report)
    steps = Steps(tell, sum(map(len, files.values())) + (len(table) if table else 0))
    with transaction.atomic():
        skills = import_skills(files, steps, report, shrink=shrink)
        if table is None:
            report.problem(
                folder.name, None, _("There is no crosswalk to the ROME: only the skills were imported.")
            )
        elif not Title.objects.exclude(code__contains=":").exists():
            report.problem(
                table.name, None, _("The ROME is not in the catalogue: import it before its crosswalk.")
            )
        else:
            joined = join(table, steps)
            import_labels(files, joined, steps, report, shrink=shrink)
            import_links(files, joined, skills, steps, report)
        editions.keep(report)
    return report


def tail(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1]


def join(table: Table, steps: Steps) -> Joined:
    """Count, for each pair of occupations, what the titles of the one say of the other."""
    occupation_of = dict(Title.objects.exclude(code__contains=":").values_list("code", "occupation_id"))
    votes: dict[tuple[str, str], int] = defaultdict(int)
    for line, row in steps.over(table):
        title, uri = row["classification_2_id"], row["classification_1_id"]
        weight = WEIGHT.get(row["mapping_relation"].lower().removeprefix("skos:"))
        if title not in occupation_of:
            table.problem(line, _("The title is not in the catalogue: the row was left out."), title)
        elif weight is None or not uri:
            table.problem(line, _("The relation is unknown: the row was left out."), row["mapping_relation"])
        else:
            votes[occupation_of[title], uri] += weight
    joined = Joined()
    surest_first = sorted(votes.items(), key=lambda one: (-one[1], one[0]))
    for (code, uri), _votes in surest_first:
        joined.of_esco.setdefault(uri, code)
    for (code, uri), _votes in surest_first:
        if joined.of_esco[uri] == code:
            joined.of_rome.setdefault(code, uri)
    for (code, uri), weight in surest_first:
        if weight >= LEAST:
            joined.of_rome.setdefault(code, uri)
    return joined


def import_skills(files: Files, steps: Steps, report: ImportReport, *, shrink: bool) -> dict[str, str]:
    """Write the skills in both languages and return their codes by address."""
    labels: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    kinds: dict[str, str] = {}
    for language in LANGUAGES:
        for line, row in steps.over(table := files.get(f"skills_{language}")):
            if not row["concepturi"] or not row["preferredlabel"]:
                assert table is not None
                table.problem(
                    line, _("The skill has no valid code or no label: it was left out."), row["concepturi"]
                )
                continue
            labels[language][row["concepturi"]] = capital(row["preferredlabel"])[:250]
            kinds[row["concepturi"]] = (
                Skill.Kind.KNOWLEDGE if row["skilltype"] == "knowledge" else Skill.Kind.KNOW_HOW
            )
    codes = {uri: f"{SOURCE}:{tail(uri)}" for uri in kinds}
    rows = (
        {
            "code": codes[uri],
            "label_fr": labels["fr"].get(uri) or labels["en"][uri],
            "label_en": labels["en"].get(uri, ""),
            "kind": str(kind),
            "is_current": True,
            "source": SOURCE,
        }
        for uri, kind in kinds.items()
    )
    counts = report.of("skills")
    if tables := [files[name] for name in ("skills_fr", "skills_en") if name in files]:
        editions.bring(Skill, rows, counts, source=SOURCE, files=Whole(tables[:1], shrink))
    return codes


def import_labels(files: Files, joined: Joined, steps: Steps, report: ImportReport, *, shrink: bool) -> None:
    """Give occupations their English label, ISCO group and address, and their English titles.

    French titles stay the ROME's own: those of ESCO say less and are not written as people do.
    """
    rows = {
        language: {row["concepturi"]: row for _line, row in steps.over(files.get(f"occupations_{language}"))}
        for language in LANGUAGES
    }
    label_occupations(rows, joined, report)
    table = files.get("occupations_en")
    if table is None:
        return
    known = Title.objects.filter(is_current=True, language="en").exclude(source=SOURCE)
    official = {(code, fold_words(label)) for code, label in known.values_list("occupation_id", "label")}

    def wanted() -> Iterator[Values]:
        for uri, code in joined.of_esco.items():
            if row := rows["en"].get(uri):
                yield from titles_of(row, code, official)

    editions.bring(Title, wanted(), report.of("titles"), source=SOURCE, files=Whole([table], shrink))


def titles_of(row: Mapping[str, str], code: str, official: set[tuple[str, str]]) -> Iterator[Values]:
    """Yield the preferred label and the alternative ones, a line each, without those known already."""
    said: set[str] = set()
    for label in [row["preferredlabel"], *row.get("altlabels", "").split("\n")]:
        label = capital(label.strip())[:250]
        words = fold_words(label)
        if not words or words in said or (code, words) in official:
            continue
        said.add(words)
        yield {
            "code": f"{SOURCE}:{tail(row['concepturi'])}:{hashlib.sha256(words.encode()).hexdigest()[:12]}",
            "occupation_id": code,
            "label": label,
            "language": "en",
            "is_principal": False,
            "is_current": True,
            "source": SOURCE,
        }


def label_occupations(
    rows: Mapping[str, Mapping[str, dict[str, str]]], joined: Joined, report: ImportReport
) -> None:
    """Write what the joined ESCO occupation says; the starter's own English stays."""
    shipped = starter.load().occupation
    counts = report.of("occupations")
    changed = []
    for occupation in Occupation.objects.filter(Q(pk__in=joined.of_rome) | ~Q(esco_uri="")):
        uri = joined.of_rome.get(occupation.code, "")
        row: Mapping[str, str] = rows["en"].get(uri) or rows["fr"].get(uri) or {}
        # Several precise occupations may share one ESCO occupation: only one of them bears its name.
        named = rows["en"].get(uri, {}) if joined.of_esco.get(uri) == occupation.code else {}
        english, definition = named.get("preferredlabel", "")[:250], named.get("description", "")
        own = shipped.get(occupation.code)
        wanted: dict[str, Any] = {
            "esco_uri": uri[:120],
            "isco": row.get("iscogroup", "")[:4] or occupation.isco,
            "label_en": (own.label_en if own else "") or capital(english),
            "definition_en": (own.definition_en if own else "") or definition,
        }
        if any(getattr(occupation, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(occupation, name, value)
            changed.append(occupation)
        else:
            counts.unchanged += 1
    counts.changed += len(changed)
    Occupation.objects.bulk_update(changed, ["esco_uri", "isco", "label_en", "definition_en"], batch_size=300)


def capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def import_links(
    files: Files, joined: Joined, skills: Mapping[str, str], steps: Steps, report: ImportReport
) -> None:
    """Link each occupation to the skills of its ESCO occupation, essential or optional."""
    table = files.get("occupation_skills")
    if table is None:
        return
    codes: dict[str, list[str]] = defaultdict(list)
    for code, uri in joined.of_rome.items():
        codes[uri].append(code)
    essential: dict[tuple[str, str], bool] = {}
    for line, row in steps.over(table):
        for code in codes.get(row["occupationuri"], ()):
            if skill := skills.get(row["skilluri"]):
                link = code, skill
                essential[link] = essential.get(link, False) or row["relationtype"].lower() == "essential"
            else:
                table.problem(
                    line, _("The link leads to a skill that no file names: it was left out."), row["skilluri"]
                )
    rows = (
        {"occupation_id": code, "skill_id": skill, "is_essential": is_essential, "source": SOURCE}
        for (code, skill), is_essential in essential.items()
    )
    mine = OccupationSkill.objects.filter(source=SOURCE)
    key = ("occupation_id", "skill_id")
    editions.bring_links(mine, key, rows, report.of("skill_links"), files=Whole([table]))
