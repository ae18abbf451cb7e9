"""visavis audit: gaps in what a run proposes, in numbers and in words; bad input gets a sentence with its line."""

import csv
import doctest
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest

from visavis.commands import audit, audit_files, audit_words
from visavis.commands.__main__ import main

PEOPLE, VACANCIES = 120, 30
COLUMNS = "jobseeker_id,vacancy_id,rank,score\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Lists of forty people, in which women are proposed what pays two euros less, and score lower."""
    rng = np.random.default_rng(1)
    sex = np.where(np.arange(PEOPLE) % 2 == 1, "F", "M").astype(object)
    sex[:6], sex[6:12] = "", "X"
    people = pl.DataFrame(
        {
            "id": [f"p{n}" for n in range(PEOPLE)],
            "sex": sex.tolist(),
            "age": rng.integers(18, 64, PEOPLE).tolist(),
            "occupations": ["D1102;D1106" if n % 3 else "J1506" for n in range(PEOPLE)],
            "commune": ["26362" if n % 4 else "07010" for n in range(PEOPLE)],
        }
    )
    vacancies = pl.DataFrame(
        {
            "id": [f"v{n}" for n in range(VACANCIES)],
            "pay_min_hour": (12.0 + np.arange(VACANCIES) * 0.2).tolist(),
            "commune": ["26362"] * VACANCIES,
        }
    )
    rows = []
    for person in range(PEOPLE):
        is_woman = sex[person] == "F"
        first = rng.permutation(20)[:15] + (0 if is_woman else 10)
        for rank, vacancy in enumerate(first.tolist(), start=1):
            score = -rank / 5 - (0.4 if is_woman else 0) + float(rng.normal(0, 0.01))
            rows.append((f"p{person}", f"v{vacancy}", rank, score))
    paths = {name: tmp_path / f"{name}.csv" for name in ("people", "vacancies", "matches")}
    people.write_csv(paths["people"])
    vacancies.write_csv(paths["vacancies"])
    columns = ["jobseeker_id", "vacancy_id", "rank", "score"]
    pl.DataFrame(rows, schema=columns, orient="row").write_csv(paths["matches"])
    return paths


def run(files: dict[str, Path], out: Path, *words: str | Path) -> int:
    """Audit by sex unless told otherwise."""
    words = words if "--group" in words else ("--group", "sex", *words)
    needed = ("--matches", files["matches"], "--jobseekers", files["people"], "--out", out)
    return main(["audit", *map(str, (*needed, *words))])


def found(out: Path) -> dict[tuple[str, str], dict[str, object]]:
    return {(row["measure"], row["group"]): row for row in json.loads(out.read_text(encoding="utf-8"))}


