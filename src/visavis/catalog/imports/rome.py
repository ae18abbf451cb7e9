"""Import the ROME, v3 or 4.0, from the official CSV files.

Official labels win over the starter catalogue's; what the ROME does not say (English, for one) stays.
What disappeared is no longer current, never deleted: people and vacancies point to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from visavis.catalog import starter
from visavis.catalog.imports import bulk, editions, rome_links, shipped
from visavis.catalog.imports.bulk import Values
from visavis.catalog.imports.editions import Whole
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.rome_files import Files, labels_in_trees, open_files
from visavis.catalog.imports.steps import Steps
from visavis.catalog.imports.tables import Row, Table
from visavis.catalog.models import Domain, Occupation, Skill, Title
from visavis.common import progress
from visavis.common.wordlists import words_beside
from visavis.folding import fold_words

SOURCE = "rome"
CODE = re.compile(r"[A-Z]\d{4}")
LONGEST_LABEL = 250

DOMAINS: dict[str, str] = words_beside(__file__, "layouts.toml")["rome_domains"]
"""The 14 domains, for v3 whose files do not name them apart."""


def import_rome(
    folder: Path, *, shrink: bool = False, tell: progress.Report = progress.silent
) -> ImportReport:
    """Bring the catalogue to what the folder (or zip archive) holds, all or nothing.

    With `shrink`, accept that more than half of the known rows are gone. Raises Unreadable.
    """
    report = ImportReport(SOURCE)
    files = open_files(folder, report)
    tree = labels_in_trees(folder, report)
    steps = Steps(tell, sum(map(len, files.values())))
    with transaction.atomic():
        import_domains(files, tree, steps, report)
        codes = import_occupations(files, tree, steps, report, shrink=shrink)
        import_titles(files, steps, report, codes, shrink=shrink)
        skills = import_skills(files, steps, report, shrink=shrink)
        rome_links.import_links(files, steps, report, rome_links.Known(codes, skills, shrink))
        editions.keep(report)
    return report


def import_domains(files: Files, tree: Mapping[str, str], steps: Steps, report: ImportReport) -> None:
    labels = {code: tree.get(code) or label for code, label in DOMAINS.items()}
    for name in ("cr_gd_dp", "grand_domaine"):
        if table := files.get(name):
            for _line, row in steps.over(table):
                if re.fullmatch("[A-Z]", row["code_grand_domaine"]) and row["libelle_grand_domaine"]:
                    labels[row["code_grand_domaine"]] = row["libelle_grand_domaine"][:LONGEST_LABEL]
    rows = ({"code": code, "label_fr": label, "label_en": ""} for code, label in labels.items())
    bulk.upsert(Domain, ("code",), rows, report.of("domains"), keep_english)


def keep_english(old: Mapping[str, Any] | None, new: Values) -> Values:
    return {**new, "label_en": new["label_en"] or (old["label_en"] if old else "")}


def import_occupations(
    files: Files, tree: Mapping[str, str], steps: Steps, report: ImportReport, *, shrink: bool
) -> set[str]:
    """Write the occupations and return their codes."""
    table = files["referentiel_code_rome"]
    definitions = read_definitions(files, steps)
    interests = read_riasec(files, steps)
    rows = list(steps.over(table))
    rows += only_in_the_tree({row["code_rome"] for _line, row in rows}, tree, files)
    codes = {row["code_rome"] for _line, row in rows if CODE.fullmatch(row["code_rome"])}

    def wanted() -> Iterator[Values]:
        for line, row in rows:
            code = row["code_rome"]
            if not CODE.fullmatch(code) or not row["libelle_rome"]:
                table.problem(line, _("The occupation has no valid code or no label: it was left out."), code)
                continue
            parent = row.get("code_rome_parent", "")
            major, minor = interests.get(code, ("", ""))
            yield {
                "code": code,
                "label_fr": row["libelle_rome"][:LONGEST_LABEL],
                "domain_id": code[0],
                "parent_id": parent if parent != code and parent in codes else None,
                "definition_fr": definitions.get(code, ""),
                "riasec_major": major,
                "riasec_minor": minor,
                "is_current": row.get("statut", "1") == "1",
                "source": SOURCE,
                **dict.fromkeys(KEPT, ""),
            }

    counts = report.of("occupations")
    return editions.bring(
        Occupation, wanted(), counts, merge_occupation, source=SOURCE, files=Whole([table], shrink)
    )


def only_in_the_tree(listed: set[str], tree: Mapping[str, str], files: Files) -> list[Row]:
    """Make the rows of occupations that have titles and a name in the tree, but no row of their own."""
    titles = files["referentiel_appellation"]
    named = {row["code_rome"] for _line, row in titles.rows()} & tree.keys()
    missing = sorted(code for code in named - listed if CODE.fullmatch(code))
    for code in missing:
        titles.problem(
            None, _("The occupation is not in the list of occupations: its name was read in the tree."), code
        )
    return [(0, {"code_rome": code, "libelle_rome": tree[code]}) for code in missing]


KEPT = ("label_en", "definition_en", "isco", "esco_uri")
"""What the ROME's CSV files do not say: whatever is known already stays."""

KEPT_IF_UNSAID = ("definition_fr", "riasec_major", "riasec_minor", "parent_id")


