"""`visavis search`: queries and ads in, answers out."""

import csv
import json
from pathlib import Path

import pytest

from visavis.commands.__main__ import main

ADS = [
    {
        "id": "A", "intitule": "Boulanger (H/F)", "description": "Pain.", "romeCode": "D1102",
        "lieuTravail": {"commune": "07324", "libelle": "07 - TOURNON SUR RHONE"},
    },
    {"id": "B", "intitule": "Comptable", "description": "Bilans.", "romeCode": "M1203"},
]  # fmt: skip


def searched(tmp_path: Path, queries: str, *more: str) -> list[dict[str, str]]:
    ads, asked, out = tmp_path / "ads.json", tmp_path / "queries.csv", tmp_path / "out.csv"
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    asked.write_text(queries, encoding="utf-8")
    given = ["--vacancies", str(ads), "--queries", str(asked), "--out", str(out), *more]
    assert main(["search", *given]) == 0
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_query_has_its_answers_by_rank(tmp_path: Path) -> None:
    rows = searched(tmp_path, "id,query\nq1,bolanger à Tournon\nq2,accountant\nq3,azertyuiop\n")
    assert [(row["id"], row["rank"], row["vacancy_id"]) for row in rows] == [
        ("q1", "1", "A"),
        ("q2", "1", "B"),
    ]
    assert all(0 < float(row["score"]) <= 1 for row in rows)


def test_a_query_without_an_id_is_called_by_its_row(tmp_path: Path) -> None:
    rows = searched(tmp_path, "mots\nrien\nboulanger\n", "--column", "mots", "--top", "1")
    assert [row["id"] for row in rows] == ["2"]


def test_a_column_that_is_not_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked, ads = tmp_path / "queries.csv", tmp_path / "ads.json"
    asked.write_text("mots\nboulanger\n", encoding="utf-8")
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    out = tmp_path / "out.csv"
    assert main(["search", "--vacancies", str(ads), "--queries", str(asked), "--out", str(out)]) == 1
    assert "there is no column “query”" in capsys.readouterr().err
    assert not out.exists()


QUERIES = {
    "other order.tsv": "query\tnote\tid\nboulanger, mi-temps\tx\tq1\n",
    "one column with commas.csv": "query\nboulanger, à Tournon, vite\n",
    "semicolons.csv": "ID;Query\nq1;boulanger\n",
    "empty rows.csv": "id,query\nq0,\n,\n\nq1,boulanger\n",
    "quoted.csv": 'id,query\nq1,"boulanger, ""le matin"""\n',
    "records.json": '[{"id": 1, "query": "boulanger"}, {"id": 2}]',
    "words.json": '["boulanger"]',
    "lines.jsonl": '{"query": "boulanger"}\n\n{"query": null}\n',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", QUERIES)
def test_queries_are_read_from_any_sensible_file(tmp_path: Path, name: str, encoding: str) -> None:
    ads, asked, out = tmp_path / "ads.json", tmp_path / name, tmp_path / "out.tsv"
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    asked.write_bytes(QUERIES[name].encode(encoding))
    assert main(["search", "--vacancies", str(ads), "--queries", str(asked), "--out", str(out)]) == 0
    assert [line.split("\t")[2] for line in out.read_text("utf-8").splitlines()] == ["vacancy_id", "A"]


def test_ads_of_several_files_that_share_a_number_are_all_searched(tmp_path: Path) -> None:
    one, other, asked, out = (tmp_path / name for name in ("one.csv", "other.tsv", "q.csv", "out.csv"))
    one.write_text("title,description\nBoulanger,Pain\n", encoding="utf-8")
    other.write_text("description\ttitle\nBilans\tComptable\n", encoding="utf-8-sig")
    asked.write_text("query\nboulanger\ncomptable\n", encoding="utf-8")
    given = ["--vacancies", str(one), str(other), "--queries", str(asked), "--out", str(out)]
    assert main(["search", *given]) == 0
    with out.open(encoding="utf-8", newline="") as lines:
        assert [row["vacancy_id"] for row in csv.DictReader(lines)] == ["1", "other-1"]


def test_what_visavis_vacancies_writes_is_searched(tmp_path: Path) -> None:
    ads, table, asked, out = (tmp_path / name for name in ("ads.json", "ads.csv", "queries.csv", "out.csv"))
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    asked.write_text("query\nboulanger autour de Tournon\n", encoding="utf-8")
    assert main(["vacancies", "--in", str(ads), "--out", str(table)]) == 0
    assert main(["search", "--vacancies", str(table), "--queries", str(asked), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as lines:
        assert [row["vacancy_id"] for row in csv.DictReader(lines)] == ["A"]