def test_a_planted_gap_is_found_and_told_and_a_small_group_is_named_and_never_shown(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, plot = tmp_path / "out.json", tmp_path / "gaps.svg"
    words = ("--vacancies", files["vacancies"], "--strata", "occupations")
    assert run(files, out, *words, "--plot", plot) == 0
    measures = found(out)
    pay = measures["pay", "F"]
    assert (pay["against"], pay["verdict"], pay["verdict_alike"]) == ("M", "gap", "gap")
    assert pay["gap"] == pytest.approx(-2.0, abs=0.1)
    assert pay["alike"] == pytest.approx(-2.0, abs=0.1)
    assert measures["proposed", "F"]["verdict"] == "none_seen"
    assert measures["exposure", "F"]["verdict"] == "gap"
    told = capsys.readouterr().out
    assert "to the disadvantage of F." in told
    assert "Among people alike (occupations)" in told and "too few people to say" in told
    few = measures["pay", "X"]
    assert few["verdict"] == "too_few"
    assert all(few[name] is None for name in ("people", "others", "mean", "mean_others", "gap", "alike"))
    assert {row["people"] for row in measures.values()} == {54, None}
    texts = [element.text or "" for element in ET.parse(plot).iter() if element.tag.endswith("text")]
    assert "F / M, exposure before employers" in texts
    assert not any(text.startswith("X /") for text in texts)
    assert run(files, out, *words, "--language", "fr") == 0
    told = " ".join(capsys.readouterr().out.split(" "))
    assert "Parmi toutes les personnes\u00a0: un écart de" in told
    assert "\u00a0€/h" in told and "gap" not in told


def test_ages_are_cut_into_bands_and_a_place_is_a_group_by_its_department(
    files: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    assert run(files, out, "--group", "age", "--bands", "age=25,50") == 0
    assert {group for _measure, group in found(out)} == {"< 25", "25–49", "≥ 50"}
    assert {row["against"] for row in found(out).values()} == {""}
    assert run(files, out, "--group", "department", "--vacancies", files["vacancies"]) == 0
    distance = found(out)["distance", "07"]
    assert (distance["against"], distance["mean_others"], distance["verdict"]) == ("26", 0, "gap")


def test_relevant_pairs_give_recall_and_first_rank(files: dict[str, Path], tmp_path: Path) -> None:
    with files["matches"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hires = tmp_path / "hires.csv"
    lines = [
        f"{row['jobseeker_id']},{row['vacancy_id'] if row['rank'] == '3' else 'gone'}\n"
        for row in rows
        if row["rank"] in {"3", "4"}
    ]
    hires.write_text("jobseeker_id,vacancy_id\n" + "".join(lines), encoding="utf-8")
    out = tmp_path / "out.json"
    assert run(files, out, "--relevant", hires) == 0
    assert found(out)["recall", "F"]["mean"] == 0.5
    assert found(out)["first_rank", "F"]["mean"] == 3.0
    assert run(files, out, "--relevant", hires, "--top", "2") == 0
    assert found(out)["recall", "F"]["mean"] == 0.0


@pytest.mark.parametrize("measure", audit.CLOSABLE)
def test_closing_a_gap_writes_shorter_lists_in_which_it_is_closed(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], measure: str
) -> None:
    out, closed = tmp_path / "out.json", tmp_path / "closed.csv"
    words = ("--vacancies", files["vacancies"], "--margin", "0.1")
    if measure == "distance":
        words = (*words, "--group", "department")
    again = (*words, "--close", measure, "--cut", "7", "--closed", closed)
    assert run(files, out, *again) == 0
    told = capsys.readouterr().out
    assert "is now" in told
    new = pl.read_csv(closed)
    owner = "vacancy_id" if measure == "exposure" else "jobseeker_id"
    assert new["rank"].max() == 7
    assert new.group_by(owner).len()["len"].max() == 7
    if measure == "pay":
        assert run(files | {"matches": closed}, out, *words) == 0
        assert abs(found(out)["pay", "F"]["gap"]) <= 0.1 * 15  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{COLUMNS}p1,v1,1,0\np1,v1,2,0\n", "line 3: this jobseeker and this vacancy"),
        (f"{COLUMNS}p1,v1,first,0\n", "line 2: rank 'first' is not a whole number"),
        (f"{COLUMNS}p1,v1,0,0\n", "line 2: rank '0'"),
        (f"{COLUMNS}p1,v1,1,nan\n", "line 2: score 'nan' is not a number"),
        (f"{COLUMNS}p1,,1,0\n", "line 2: vacancy_id is empty"),
        (f"{COLUMNS}nobody,v1,1,0\n", "line 2: the jobseeker 'nobody' is not in"),
        ("jobseeker_id,vacancy_id,rank\np1,v1,1\n", "no column is named “score”"),
        (COLUMNS, "there is no match in it"),
    ],
)
def test_lists_that_make_no_sense_get_a_sentence_with_the_line(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    files["matches"].write_text(content, encoding="utf-8")
    assert run(files, tmp_path / "out.json") == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--group", "height"), 1, "no column is named “height”, only age, commune"),
        (("--strata", "height"), 1, "no column is named “height”"),
        (("--bands", "age=old"), 2, "write COLUMN=N,N"),
        (("--bands", "age=50,25"), 2, "the numbers must rise"),
        (("--top", "0"), 2, "--top must be at least 1"),
        (("--margin", "nan"), 2, "--margin must be between 0 and 1"),
        (("--close", "exposure"), 2, "go together"),
        (("--close", "pay", "--closed", "c.csv"), 2, "needs --vacancies"),
        (("--plot", "a.png"), 2, "must end in .svg"),
        (("--group", "id", "--close", "exposure", "--closed", "c.csv"), 1, "“id” has 0"),
    ],
)
def test_a_wrong_option_gets_a_sentence_and_writes_nothing(
    files: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert run(files, tmp_path / "out.json", *words) == status
    assert told in capsys.readouterr().err
    assert set(tmp_path.iterdir()) == before


def test_a_file_that_is_read_is_never_written_over_and_who_stands_twice_is_refused(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, before = tmp_path / "out.json", files["matches"].read_bytes()
    assert run(files, files["matches"]) == 2
    assert "has the name of another file" in capsys.readouterr().err
    assert files["matches"].read_bytes() == before
    files["vacancies"].write_text("id,pay_min_hour\nv0,12\n", encoding="utf-8")
    assert run(files, out, "--vacancies", files["vacancies"]) == 0
    assert "vacancy_id: not in --vacancies: taken as unknown, in 29 rows" in capsys.readouterr().err
    files["people"].write_text("id,sex\np1,F\np1,M\n", encoding="utf-8")
    assert run(files, out) == 1
    assert "row 2: the id 'p1' stands there twice" in capsys.readouterr().err


def test_the_lists_of_match_are_audited_as_they_come(tmp_path: Path) -> None:
    """From drawn people and vacancies to an audit, whatever the kind of file."""
    people, work, lists = tmp_path / "p.parquet", tmp_path / "v.json", tmp_path / "m.parquet"
    seeded = ("--seed", "5", "--departments", "26")
    assert main(["generate", "jobseekers", "--count", "200", *seeded, "--out", str(people)]) == 0
    assert main(["generate", "vacancies", "--count", "150", *seeded, "--out", str(work)]) == 0
    table = pl.read_parquet(people)
    table.with_columns(sex=pl.Series(["F", "M"] * 100)).write_parquet(people)
    words = ("--jobseekers", str(people), "--vacancies", str(work))
    assert main(["match", *words, "--out", str(lists)]) == 0
    out = tmp_path / "out.parquet"
    strata = ("--strata", "occupations", "experience")
    assert main(["audit", "--matches", str(lists), *words, "--group", "sex", *strata, "--out", str(out)]) == 0
    assert pl.read_parquet(out)["measure"].to_list() == ["proposed", "exposure", "pay", "distance"]


def test_the_help_documents_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["audit", "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    for column in [*audit.OUT_COLUMNS, *audit_files.MATCH_COLUMNS, *audit_files.DERIVED]:
        assert f"  {column}" in text


@pytest.mark.parametrize("module", [audit_words, audit_files])
def test_the_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
