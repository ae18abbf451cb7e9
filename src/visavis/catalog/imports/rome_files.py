"""The files of the ROME as France Travail publishes them, v3 and 4.0, and their columns.

Column names are read in the published files: v3.47 (2021) and 4.0 v460 and v461 (2025, 2026). The name of
a file carries its version: unix_referentiel_appellation_v347_utf8.csv.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.tables import Layout, Source, Table, Unreadable, read, sources

TAGS = ("transition_eco", "transition_num", "transition_demo", "emploi_reglemente", "emploi_cadre")

LAYOUTS = {
    "referentiel_code_rome": Layout(
        ("code_rome", "libelle_rome"),
        ("code_fiche_em", "code_fiche_metier", "code_ogr", "statut", *TAGS, "code_rome_parent"),
    ),
    "referentiel_appellation": Layout(
        ("code_ogr", "libelle_appellation_long", "code_rome"),
        (
            *(
                "libelle_appellation_court",
                "code_type_section_appellation",
                "libelle_type_section_appellation",
            ),
            *("statut", *TAGS, "classification", "origine", "code_rome_parent", "peu_usite"),
        ),
    ),
    "grand_domaine": Layout(("code_grand_domaine", "libelle_grand_domaine")),
    "cr_gd_dp": Layout(
        ("code_rome", "code_grand_domaine", "libelle_grand_domaine"),
        (
            *("libelle_rome", "code_domaine_professionel", "libelle_domaine_professionel"),
            *("code_domaine_professionnel", "libelle_domaine_professionnel"),
        ),
    ),
    "referentiel_competence": Layout(
        ("code_ogr", "libelle_competence"),
        (
            *(
                "code_type_competence",
                "libelle_type_competence",
                "statut",
                "transition_eco",
                "transition_num",
            ),
            *("riasec_majeur", "riasec_mineur", "cat_comp", "code_ogr_comp", "definition_comp"),
        ),
    ),
    "referentiel_savoir": Layout(
        ("code_ogr", "libelle_savoir"),
        ("categorie_savoir", "sous_categorie_savoir", "transition_eco", "transition_num", "statut"),
        {"code_ogr_savoir": "code_ogr"},
    ),
    "referentiel_activite": Layout(
        ("code_ogr", "libelle_activite"),
        (
            *(
                "code_tete_rgpmt",
                "libelle_activite_impression",
                "code_type_activite",
                "libelle_type_activite",
            ),
            *("code_type_item_activite", "libelle_type_item_activite", "statut"),
        ),
    ),
    "liens_rome_referentiels": Layout(
        ("code_rome", "code_ogr", "code_compo_bloc"),
        (
            *("code_ref_rubrique", "code_rubrique", "position_bloc", "code_type_referentiel"),
            *("position_item", "id_priorisation", "coeur_metier"),
        ),
    ),
    "coherence_item": Layout(("code_rome", "code_ogr"), ("coeur_metier",)),
    "rubrique_mobilite": Layout(
        ("code_rome", "code_rome_cible"),
        (
            *("code_appellation_source", "code_appellation_cible", "code_type_mobilite"),
            *("libelle_type_mobilite", "numero_ordre"),
        ),
    ),
    "referentiel_code_rome_riasec": Layout(("code_rome", "riasec_majeur", "riasec_mineur")),
    "texte": Layout(
        ("code_rome", "libelle_type_texte", "libelle_texte"),
        ("position_libelle_txt", "position_phrase", "code_type_texte", "code_compo_bloc"),
    ),
    "centre_interet": Layout(
        ("code_centre_interet", "libelle_centre_interet"), ("definition_centre_interet",)
    ),
    "arborescence_centre_interet": Layout(
        ("code_centre_interet", "code_rome"),
        ("libelle_centre_interet", "code_ogr_rome", "libelle_rome", "principal"),
    ),
    "referentiel_env_travail": Layout(
        ("code_ogr", "libelle_env_travail"),
        ("code_type_section_env_trav", "libelle_type_section_env_trav", "statut"),
    ),
    "referentiel_contexte_travail": Layout(
        ("code_ogr",),
        ("libelle_contexte", "libelle_contexte_travail", "categorie"),
        {"code_ogr_contexte": "code_ogr"},
    ),
}
TREE = Layout(
    ("code_noeud", "libelle_item_arbo"),
    (
        *("code_ogr", "code_type_referentiel", "code_pere", "code_item_arbo_associe", "code_type_noeud"),
        *("libelle_type_noeud", "statut"),
    ),
)
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
