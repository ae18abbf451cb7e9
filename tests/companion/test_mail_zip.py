"""Zips as services export them, and zips that want to do harm."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.companion.mailing import LEXICON, mbox, message, one, raw, read, refused

TAKEOUT = "Takeout/Courrier/Tous les messages, y compris ceux du dossier Spam -002.mbox"


@pytest.fixture
def box(tmp_path: Path) -> bytes:
    return mbox(tmp_path / "box", [message("La perceuse."), message("Un ciné-club.")]).read_bytes()


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def why(path: Path) -> str:
    """Say why a zip is refused."""
    return refused("read", path=str(path), lexicon=LEXICON)


def test_what_google_a_mac_and_large_zips_hold_is_read(tmp_path: Path, box: bytes) -> None:
    files = {
        "Takeout/archive_browser.html": b"From x 2026\n\nperceuse",
        TAKEOUT: box,
        "Takeout/x.json": b"{}",
    }
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert read(zipped(tmp_path / "a.zip", files, method))["items"] == {"0": 1, "2": 1}, method
    files = {
        "a/1.eml": raw(message("La perceuse.")),
        "a/2.EML": raw(message("Le rabot.")),
        "Boîte.mbox/mbox": box,
        "__MACOSX/a/._1.eml": b"\x00\x05\x16\x07",
        "a/._2.eml": b"\x00\x05\x16\x07",
    }
    found = read(zipped(tmp_path / "a.zip", files))
    assert (found["items"], found["messages"], found["troubles"]) == ({"0": 3, "2": 1}, 4, [])
    large = tmp_path / "large.zip"
    with zipfile.ZipFile(large, "w") as archive, archive.open("a.mbox", "w", force_zip64=True) as to:
        to.write(box)
    assert one("zip", path=str(large)) == [{"name": "a.mbox", "length": len(box)}]


def test_sizes_and_places_of_64_bits_are_read(tmp_path: Path, box: bytes) -> None:
    """Python writes them only above 4 GB: here by hand."""
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 45, 0, 0, 0, 0, zlib.crc32(box), 2**32 - 1, 2**32 - 1, 6, 20
    )
    local += b"a.mbox" + struct.pack("<2H2Q", 1, 16, len(box), len(box)) + box
    extra = struct.pack("<2H3Q", 1, 24, len(box), len(box), 0)
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 45, 45, 0, 0, 0, 0, zlib.crc32(box), 2**32 - 1, 2**32 - 1, 6,
                        len(extra), 0, 0, 0, 0, 2**32 - 1) + b"a.mbox" + extra  # fmt: skip
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(entry), len(local))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(local) + len(entry), 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(local + entry + end64 + locator + end)
    assert zipfile.ZipFile(path).read("a.mbox") == box
    assert read(path)["items"] == {"0": 1, "2": 1}


def test_a_zip_without_letters_or_its_end_or_with_a_password_is_told(tmp_path: Path, box: bytes) -> None:
    path = tmp_path / "a.zip"
    assert why(zipped(path, {"a.txt": b"perceuse", "b.zip": b"PK", "c.mbox.bak": b"From x"})) == "no_letters"
    assert why(zipped(path, {"a.mbox": b"not a box at all\n" * 10})) == "not_mail"
    locked(zipped(path, {"a.mbox": box}))
    assert why(path) == "encrypted"
    zipped(path, {"a.mbox": box})
    path.write_bytes(path.read_bytes()[:-30])
    assert why(path) == "truncated"
    whole = zipped(path, {"a.mbox": box, "b.eml": raw(message("x"))}).read_bytes()
    for kept in (30, 100, 400):
        path.write_bytes(whole[:kept] + whole[-kept:])
        assert why(path) in {"damaged", "truncated"}


def locked(path: Path) -> None:
    """Say that every entry is encrypted, as a zip with a password says it."""
    raw_zip = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw_zip.find(sign)
        while start >= 0:
            raw_zip[start + at] |= 1
            start = raw_zip.find(sign, start + 4)
    path.write_bytes(raw_zip)


def test_what_could_be_read_beside_a_damaged_entry_is_kept(tmp_path: Path, box: bytes) -> None:
    path = zipped(tmp_path / "a.zip", {"a.mbox": box * 50, "b.mbox": box})
    damaged = bytearray(path.read_bytes())
    damaged[200:260] = bytes(60)
    path.write_bytes(damaged)
    found = read(path)
    assert found["troubles"] == ["damaged"]
    assert found["items"]["2"] >= 1


def test_a_zip_that_swells_or_lies_is_refused(tmp_path: Path, box: bytes) -> None:
    path = zipped(tmp_path / "a.zip", {"a.mbox": b"From a 2026\n\n" + b"\n" * (60 << 20)})
    assert path.stat().st_size < 100_000
    assert why(path) == "too_large"
    whole = zipped(path, {"a.mbox": box}).read_bytes()
    path.write_bytes(whole.replace(struct.pack("<I", len(box)), struct.pack("<I", 40)))
    assert refused("zip", path=str(path)) == "too_large", "an entry longer than it says"
    start, end = whole.find(b"PK\x01\x02"), whole.find(b"PK\x05\x06")
    entry = whole[start:end]
    close = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9, 9, len(entry) * 9, start, 0)
    path.write_bytes(whole[:start] + entry * 9 + close)
    assert refused("zip", path=str(path)) == "damaged", "entries made of the same bytes"
