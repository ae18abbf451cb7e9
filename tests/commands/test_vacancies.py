"""`visavis vacancies` on files as people have them."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from visavis.commands.__main__ import main
from visavis.commands.vacancies_rows import COLUMNS

RECORD: dict[str, Any] = {
    "id": "A1", "intitule": "Boulanger / Boulangère (H/F)", "romeCode": "D1102",
    "description": "Vous pétrissez et façonnez les pains.\nPrise de poste à 3h du matin.\n39 heures par semaine.",
    "typeContrat": "CDD", "typeContratLibelle": "CDD - 1 Jour(s)", "experienceExige": "D",
    "experienceLibelle": "Débutant accepté", "dureeTravailLibelle": "35H Travail en journée",
    "salaire": {"libelle": "Mensuel de 2000.0 Euros sur 12.0 mois"}, "nombrePostes": 2,
    "permis": [{"libelle": "B - Véhicule léger", "exigence": "S"}],
    "competences": [{"code": "1", "libelle": "Pétrir une pâte", "exigence": "E"}],
    "lieuTravail": {"commune": "26362", "codePostal": "26000", "libelle": "26 - Valence"},
    "dateCreation": "2025-05-12T08:00:00Z",
}  # fmt: skip


def read(tmp_path: Path, *files: Path) -> list[dict[str, str]]:
    out = tmp_path / "out.csv"
    assert main(["vacancies", "--in", *map(str, files), "--out", str(out), "--today", "2025-05-12"]) == 0
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_a_record_of_france_travail_is_read_with_its_text(tmp_path: Path) -> None:
    [row] = read(tmp_path, written(tmp_path / "offers.json", json.dumps({"resultats": [RECORD]})))
    assert list(row) == list(COLUMNS)
    said = {
        "id": "A1", "occupation": "D1102", "contract": "fixed_term", "hours_min": "39", "hours_max": "39",
        "pay_min_hour": "11.83", "positions": "2", "licences_wished": "B", "licences": "",
        "conditions": "early_morning", "experience_months": "0", "commune": "26362",
    }  # fmt: skip
    assert said.items() <= row.items()
    assert row["contract_months"] == "0.03", "one day is not a month"
    assert "pétrissez et façonnez les pains" in row["skills_text"].split("|")
    assert row["skills_essential"].startswith("S")
    # The evidence holds the words of text and fields.
    evidence = json.loads(row["evidence"])
    assert evidence["hours_min"] == "39 heures par semaine"
    assert set(evidence) <= set(row)
    assert evidence["contract_months"] == "CDD - 1 Jour(s)"


def test_a_table_is_known_by_the_names_of_its_columns(tmp_path: Path) -> None:
    file = written(
        tmp_path / "ads.csv",
        "Référence;Intitulé;Descriptif;Contrat;Durée du contrat;Horaires;Salaire;Permis;Code postal;Ville\n"
        "7;Serveur;Service en coupure.;CDD;3 mois;24h;12,50 € / heure;Permis B souhaité;07200;Aubenas\n",
    )
    [row] = read(tmp_path, file)
    said = {
        "id": "7", "contract": "fixed_term", "contract_months": "3", "hours_min": "24", "pay_min_hour": "12.5",
        "licences_wished": "B", "conditions": "split_shifts", "commune": "07019",
    }  # fmt: skip
    assert said.items() <= row.items()


def test_a_text_file_may_hold_several_ads_and_several_files_come_out_as_one(tmp_path: Path) -> None:
    file = written(
        tmp_path / "ads.txt",
        "Boulanger H/F\nCDI à Valence (26), 39h par semaine.\n-----\nServeuse\nCDD de 2 mois, temps partiel.\n",
    )
    other = written(tmp_path / "b.json", json.dumps([RECORD]))
    first, second, third = read(tmp_path, file, other)
    assert [first["id"], first["contract"], first["commune"]] == ["ads-1", "permanent", "26362"]
    assert [second["title"], second["contract_months"]] == ["Serveuse", "2"]
    assert third["id"] == "A1"


def test_match_reads_what_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(tmp_path, written(tmp_path / "offers.json", json.dumps([RECORD])))
    people = written(tmp_path / "people.csv", "id,commune,radius_km,titles\np,26362,30,Boulanger\n")
    out = tmp_path / "matches.csv"
    words = ["--jobseekers", str(people), "--vacancies", str(tmp_path / "out.csv"), "--out", str(out)]
    assert main(["match", *words]) == 0
    assert "not read" not in capsys.readouterr().err
    assert "A1" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.json", None, "there is no such file"),
        ("ads.pdf", b"%PDF-1.7", "the name must end in"),
        ("ads.txt", b"%PDF-1.7 of a scan", "is a document"),
        ("ads.csv", b"PK\x03\x04 of a spreadsheet", "is a document"),
        ("ads.txt", b"  \n", "the file is empty"),
        ("ads.json", b'{"resultats": [{"intitule": "Ma', "JSON"),
        ("ads.csv", b"a,b\n1,2\n", "no column holds a title or a text"),
        ("named.csv", b"id,title\n", "there is no row under the names of the columns"),
        ("ads.json.gz", b"\x1f\x8b", "unpack it first"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ads_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    out = tmp_path / "out.csv"
    assert main(["vacancies", "--in", str(file), "--out", str(out)]) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()
