"""`visavis generate` writes the documented columns, the same for the same seed."""

import argparse
import csv
import json
import re
from pathlib import Path

import polars as pl
import pytest

from visavis.commands import generate
from visavis.synthetic.rows import JobseekerRow, VacancyRow

COLUMNS = {"jobseekers": list(JobseekerRow.__annotations__), "vacancies": list(VacancyRow.__annotations__)}
README = Path(generate.__file__).parent.parent / "synthetic" / "README.md"


def run(*words) -> int:
    parser = argparse.ArgumentParser()
    generate.add_parser(parser.add_subparsers())
    return generate.run(parser.parse_args(["generate", *map(str, words)]))


@pytest.fixture
def draw(tmp_path):
    def draw(what="jobseekers", name="out.csv", **options):
        words = [word for key, value in options.items() for word in (f"--{key}", value)]
        out = tmp_path / name
        status = run(
            what, "--count", 40, "--departments", "26,07", "--today", "2026-11-25", "--out", out, *words
        )
        assert status == 0
        return out

    return draw


@pytest.mark.parametrize("what", ["jobseekers", "vacancies"])
def test_the_three_formats_hold_the_same_rows(draw, what):
    with draw(what, "out.csv").open(encoding="utf-8") as file:
        as_csv = list(csv.DictReader(file))
    as_json = json.loads(draw(what, "out.json").read_text(encoding="utf-8"))
    as_parquet = pl.read_parquet(draw(what, "out.parquet")).rows(named=True)
    assert list(as_csv[0]) == list(as_json[0]) == list(as_parquet[0]) == COLUMNS[what]
    assert len(as_csv) == len(as_json) == len(as_parquet) == 40
    for one, other, third in zip(as_csv, as_json, as_parquet, strict=True):
        for column in COLUMNS[what]:
            written = {True: "true", False: "false", None: ""}
            cell = other[column]
            assert one[column] == (written[cell] if cell is None or isinstance(cell, bool) else str(cell))
            assert cell == (third[column] if "_on" not in column or cell is None else str(third[column]))


@pytest.mark.parametrize("what", ["jobseekers", "vacancies"])
def test_the_same_seed_writes_the_same_bytes_and_another_does_not(draw, what):
    one, other = draw(what, "a.csv", seed=5).read_bytes(), draw(what, "b.csv", seed=5).read_bytes()
    assert one == other != draw(what, "c.csv", seed=6).read_bytes()


def test_lists_are_codes_with_semicolons_and_levels_after_colons(draw):
    assert "example.net" not in draw().read_text(encoding="utf-8"), "who she is stays out of the file"
    rows = pl.read_csv(draw(), infer_schema=False).fill_null("")
    shapes = {
        "occupations": r"[A-N]\d{4}(;[A-N]\d{4})*",
        "skills": r"S\d{4}:[1-4](;S\d{4}:[1-4])*",
        "experience": r"[A-N]\d{4}:\d+(;[A-N]\d{4}:\d+)*",
        "languages": r"[a-z]{2}:[1-6](;[a-z]{2}:[1-6])*",
        "licences": r"none|[A-Za-z0-9_]+(;[A-Za-z0-9_]+)*",
        "commune": r"(26|07)\d{3}",
    }
    for column, shape in shapes.items():
        values = [value for value in rows[column] if value]
        assert values and all(re.fullmatch(shape, value) for value in values), column


@pytest.mark.parametrize("what", ["jobseekers", "vacancies"])
def test_help_and_readme_document_every_column(what):
    for column in COLUMNS[what]:
        assert re.search(rf"\b{column}\b", generate.EPILOG), column
        assert f"`{column}`" in README.read_text(encoding="utf-8"), column


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--departments", "99", "--out", "x.csv"], "unknown department: 99"),
        (["--out", "x.xlsx"], "must end in .csv, .tsv, .json, .jsonl, .parquet"),
        (["--out", "nowhere/x.csv"], "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, monkeypatch, capsys, words, sentence):
    monkeypatch.chdir(tmp_path)
    assert run("jobseekers", "--count", 5, *words) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [["--count", "0"], ["--count", "many"], ["--seed", "-1"], ["--today", "1887-01-01"], ["--today", "soon"]],
)
def test_a_bad_option_is_refused_with_a_sentence(tmp_path, capsys, words):
    with pytest.raises(SystemExit):
        run("jobseekers", "--count", 5, "--out", tmp_path / "x.csv", *words)
    assert "is not" in capsys.readouterr().err


def test_the_summary_says_what_was_drawn_and_an_old_file_is_replaced_whole(draw, tmp_path, capsys):
    (tmp_path / "out.csv").write_text("old")
    assert draw("vacancies", seed=9).read_text(encoding="utf-8").startswith("id,")
    said = capsys.readouterr().err.replace("\n", " ")
    assert "40 vacancies of departments 26, 07, seed 9" in said and "occupations" in said
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
