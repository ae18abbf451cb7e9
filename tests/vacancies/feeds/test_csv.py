"""CSV of any encoding, delimiter and quoting; what its columns hold; rows as vacancies."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vacancies.feeds.conftest import NOW, Write, laid_out
from visavis.catalog.pointing import Pointer
from visavis.vacancies.feeds import mapping
from visavis.vacancies.feeds.records.csv_rows import read_record
from visavis.vacancies.feeds.records.vacancy import Kind
from visavis.vacancies.feeds.splitting.csv_files import layout_of, open_csv
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused

TABLE = "Réf;Intitulé;Ville\n1;Électricien;Valence\n2;Maçon;Annonay\n"
COLUMNS = {"Réf": "id", "Intitulé": "title", "Ville": "town"}
ROW = {
    "id": "17", "title": "Boulanger (H/F)", "description": "<p>Le pétrin</p>", "employer": "Au Bon Pain",
    "siret": "123 456 789 00012", "town": "Valence", "postcode": "26000", "contract": "CDD", "length": "6",
    "hours": "35", "pay_min": "2 000,00", "pay_max": "2500 €", "pay_period": "mois", "starts": "15/12/2026",
    "closes": "31-12-2026", "published": "01/11/2026", "positions": "2", "code": "D1102", "licences": "B; CACES 3",
    "languages": "anglais courant", "education": "CAP", "experience": "2 ans", "skills": "Pétrir; Cuire",
    "url": "https://jobs.example/17", "conditions": "travail de nuit",
}  # fmt: skip


def test_rows_that_do_not_fit_are_told_and_what_is_no_table_is_refused(write: Write) -> None:
    file = open_csv(write(TABLE + '3;a;b;c\n4\n5;"x" y;z\n\n;;\n6;Peintre\n', "t.csv"), COLUMNS)
    found = [one.reason if isinstance(one, Broken) else one for _line, one in file.numbered()]
    assert found[2:] == ["row_too_long", "row_too_short", "row_quotes", {"id": "6", "title": "Peintre"}]
    for content in (b"\x00\x01\x02;\x00", b"only one column\nx\n", b"\n\n", b"a" * 5000):
        with pytest.raises(FileRefused, match=r"t\.csv"):
            open_csv(write(content, "t.csv"))
    assert layout_of(write("Nom;;Nom;\na;b;c;\n", "t.csv")).columns == ("Nom", "(2)", "Nom (2)")


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (TABLE.encode(), "utf-8-sig", ";"),
        (b"\xef\xbb\xbf" + TABLE.encode(), "utf-8-sig", ";"),
        (TABLE.encode("cp1252"), "cp1252", ";"),
        (TABLE.encode("utf-16"), "utf-16", ";"),
        (TABLE.replace(";", ",").encode(), "utf-8-sig", ","),
        (TABLE.replace(";", "\t").encode(), "utf-8-sig", "\t"),
        (TABLE.replace(";", "|").encode(), "utf-8-sig", "|"),
        (TABLE.replace("\n", "\r\n").encode(), "utf-8-sig", ";"),
        (TABLE.replace("Électricien", '"Électricien; de nuit, ""bien"""').encode(), "utf-8-sig", ";"),
    ],
    ids=["utf-8", "mark", "western", "utf-16", "comma", "tab", "bar", "crlf", "quoted"],
)
def test_encoding_delimiter_and_quoting_are_found(
    write: Write, content: bytes, encoding: str, delimiter: str
) -> None:
    file = open_csv(write(content, "t.csv"), COLUMNS)
    assert (file.layout.encoding, file.layout.delimiter, file.count) == (encoding, delimiter, 2)
    found = [row for _line, row in file.numbered()]
    assert found[1] == {"id": "2", "title": "Maçon", "town": "Annonay"}
    assert found[0]["title"] in {"Électricien", 'Électricien; de nuit, "bien"'}
    assert file.cut_at is None


