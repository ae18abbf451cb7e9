"""A file that cannot be read or written gets a sentence, and nothing half written stays."""

import errno
import os
from pathlib import Path

import polars as pl
import pytest

from visavis.commands import tables

ROWS = pl.DataFrame({"id": ["a", "b"]})


@pytest.mark.parametrize("ending", tables.ENDINGS)
def test_a_full_disk_gets_a_sentence_and_leaves_what_stood_there(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / f"out{ending}"
    out.write_text("kept", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(tables.FileRefused, match=f"out{ending}: cannot be written: No space left on device"):
        tables.write_all(out, [ROWS])
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_text(encoding="utf-8") == "kept"


def test_the_table_library_s_own_error_gets_a_sentence_too_and_leaves_no_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError("parquet: underlying IO error: No space left on device")

    refused = pytest.raises(tables.FileRefused, match="cannot be written: No space left on device")
    with monkeypatch.context() as patched, refused:
        patched.setattr(pl.DataFrame, "write_parquet", full)
        tables.write_all(tmp_path / "out.csv", [ROWS])
    assert not list(tmp_path.iterdir())

    def chunks():
        yield ROWS
        raise KeyboardInterrupt

    # Nor does an error in the middle leave parts.
    with pytest.raises(KeyboardInterrupt):
        tables.write_all(tmp_path / "out.csv", chunks())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", tables.ENDINGS)
def test_a_folder_is_not_read_as_a_table(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / f"people{ending}"
    folder.mkdir()
    with pytest.raises(tables.FileRefused, match=f"people{ending}: "):
        list(tables.rows_of(folder))


def test_a_field_without_end_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('id,text\na,"' + "x" * 10_000_001, encoding="utf-8")
    with pytest.raises(tables.FileRefused, match="line 2 is not CSV"):
        list(tables.rows_of(file))
