"""The files of ESCO (v1.0 to v1.2, CSV, alone or in their archives) and of its crosswalk to the ROME."""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.tables import Source, Table, Unreadable, layouts, read, sources

LAYOUTS = {
    name: layout
    for table, layout in layouts("esco").items()
    for name in ((table,) if table == "occupation_skills" else (f"{table}_en", f"{table}_fr"))
}
NAMES = {"occupationskillrelations": "occupation_skills"} | {name: name for name in LAYOUTS}
(CROSSWALK,) = layouts("esco_rome").values()

type Files = dict[str, Table]


def version_of(source: Source) -> tuple[int, ...]:
    """Read the version in the archive's name; a loose file has none and counts as the oldest."""
    found = re.search(r"v(\d+(?:\.\d+)*)", source.path.name) if source.member else None
    return tuple(map(int, found[1].split("."))) if found else (0,)


def open_files(folder: Path, report: ImportReport) -> Files:
    """Open the newest of each file. Raises Unreadable when no skill and no occupation is found."""
    best: dict[str, Source] = {}
    for source in sources(folder):
        name = re.sub(r"_(en|fr)$", "", source.name[:-4].lower())
        table = NAMES.get(source.name[:-4].lower()) or NAMES.get(name)
        if table and (table not in best or version_of(source) > version_of(best[table])):
            best[table] = source
    if not best:
        raise Unreadable(
            _("“%(folder)s” holds none of the files of ESCO, such as occupations_en.csv or skills_fr.csv.")
            % {"folder": folder}
        )
    files: Files = {}
    for table, source in best.items():
        try:
            files[table] = read(source, LAYOUTS[table], report)
        except Unreadable as refusal:
            report.problem(source.name, None, str(refusal))
    for table in LAYOUTS.keys() - files.keys():
        report.problem(
            folder.name, None, _("A file of ESCO is missing: what it holds was not imported."), table
        )
    return files


def open_crosswalk(file: Path | None, folder: Path, report: ImportReport) -> Table | None:
    """Open the crosswalk; without a name, the one that lies in the folder, if any."""
    if file is None:
        lying = [source for source in sources(folder) if "mapping_esco_rome" in source.name.lower()]
        return read(lying[-1], CROSSWALK, report) if lying else None
    if not file.is_file():
        raise Unreadable(_("“%(place)s” does not exist.") % {"place": file})
    return read(Source(file), CROSSWALK, report)
