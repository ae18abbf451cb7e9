"""Link the occupations of the ROME: skills they ask for, ways to other occupations, centres of interest.

Essential or optional. v3 puts each item in a block of the occupation's sheet: code_compo_bloc 8 holds the
basic activities and competences (rubrics 6 and 7), 9 the specific ones (rubrics 9 and 10); id_priorisation is
1 on every row of v3.47 and says nothing. 4.0 says coeur_metier in coherence_item, "Principale" for the heart
of the occupation; without that column every item counts as essential.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.catalog.imports import bulk, editions
from visavis.catalog.imports.bulk import Values
from visavis.catalog.imports.editions import Whole
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.rome_files import Files
from visavis.catalog.imports.steps import Steps
from visavis.catalog.imports.tables import Table
from visavis.catalog.models import Interest, Mobility, OccupationInterest, OccupationSkill

SOURCE = "rome"
SPECIFIC = "9"
HEART = ("princip", "oui", "o", "1")


@dataclass(frozen=True)
class Known:
    """What links may point to: codes of occupations, codes of skills by OGR code; and what was asked."""

    codes: set[str]
    skills: dict[str, str]
    shrink: bool


def import_links(files: Files, steps: Steps, report: ImportReport, known: Known) -> None:
    import_skill_links(files, steps, report, known)
    import_mobility(files, steps, report, known)
    import_interests(files, steps, report, known)


def import_skill_links(files: Files, steps: Steps, report: ImportReport, known: Known) -> None:
    tables = [files[name] for name in ("coherence_item", "liens_rome_referentiels") if name in files]
    if not tables or not known.skills:
        return
    others = codes_of_contexts(files, steps)
    essential = read_links(tables, steps, known, others)
    rows = (
        {"occupation_id": occupation, "skill_id": skill, "is_essential": is_essential, "source": SOURCE}
        for (occupation, skill), is_essential in essential.items()
    )
    mine = OccupationSkill.objects.filter(source=SOURCE)
    key = ("occupation_id", "skill_id")
    counts = report.of("skill_links")
    editions.bring_links(mine, key, rows, counts, files=Whole(tables, known.shrink))


def codes_of_contexts(files: Files, steps: Steps) -> set[str]:
    """Return the codes of work contexts, which the catalogue does not keep."""
    found: set[str] = set()
    for name in ("referentiel_env_travail", "referentiel_contexte_travail"):
        found.update(row["code_ogr"] for _line, row in steps.over(files.get(name)))
    return found


def read_links(
    tables: list[Table], steps: Steps, known: Known, others: set[str]
) -> dict[tuple[str, str], bool]:
    """Say for each occupation and skill whether the skill is essential."""
    says = any(table.has("coeur_metier") for table in tables)
    blocks = any(table.name.lower().find("liens_rome") >= 0 for table in tables)
    found: dict[tuple[str, str], bool] = {}
    for table in tables:
        for line, row in steps.over(table):
            occupation, item = row["code_rome"], row["code_ogr"]
            if occupation not in known.codes:
                table.problem(
                    line, _("The link starts from an unknown occupation: it was left out."), occupation
                )
            elif item in known.skills:
                link = occupation, known.skills[item]
                found[link] = found.get(link, False) or is_essential(row, says=says, blocks=blocks)
            elif table is tables[0] and is_skill(row) and item not in others:
                table.problem(line, _("The link leads to a skill that no file names: it was left out."), item)
    return found


def is_essential(row: dict[str, str], *, says: bool, blocks: bool) -> bool:
    if says:
        return row.get("coeur_metier", "").lower().startswith(HEART)
    block = row.get("code_compo_bloc", "")
    if not block:
        # v3's coherence_item names the link only; liens_rome_referentiels says the block.
        return not blocks
    return block != SPECIFIC


def is_skill(row: dict[str, str]) -> bool:
    """Say whether a row leads to a skill; v3 also links the sheet's own label, titles and contexts."""
    kind = row.get("code_type_referentiel")
    return kind in {"1", "2"} if kind else True


def import_mobility(files: Files, steps: Steps, report: ImportReport, known: Known) -> None:
    """v3 says near (1) or evolution (2), sometimes for one title only; 4.0 lists near occupations in order."""
    table = files.get("rubrique_mobilite")
    if table is None:
        return
    kinds: dict[tuple[str, str], str] = {}
    for line, row in steps.over(table):
        origin, target = row["code_rome"], row["code_rome_cible"]
        if origin == target:
            continue
        if not {origin, target} <= known.codes:
            table.problem(
                line,
                _("The way leads from or to an unknown occupation: it was left out."),
                f"{origin} {target}",
            )
            continue
        kind = Mobility.Kind.EVOLUTION if row.get("code_type_mobilite") == "2" else Mobility.Kind.NEAR
        kinds[origin, target] = (
            Mobility.Kind.NEAR if Mobility.Kind.NEAR in (kind, kinds.get((origin, target))) else kind
        )
    rows = (
        {"origin_id": origin, "target_id": target, "kind": str(kind), "source": SOURCE}
        for (origin, target), kind in kinds.items()
    )
    mine = Mobility.objects.filter(source=SOURCE)
    key = ("origin_id", "target_id")
    editions.bring_links(mine, key, rows, report.of("mobility"), files=Whole([table], known.shrink))


def import_interests(files: Files, steps: Steps, report: ImportReport, known: Known) -> None:
    """Import 4.0's centres of interest and the occupations that go with each."""
    centres, links = files.get("centre_interet"), files.get("arborescence_centre_interet")
    if centres is None:
        return
    interests: dict[str, str] = {}

    def wanted() -> Iterator[Values]:
        for _line, row in steps.over(centres):
            code = row["code_centre_interet"]
            if code and row["libelle_centre_interet"]:
                interests[code] = f"interest:rome-{code}"
                label = row["libelle_centre_interet"][:250]
                yield {"code": interests[code], "kind": Interest.Kind.CENTRE.value, "label_fr": label}

    bulk.upsert(Interest, ("code",), wanted(), report.of("interests"))
    rows = []
    for line, row in steps.over(links):
        if row["code_rome"] in known.codes and row["code_centre_interet"] in interests:
            rows.append(
                {"occupation_id": row["code_rome"], "interest_id": interests[row["code_centre_interet"]]}
            )
        elif links is not None:
            links.problem(
                line,
                _("The link names an unknown occupation or interest: it was left out."),
                row["code_rome"],
            )
    counts = report.of("interest_links")
    if links is not None:
        mine = OccupationInterest.objects.filter(interest__code__startswith="interest:rome-")
        key = ("occupation_id", "interest_id")
        editions.bring_links(mine, key, rows, counts, files=Whole([links], known.shrink))
