"""visavis match: files in, a file out; every match keeps every limit, and its parts add up to its score."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from tests.engine.brute_force import clashes
from visavis.commands import france_travail, market_files
from visavis.commands.__main__ import main
from visavis.engine.score.tiers import TIERS

TODAY = 20_782  # 2026-11-25
PEOPLE = 400


def match(*words: str | Path) -> int:
    return main(["match", "--today", "2026-11-25", *map(str, words)])


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn people; the same seed each time."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    assert main(["generate", "jobseekers", "--count", str(PEOPLE), "--seed", "5", "--out", str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("work") / "work.csv"
    assert main(["generate", "vacancies", "--count", "300", "--seed", "6", "--out", str(path)]) == 0
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(people: Path, work: list[Path]) -> tuple[dict[str, object], dict[str, object]]:
    """Read both sides again, as the command does."""
    report = market_files.Report()
    read = market_files.read(people, market_files.JOBSEEKER_COLUMNS, market_files.jobseeker, report)
    sought = {one.id: one for one in read}
    offered: dict[str, object] = {}
    for path in work:
        found = (
            france_travail.read(path, report)
            if france_travail.is_feed(path)
            else market_files.read(path, market_files.VACANCY_COLUMNS, market_files.vacancy, report)
        )
        offered |= {one.id: one for one in found}
    return sought, offered


def assert_sound(out: Path, people: Path, work: list[Path]) -> int:
    """Check every match against the brute force, and its parts against its score."""
    sought, offered = records(people, work)
    found = rows(out)
    for row in found:
        broken = clashes(sought[row["jobseeker_id"]], offered[row["vacancy_id"]], TODAY)  # type: ignore[arg-type]
        assert not broken, f"{row['jobseeker_id']} and {row['vacancy_id']} break {broken}"
        parts = json.loads(row["reasons"])
        assert parts
        assert sum(parts.values()) == float(row["score"])
    return len(found)


def test_every_match_of_drawn_people_and_vacancies_keeps_every_limit_and_its_place(
    people: Path, work: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    assert match("--jobseekers", people, "--vacancies", work, "--out", out) == 0
    assert assert_sound(out, people, [work]) > PEOPLE / 4
    assert match("--jobseekers", people, "--vacancies", work, "--out", out, "--top", "3") == 0
    lists: dict[str, list[tuple[int, float]]] = {}
    for row in rows(out):
        place = TIERS.index(row["tier"]), -float(row["score"])
        lists.setdefault(row["jobseeker_id"], []).append(place)
        assert int(row["rank"]) == len(lists[row["jobseeker_id"]])
    for places in lists.values():
        assert places == sorted(places)
        assert len(places) <= 3


def test_every_match_of_drawn_people_and_real_vacancies_keeps_every_limit(
    people: Path, tmp_path: Path, shared_data: Path
) -> None:
    real = sorted((shared_data / "vacancies_fr").glob("*.json"))
    out = tmp_path / "out.csv"
    assert match("--jobseekers", people, "--vacancies", *real, "--out", out) == 0
    assert assert_sound(out, people, real) > PEOPLE / 4


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".parquet"])
def test_every_kind_of_file_gives_the_same_matches(
    people: Path, work: Path, tmp_path: Path, ending: str
) -> None:
    table = pl.read_csv(people, infer_schema=False)
    other = tmp_path / f"people{ending}"
    {".json": table.write_json, ".jsonl": table.write_ndjson, ".parquet": table.write_parquet}[ending](other)
    one, two = tmp_path / "one.csv", tmp_path / f"two{ending}"
    assert match("--jobseekers", people, "--vacancies", work, "--out", one) == 0
    assert match("--jobseekers", other, "--vacancies", work, "--out", two) == 0
    read = {".json": pl.read_json, ".jsonl": pl.read_ndjson, ".parquet": pl.read_parquet}[ending](two)
    assert read["score"].to_list() == [float(row["score"]) for row in rows(one)]
    assert read["vacancy_id"].to_list() == [row["vacancy_id"] for row in rows(one)]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("available_on", "1887-03-02", "available_on: not between 1950 and 2100"),
        ("available_on", "31/02/2027", "available_on: not a date"),
        ("commune", "Nulle-Part", "commune: not a commune we know"),
        ("lowest_pay_hour", "beaucoup", "lowest_pay_hour: not a number"),
        ("licences", "ZZ", "licences: 'ZZ' is not one of the codes"),
        ("languages", "fr:9", "languages: not between 1 and 6"),
        ("titles", "x" * 10_000, ""),
        ("hours_min", "nan", ""),
        ("humeur", "bonne", "columns not read: humeur"),
    ],
)
def test_a_value_that_cannot_be_read_is_unknown_and_told(
    tmp_path: Path, work: Path, capsys: pytest.CaptureFixture[str], column: str, value: str, told: str
) -> None:
    path, out = tmp_path / "people.csv", tmp_path / "out.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", column])
        writer.writeheader()
        writer.writerow({"id": "a", column: value})
    assert match("--jobseekers", path, "--vacancies", work, "--out", out) == 0
    assert told in capsys.readouterr().err
    assert out.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.csv", None, "there is no such file"),
        ("empty.csv", b"", "the first line must name the columns"),
        ("other.csv", b"a,b\n1,2\n", "none of its columns is known"),
        ("cut.json", b'[{"id": "a", "occupations": "D11', "not whole JSON"),
        ("text.txt", b"id\n", "the name must end in"),
        ("cut.parquet", b"PAR1....", "not a Parquet file"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_no_result(
    tmp_path: Path,
    work: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    told: str,
) -> None:
    path, out = tmp_path / name, tmp_path / "out.csv"
    if content is not None:
        path.write_bytes(content)
    assert match("--jobseekers", path, "--vacancies", work, "--out", out) == 1
    assert told in capsys.readouterr().err
    assert not out.exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_a_latin_1_file_is_read_and_a_row_with_more_fields_than_columns_is_told(
    tmp_path: Path, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "people.csv", tmp_path / "out.csv"
    path.write_bytes("id;commune;titles\né;Saint-Étienne;boulangère\n".encode("latin-1"))
    assert match("--jobseekers", path, "--vacancies", work, "--out", out) == 0
    assert {row["jobseeker_id"] for row in rows(out)} <= {"é"}
    path.write_text("id,commune\na,Valence\nb,Valence,one,two\n", encoding="utf-8")
    assert match("--jobseekers", path, "--vacancies", work, "--out", out) == 0
    told = "row: more fields than columns: the rest is not read, in 1 rows (first, row 2"
    assert told in capsys.readouterr().err


def test_a_feed_cut_in_the_middle_gives_its_whole_records(
    tmp_path: Path, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {"intitule": "Boulanger", "romeCode": "D1102", "lieuTravail": {"libelle": "26 - Valence"}}
    whole = json.dumps({"resultats": [{"id": one} | record for one in ("A1", "A2")]})
    cut = tmp_path / "offres.json"
    cut.write_text(whole[: whole.index('"A2"')], encoding="utf-8")
    out = tmp_path / "out.csv"
    assert match("--jobseekers", people, "--vacancies", cut, "--out", out) == 0
    said = capsys.readouterr().err
    assert "1 vacancies" in said and "the file: cut: what is whole was read" in said
    # No record of this one is whole.
    out.unlink()
    cut.write_text('{"resultats": [', encoding="utf-8")
    assert match("--jobseekers", people, "--vacancies", cut, "--out", out) == 1
    assert "this is not whole JSON: it is cut at character" in capsys.readouterr().err
    assert not out.exists()


def test_the_help_documents_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["match", "--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    for column in [*market_files.JOBSEEKER_COLUMNS, *market_files.VACANCY_COLUMNS, "reasons", "score"]:
        assert f"  {column}" in text
