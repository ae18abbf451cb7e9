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


def search(tmp_path: Path, asked: Path, *more: str) -> int:
    ads = tmp_path / "ads.json"
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    out = str(tmp_path / "out.csv")
    return main(["search", "--vacancies", str(ads), "--queries", str(asked), "--out", out, *more])


def read(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_query_has_its_answers_by_rank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked, out = tmp_path / "queries.csv", tmp_path / "out.csv"
    asked.write_text("mots\nrien\nboulanger\n", encoding="utf-8")
    assert search(tmp_path, asked) == 1
    assert "there is no column “query”" in capsys.readouterr().err and not out.exists()
    assert search(tmp_path, asked, "--column", "mots", "--top", "1") == 0
    assert [row["id"] for row in read(out)] == ["2"], "without an id it is called by its row"
    asked.write_text("id,query\nq1,bolanger à Tournon\nq2,accountant\nq3,azertyuiop\n", encoding="utf-8")
    assert search(tmp_path, asked) == 0
    assert [(row["id"], row["rank"], row["vacancy_id"]) for row in read(out)] == [
        ("q1", "1", "A"),
        ("q2", "1", "B"),
    ]
    assert all(0 < float(row["score"]) <= 1 for row in read(out))


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
    asked = tmp_path / name
    asked.write_bytes(QUERIES[name].encode(encoding))
    assert search(tmp_path, asked) == 0
    assert [row["vacancy_id"] for row in read(tmp_path / "out.csv")] == ["A"]


def test_ads_of_several_files_that_share_a_number_are_all_searched(tmp_path: Path) -> None:
    one, other, asked, out = (tmp_path / name for name in ("one.csv", "other.tsv", "q.csv", "out.csv"))
    one.write_text("title,description\nBoulanger,Pain\n", encoding="utf-8")
    other.write_text("description\ttitle\nBilans\tComptable\n", encoding="utf-8-sig")
    asked.write_text("query\nboulanger\ncomptable\n", encoding="utf-8")
    given = ["--vacancies", str(one), str(other), "--queries", str(asked), "--out", str(out)]
    assert main(["search", *given]) == 0
    assert [row["vacancy_id"] for row in read(out)] == ["1", "other-1"]


def test_what_visavis_vacancies_writes_is_searched(tmp_path: Path) -> None:
    ads, table, asked, out = (tmp_path / name for name in ("ads.json", "ads.csv", "queries.csv", "out.csv"))
    ads.write_text(json.dumps({"resultats": ADS}), encoding="utf-8")
    asked.write_text("query\nboulanger autour de Tournon\n", encoding="utf-8")
    assert main(["vacancies", "--in", str(ads), "--out", str(table)]) == 0
    assert main(["search", "--vacancies", str(table), "--queries", str(asked), "--out", str(out)]) == 0
    assert [row["vacancy_id"] for row in read(out)] == ["A"]
