"""The files of the ROME as France Travail publishes them, v3 and 4.0, and their columns.

Column names are read in the published files: v3.47 (2021) and 4.0 v460 and v461 (2025, 2026). The name of
a file carries its version: unix_referentiel_appellation_v347_utf8.csv.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.tables import Source, Table, Unreadable, layouts, read, sources

LAYOUTS = layouts("rome")
(TREE,) = layouts("rome_tree").values()
ESSENTIAL = ("referentiel_code_rome", "referentiel_appellation")
NAMED = re.compile(r"(?:unix_)?(?P<table>[a-z_]+?)_v(?P<version>\d+)(?:_utf8)?\.csv", re.I)

type Files = dict[str, Table]


def open_files(folder: Path, report: ImportReport) -> Files:
    """Open the newest version of each file the import reads.

    Raises Unreadable when the occupations or their titles are missing.
    """
    found = newest(folder, report)
    for table in ESSENTIAL:
        if table not in found:
            raise Unreadable(
                _("“%(folder)s” holds no file unix_%(table)s_v…_utf8.csv: it is not a complete ROME folder.")
                % {"folder": folder, "table": table}
            )
    files: Files = {}
    for table, source in found.items():
        try:
            files[table] = read(source, LAYOUTS[table], report)
        except Unreadable as refusal:
            if table in ESSENTIAL:
                raise
            report.problem(source.name, None, str(refusal))
    return files


def labels_in_trees(folder: Path, report: ImportReport) -> dict[str, str]:
    """Name the nodes of the trees (item_arborescence), of every version: v3 names its domains only there."""
    labels: dict[str, str] = {}
    for source in reversed(sources(folder)):
        named = NAMED.fullmatch(source.name)
        if named and named["table"].lower() == "item_arborescence":
            try:
                table = read(source, TREE, report)
            except Unreadable as refusal:
                report.problem(source.name, None, str(refusal))
                continue
            for _line, row in table.rows():
                labels.setdefault(row["code_noeud"], row["libelle_item_arbo"])
    return labels


def newest(folder: Path, report: ImportReport) -> dict[str, Source]:
    """Choose, for each table, the file with the highest version."""
    best: dict[str, tuple[int, Source]] = {}
    for source in sources(folder):
        named = NAMED.fullmatch(source.name)
        if named is None or named["table"].lower() not in LAYOUTS:
            continue
        table, its_version = named["table"].lower(), int(named["version"])
        if table in best:
            older = min(best[table], (its_version, source), key=lambda one: one[0])
            report.problem(older[1].name, None, _("A newer version of this file was read instead."))
        if table not in best or its_version > best[table][0]:
            best[table] = its_version, source
    return {table: source for table, (_version, source) in best.items()}
