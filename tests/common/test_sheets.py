"""A table that leaves opens in a spreadsheet as it was, and calculates nothing."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from defusedxml import ElementTree
from django.http import StreamingHttpResponse
from django.utils import translation

from visavis.common import sheets
from visavis.common.sheets import Cell, Sheet

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FORMULAS = [
    "=1+1", "+33 6 12", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "=HYPERLINK(\"http://x\")",
    "=cmd|' /C calc'!A0", "|x", "%x", "＝1+1", "\0=1",
]  # fmt: skip


def read_csv(*rows: list[Cell], language: str = "fr") -> list[list[str]]:
    with translation.override(language):
        text = "".join(sheets.as_csv(Sheet("t", ["A"], rows)))
    assert text.startswith("\ufeff")
    file = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return [*csv.reader(file, delimiter=";" if language == "fr" else ",")][1:]


def read_ods(*rows: list[Cell]) -> list[list[tuple[str, str]]]:
    with zipfile.ZipFile(sheets.ods(Sheet("t", ["A"], rows))) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert packed.read("mimetype").decode() == sheets.MIMETYPE
        tree = ElementTree.fromstring(packed.read("content.xml"))
    return [
        [
            (cell.get(f"{OFFICE}value-type") or "", "\n".join(p.text or "" for p in cell.iter(f"{TEXT}p")))
            for cell in row.iter(f"{TABLE}table-cell")
        ]
        for row in tree.iter(f"{TABLE}table-row")
    ][1:]


def test_no_text_is_a_formula_and_what_is_none_stays_as_it_is() -> None:
    rows: list[list[Cell]] = [[formula] for formula in FORMULAS]
    assert not [cell for (cell,) in read_csv(*rows) if not cell.startswith("'")]
    assert {kind for ((kind, _text),) in read_ods(*rows)} == {"string"}
    kept = ["Amélie", "a=b", '12 rue; du "Port"', "ligne\nautre", "", "06-12", "'x"]
    assert read_csv(list(kept)) == [kept]
    assert read_ods(['a\x00\x0b<&>"b']) == [[("string", 'a<&>"b')]], "what XML does not hold is left out"


def test_numbers_and_days_are_numbers_and_days() -> None:
    at = dt.datetime(2026, 11, 27, 21, 0, tzinfo=dt.UTC)
    row: list[Cell] = [-3, 1.5, Decimal("12.02"), dt.date(2026, 1, 2), at, None, True]
    assert read_csv(row) == [["-3", "1,5", "12,02", "2026-01-02", "2026-11-27 22:00", "", "1"]]
    assert read_csv(row, language="en")[0][1] == "1.5"
    kinds = [kind for kind, _text in read_ods(row)[0]]
    assert kinds == ["float", "float", "float", "date", "date", "", "boolean"]


def test_a_csv_file_is_sent_as_it_is_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(1000):
            read.append(number)
            yield [number]

    answer = sheets.answer(Sheet("t", ["A"], rows()), "csv")
    assert isinstance(answer, StreamingHttpResponse)
    sent = iter(answer)
    next(sent), next(sent), next(sent)
    assert len(read) <= 2
