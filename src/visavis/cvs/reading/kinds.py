"""The kind of a file, by what it holds: its name says nothing."""

import io
import json
import zipfile

import puremagic

from visavis.common.pictures import is_picture
from visavis.cvs.reading.document import MOST_BYTES, Kind, Unreadable, Why

MOST_ENTRIES = 2_000
MOST_UNPACKED = 120_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
ODT = b"application/vnd.oasis.opendocument.text"


def kind_of(data: bytes) -> Kind:
    """Say what the bytes are. Raises Unreadable for what is not a CV."""
    if not data.strip():
        raise Unreadable(Why.EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(Why.TOO_BIG)
    if data.startswith(PROGRAMS):
        raise Unreadable(Why.NOT_A_CV)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK"):
        return office(data)
    if data.startswith(OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable(Why.PASSWORD if is_locked else Why.OLD_WORD)
    if is_picture(data):
        return Kind.PHOTO
    return written(data)


def office(data: bytes) -> Kind:
    """Look into a zip: how much it holds before anything is unpacked, then what it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise Unreadable(Why.SWELLS)
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unreadable(Why.PASSWORD)
            names = {entry.filename for entry in entries}
            if "word/document.xml" in names:
                return Kind.DOCX
            if "content.xml" in names and archive.read("mimetype").startswith(ODT):
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                if b"encryption-data" in manifest:
                    raise Unreadable(Why.PASSWORD)
                return Kind.ODT
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(Why.DAMAGED) from error
    raise Unreadable(Why.NOT_A_CV)


def written(data: bytes) -> Kind:
    """Part what is text: Europass, JSON Resume, or words as they are."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        head = start[:4000].lower()
        if b"<html" in head or b"<!doctype html" in head or b"<svg" in head:
            raise Unreadable(Why.NOT_A_CV)
        return Kind.EUROPASS
    if start.startswith((b"{", b"[")):
        return json_kind(data)
    if start.startswith(b"{\\rtf") or is_binary(data):
        raise Unreadable(Why.NOT_A_CV)
    return Kind.TEXT


def json_kind(data: bytes) -> Kind:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        if data.lstrip().startswith((b"{\\rtf", b"[")):
            raise Unreadable(Why.NOT_A_CV) from None
        raise Unreadable(Why.DAMAGED) from None
    known = {"basics", "work", "education", "skills", "languages"}
    if isinstance(read, dict) and known & set(read):
        return Kind.JSON_RESUME
    raise Unreadable(Why.NOT_A_CV)


def is_binary(data: bytes) -> bool:
    """Say whether the bytes are something else than text: puremagic knows them, or they hold NULs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if b"\0" in data:
        return True
    odd = sum(byte < 9 or 13 < byte < 32 for byte in data[:4000])
    if odd > 20:
        return True
    try:
        found = puremagic.magic_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return False
    return any(
        match.confidence >= 0.9 and not match.mime_type.startswith("text/") and match.mime_type
        for match in found
    )
