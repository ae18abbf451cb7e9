"""Official CSV files in every state."""

import zipfile
from pathlib import Path

import pytest

from visavis.catalog.imports.report import EXAMPLES, ImportReport
from visavis.catalog.imports.tables import Layout, Source, Table, Unreadable, read, sources

LAYOUT = Layout(("code", "label"), ("note",), {"libelle": "label"})


def table(file: Path, content: bytes) -> Table:
    file.write_bytes(content)
    return read(Source(file), LAYOUT, ImportReport("test"))


def labels(opened: Table) -> list[str]:
    return [row["label"] for _line, row in opened.rows()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "occupations.csv"


def test_files_of_any_encoding_and_line_end_are_read(file: Path) -> None:
    assert labels(table(file, b'"code","label"\n"A","Chef d\'\'atelier"\n')) == ["Chef d'atelier"]
    for start, end in ((b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n")):
        opened = table(file, start + end.join([b"code;label", "A;Pâtissière".encode(), b""]))
        assert labels(opened) == ["Pâtissière"] and not opened.report.problems
    opened = table(file, "#code;Libellé\nA;Pâtissière\n".encode("iso8859-15"))
    assert labels(opened) == ["Pâtissière"]
    assert "UTF-8" in opened.report.problems[0].reason
    opened = table(file, b'code,label,note\nA,one,"x\ny"\nB,two,z\n')
    assert [(line, row["note"]) for line, row in opened.rows()] == [(2, "x\ny"), (4, "z")]
    opened = table(file, b"Name,ESCO\nVersion,1\n\ncode,label\nA,one\n")
    assert list(opened.rows()) == [(5, {"code": "A", "label": "one"})]


def test_a_file_cut_anywhere_keeps_its_whole_rows(file: Path) -> None:
    opened = table(file, '"code","label"\n"A","Boulanger"\n"B","Pâ'.encode()[:-1])
    assert labels(opened) == ["Boulanger"]
    assert not opened.is_whole
    assert [problem.line for problem in opened.report.problems] == [None, 3]
    opened = table(file, b'"code","label"\n"A","one"\n"B","two\n"C","three"\n"D","four"\n')
    assert labels(opened) == ["one", "three", "four"]
    assert opened.report.problems[0].line == 3


def test_a_row_too_short_and_an_unknown_column_are_reported_and_many_problems_are_counted(file: Path) -> None:
    opened = table(file, b"code,label,colour\nA,one,red\nB\nC,three,blue\n")
    assert labels(opened) == ["one", "three"]
    column, short = opened.report.problems
    assert column.detail == "colour"
    assert (short.file, short.line) == ("occupations.csv", 3)
    opened = table(file, b"code,label\n" + b"broken\n" * 1000)
    assert labels(opened) == []
    assert len(opened.report.problems) == EXAMPLES
    assert [number for _file, _reason, number in opened.report.left_out()] == [1000 - EXAMPLES]
    with pytest.raises(Unreadable, match="code, label"):
        table(file, b"a,b\n1,2\n")


def test_files_are_found_in_a_folder_and_in_its_archives_if_they_are_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("code,label\n")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inside/c.csv", "code,label\nA,one\n")
    found = sources(tmp_path)
    assert [source.name for source in found] == ["a.csv", "c.csv"]
    assert labels(read(found[1], LAYOUT, ImportReport("test"))) == ["one"]
    (tmp_path / "rome.zip").write_bytes(b"PK\x03\x04cut")
    with pytest.raises(Unreadable, match=r"rome\.zip"):
        sources(tmp_path)