def test_a_text_over_several_lines_keeps_the_line_of_its_row_and_a_cut_table_says_where(write: Write) -> None:
    file = open_csv(write('Réf;Intitulé\n1;"Une\n\nlongue"\n2;Maçon\n', "t.csv"), COLUMNS)
    lines = [(line, row["id"]) for line, row in file.numbered() if not isinstance(row, Broken)]
    assert lines == [(2, "1"), (5, "2")]
    for end, count, cut_at in (
        ("3;Pein", 2, 4),
        ('3;"Peintre;Val', 2, 4),
        ("3;Peintre;Val", 3, None),
        ("3;Peintre;Valence", 3, None),
    ):
        file = open_csv(write(TABLE + end, "t.csv"), COLUMNS)
        assert len(list(file.numbered())) == count
        assert file.cut_at == cut_at


def test_the_columns_are_guessed_from_their_names_and_values() -> None:
    for names, fields in [
        (
            "Référence;Intitulé du poste;Descriptif;Entreprise;Code postal;Ville;Type de contrat",
            "id;title;description;employer;postcode;town;contract",
        ),
        (
            "id;title;description;company;zip;city;contract_type;hours;salary_min;salary_max;salary_period",
            "id;title;description;employer;postcode;town;contract;hours;pay_min;pay_max;pay_period",
        ),
    ]:
        assert list(mapping.guess(names.split(";"), []).values()) == fields.split(";")
    rows = [["M1805", "https://a.example/1", "x"], ["D1102", "https://a.example/2", "y"]]
    assert list(mapping.guess(["a", "b", "Titre"], rows).values()) == ["code", "url", "title"]
    kept = mapping.guess(["a", "Titre"], rows, {"a": "", "Titre": "occupation", "gone": "title"})
    assert kept == {"a": "", "Titre": "occupation"}
    known = {"Titre": "title", "Ville": "town", "Couleur": ""}
    assert mapping.compare(known, ["Ville", "Titre"]) == mapping.Difference((), ())
    assert mapping.compare(known, ["Ville", "Poste"]) == mapping.Difference(("Titre",), ("Poste",))


def test_every_field_of_a_full_row_is_understood(index: Pointer) -> None:
    read = read_record(ROW, places=index, now=NOW)
    found = laid_out(read.vacancy)
    assert found.place and (found.place.commune, found.key) == ("26362", "17")
    assert (found.description, found.rome_code) == ("Le pétrin", "D1102")
    assert found.employer.siret == "12345678900012"
    assert (found.contract, found.contract_months, found.hours_min) == ("fixed_term", 6, 35.0)
    assert (found.pay_min_hour, found.pay_max_hour) == (13.19, 16.48)
    assert (found.starts_on, found.closes_on) == (dt.date(2026, 12, 15), dt.date(2026, 12, 31))
    assert found.published_at == dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert (found.positions, found.licences, found.conditions) == (2, ["B", "caces_3"], ["night"])
    assert found.languages == [("en", 5, True)]
    assert (found.education_level, found.experience_months) == (3, 24)
    assert [skill.words for skill in found.skills] == ["Pétrir", "Cuire"]
    assert {note.reason for note in read.notes} == {"place_from_postcode_and_name"}


def test_a_place_is_found_as_written_and_a_row_keeps_its_number(index: Pointer) -> None:
    for town, commune in (("26000 Valence", "26362"), ("Annonay (07)", "07010")):
        found = read_record({**ROW, "town": town, "postcode": ""}, places=index, now=NOW).vacancy
        assert found and found.place and found.place.commune == commune
    bare = {key: value for key, value in ROW.items() if key not in {"id", "url"}}
    first, later = (read_record(bare, places=index, now=NOW).key for _time in range(2))
    other = read_record({**bare, "hours": "20"}, places=index, now=NOW).key
    assert first == later != other and first.startswith("made-")


@settings(max_examples=200)
@given(changes=st.dictionaries(st.sampled_from(sorted(mapping.FIELDS)), st.text(max_size=60), max_size=8))
def test_no_row_however_twisted_stops_the_reading(changes: dict[str, str], index: Pointer) -> None:
    found = read_record({**ROW, **changes}, places=index, now=NOW)
    assert found.vacancy is not None or found.notes[-1].kind == Kind.REFUSED