def merge_occupation(old: Mapping[str, Any] | None, new: Values) -> Values:
    if old is None:
        return new
    kept = {name: old[name] for name in KEPT}
    unsaid = {name: old[name] for name in KEPT_IF_UNSAID if not new[name]}
    return {**new, **kept, **unsaid}


def read_definitions(files: Files, steps: Steps) -> dict[str, str]:
    """Join the sentences of each definition, in their order."""
    table = files.get("texte")
    sentences: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _line, row in steps.over(table):
        if row["libelle_type_texte"].lower() == "definition" and row["libelle_texte"]:
            position = row.get("position_phrase") or row.get("position_libelle_txt") or "0"
            sentences[row["code_rome"]].append(
                (int(position) if position.isdecimal() else 0, row["libelle_texte"])
            )
    return {code: "\n".join(text for _at, text in sorted(its)) for code, its in sentences.items()}


def read_riasec(files: Files, steps: Steps) -> dict[str, tuple[str, str]]:
    found = {}
    for line, row in steps.over(table := files.get("referentiel_code_rome_riasec")):
        major, minor = row["riasec_majeur"].upper(), row["riasec_mineur"].upper()
        if re.fullmatch("[RIASEC]", major) and re.fullmatch("[RIASEC]?", minor):
            found[row["code_rome"]] = major, minor
        elif major or minor:
            assert table is not None
            table.problem(
                line, _("The interest is not one of R, I, A, S, E, C: it was left out."), f"{major} {minor}"
            )
    return found


def import_titles(files: Files, steps: Steps, report: ImportReport, codes: set[str], *, shrink: bool) -> None:
    table = files["referentiel_appellation"]
    labels: set[str] = set()

    def wanted() -> Iterator[Values]:
        for line, row in steps.over(table):
            if complaint := wrong_title(row, codes):
                table.problem(line, complaint, f"{row['code_ogr']} {row['code_rome']}")
                continue
            label = row["libelle_appellation_long"][:LONGEST_LABEL]
            labels.add(fold_words(label))
            yield {
                "code": row["code_ogr"],
                "occupation_id": row["code_rome"],
                "label": label,
                "language": "fr",
                "is_principal": is_principal(table, row),
                "is_current": row.get("statut", "1") == "1",
                "source": SOURCE,
            }

    counts = report.of("titles")
    editions.bring(Title, wanted(), counts, source=SOURCE, files=Whole([table], shrink))
    editions.retire_doubles(Title.objects.filter(language="fr").exclude(source=SOURCE), labels, counts)
    # What the shipped catalogue knows jobs by besides stood in for what the ROME says.
    stood_in = [shipped.title_code(one) for one in starter.load().said]
    counts.gone += Title.objects.filter(code__in=stood_in, is_current=True).update(is_current=False)


def wrong_title(row: dict[str, str], codes: set[str]) -> str:
    """Say why a title cannot be kept, or nothing."""
    if not row["code_ogr"].isdigit() or not row["libelle_appellation_long"]:
        return _("The title has no valid code or no label: it was left out.")
    if row["code_rome"] not in codes:
        return _("The title belongs to an unknown occupation: it was left out.")
    return ""


def is_principal(table: Table, row: dict[str, str]) -> bool:
    """Read the 4.0's one principal title an occupation; every title of v3 says PRINCIPALE, so none is."""
    return table.has("classification") and row["classification"].upper() == "PRINCIPALE"


SKILL_FILES = {
    "referentiel_competence": ("libelle_competence", Skill.Kind.KNOW_HOW),
    "referentiel_savoir": ("libelle_savoir", Skill.Kind.KNOWLEDGE),
    "referentiel_activite": ("libelle_activite", Skill.Kind.KNOW_HOW),
}


def import_skills(files: Files, steps: Steps, report: ImportReport, *, shrink: bool) -> dict[str, str]:
    """Write the skills and return their codes by OGR code."""
    codes: dict[str, str] = {}
    counts = report.of("skills")
    tables = [(files[name], *SKILL_FILES[name]) for name in SKILL_FILES if name in files]

    def wanted() -> Iterator[Values]:
        for table, column, kind in tables:
            for line, row in steps.over(table):
                if not row["code_ogr"].isdigit() or not row[column]:
                    table.problem(
                        line, _("The skill has no valid code or no label: it was left out."), row["code_ogr"]
                    )
                    continue
                codes[row["code_ogr"]] = code = row["code_ogr"]
                yield {
                    "code": code,
                    "label_fr": row[column][:LONGEST_LABEL],
                    "label_en": "",
                    "kind": kind_of(row, kind),
                    "is_current": row.get("statut", "1") == "1",
                    "source": SOURCE,
                }

    if read := [table for table, *_rest in tables]:
        editions.bring(Skill, wanted(), counts, keep_english, source=SOURCE, files=Whole(read, shrink))
    return codes


def kind_of(row: dict[str, str], usual: Skill.Kind) -> Skill.Kind:
    """Read the kind of a competence: v3 calls its own theoretical, 4.0 tells know-how from attitudes."""
    said = fold_words(" ".join((row.get("libelle_type_competence", ""), row.get("cat_comp", ""))))
    if "savoir etre" in said or "socio" in said or "comportement" in said:
        return Skill.Kind.ATTITUDE
    return Skill.Kind.KNOWLEDGE if "savoirs" in said else usual
