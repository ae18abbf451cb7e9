"""Made-up files in the official formats, and the shipped catalogue imported once a module."""

from pathlib import Path

import pytest

# The name of each table stands above its columns and its rows.
ROME_V3 = """
referentiel_code_rome_v399
code_rome|code_fiche_em|code_ogr|libelle_rome|statut
D1102|1|80|Boulangerie - viennoiserie|1
D1104|2|81|Pâtisserie, confiserie|1

referentiel_appellation_v399
code_ogr|libelle_appellation_long|libelle_appellation_court|code_rome|statut
11573|Boulanger / Boulangère|Boulanger|D1102|1
10868|Aide-boulanger / Aide-boulangère|Aide|D1102|1
17001|Chef d''équipe pâtissier / Cheffe d''équipe pâtissière|Chef|D1104|1

referentiel_competence_v399
code_ogr|libelle_competence|code_type_competence|libelle_type_competence|statut
100001|Types de farine|1|SAVOIRS THEORIQUES ET PROCEDURAUX|1
100002|Utilisation de four|1|SAVOIRS THEORIQUES ET PROCEDURAUX|1

coherence_item_v399
code_rome|code_ogr
D1102|100001
D1102|100002
D1104|100002

liens_rome_referentiels_v399
code_rome|code_ogr|code_ref_rubrique|position_bloc|code_type_referentiel|code_compo_bloc|position_item|id_priorisation
D1102|100001|7|1|1|8|1|1
D1102|100002|10|1|1|9|1|1
D1104|100002|7|1|1|8|1|1
D1102|11573|4|1|4|3|1|1

rubrique_mobilite_v399
code_rome|code_rome_cible|code_appellation_source|code_appellation_cible|code_type_mobilite|libelle_type_mobilite
D1102|D1104|||2|Evolution
D1104|D1102|||1|Proche

referentiel_code_rome_riasec_v399
code_rome|riasec_majeur|riasec_mineur
D1102|R|E
D1104|R|

texte_v399
code_rome|position_libelle_txt|code_type_texte|libelle_texte|libelle_type_texte
D1102|1|1|Peut vendre.|definition
D1102|0|1|Prépare du pain selon les règles d''hygiène.|definition
D1102|0|2|Un CAP suffit.|acces_a_em
"""
ROME_V4 = """
referentiel_code_rome_v461
code_rome|code_fiche_metier|code_ogr|libelle_rome|transition_eco|code_rome_parent
D1102|1|80|Boulanger / Boulangère|Emploi Blanc|D1102
D1104|2|81|Pâtissier / Pâtissière|Emploi Blanc|D1104
D1108|3|82|Chef boulanger / Cheffe boulangère|Emploi Blanc|D1102

referentiel_appellation_v461
code_ogr|libelle_appellation_long|libelle_appellation_court|code_rome|classification|code_rome_parent|peu_usite
11573|Boulanger / Boulangère|Boulanger|D1102|PRINCIPALE|D1102|N
10868|Aide-boulanger / Aide-boulangère|Aide|D1102|SYNONYME|D1102|N
400001|Chef boulanger / Cheffe boulangère|Chef|D1108|PRINCIPALE|D1102|N

cr_gd_dp_v4_utf8.csv
code_rome|libelle_rome|code_grand_domaine|libelle_grand_domaine|code_domaine_professionel|libelle_domaine_professionel
D1102|Boulanger / Boulangère|D|Commerce, Vente et Grande distribution|D11|Commerce alimentaire

referentiel_competence_v461
code_ogr|libelle_competence
300001|Pétrir une pâte
300002|Encadrer une équipe

referentiel_savoir_v461
code_ogr_savoir|libelle_savoir
500001|Types de farine

coherence_item_v461
code_rome|code_ogr|coeur_metier
D1102|300001|Principale
D1102|300002|
D1102|500001|Emergente

rubrique_mobilite_v461
code_rome|code_rome_cible|numero_ordre
D1102|D1104|1

texte_v461
code_rome|code_compo_bloc|libelle_type_texte|position_phrase|libelle_texte
D1102|3|definition|1|Prépare et cuit le pain.

centre_interet_v461
code_centre_interet|libelle_centre_interet|definition_centre_interet
7|J'aime travailler de mes mains|Pour les personnes habiles

arborescence_centre_interet_v461
code_centre_interet|libelle_centre_interet|code_ogr_rome|code_rome|libelle_rome|principal
7|J'aime travailler de mes mains|80|D1102|Boulanger|oui
"""


def write(file: Path, *rows: str) -> None:
    """Write rows of values separated by |, each quoted, as the ROME is published."""
    lines = [",".join(f'"{value}"' for value in row.split("|")) for row in rows]
    file.write_bytes(("\n".join(lines) + "\n").encode())


def laid_out(folder: Path, tables: str) -> Path:
    """Write each table of a text as a file of its own."""
    folder.mkdir()
    for table in tables.strip().split("\n\n"):
        name, *rows = table.splitlines()
        write(folder / (name if "." in name else f"unix_{name}_utf8.csv"), *rows)
    return folder


@pytest.fixture
def rome_v3(tmp_path: Path) -> Path:
    """Two occupations of v3, with a doubled apostrophe, a way between them and two skills."""
    return laid_out(tmp_path / "rome_v3", ROME_V3)


@pytest.fixture
def rome_v4(tmp_path: Path) -> Path:
    """The same two occupations in 4.0, a more precise one, and a centre of interest."""
    return laid_out(tmp_path / "rome_v4", ROME_V4)
