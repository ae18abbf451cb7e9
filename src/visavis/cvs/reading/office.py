"""DOCX and ODT: paragraphs and tables in their order; pictures are never looked at."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import docx
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from visavis.cvs.reading.document import Document, Kind, Unreadable, Why, numbered
from visavis.cvs.reading.sections import heading_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ANNOTATION = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
DEEPEST = 60


def read_docx(data: bytes) -> Document:
    """Read a DOCX. Raises Unreadable."""
    if has_entities(data):
        raise Unreadable(Why.ENTITIES)
    try:
        opened = docx.Document(io.BytesIO(data))
        heads = [
            part._element
            for section in opened.sections[:1]
            for part in (section.header,)
            if not part.is_linked_to_previous
        ]
        texts = [line for root in (*heads, opened.element.body) for line in word_lines(root)]
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        LxmlError,
        KeyError,
        ValueError,
        OSError,
        AttributeError,
    ) as error:
        raise Unreadable(Why.DAMAGED) from error
    return checked(Kind.DOCX, texts)


def has_entities(data: bytes) -> bool:
    """Say whether a part of the file declares entities: no word processor writes any."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(
                b"<!ENTITY" in archive.read(name) or b"<!DOCTYPE" in archive.read(name)
                for name in ("word/document.xml", "[Content_Types].xml")
            )
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(Why.DAMAGED) from error


def checked(kind: Kind, texts: list[str]) -> Document:
    lines = numbered([(1, text) for text in texts])
    if not lines:
        raise Unreadable(Why.NO_TEXT)
    return Document(kind, lines)


def word_lines(root: Any, depth: int = 0) -> Iterator[str]:
    """Walk paragraphs, tables and text boxes."""
    if depth > DEEPEST:
        return
    for child in root:
        if child.tag == f"{WORD}p":
            yield from word_paragraph(child)
            for box in child.iter(f"{WORD}txbxContent"):
                if not any(up.tag == CHOICE for up in box.iterancestors()):
                    yield from word_lines(box, depth + 1)
        elif child.tag == f"{WORD}tbl":
            yield from of_table(
                [
                    [list(word_lines(cell, depth + 1)) for cell in row.iter(f"{WORD}tc")]
                    for row in child.iter(f"{WORD}tr")
                ]
            )
        elif child.tag in {f"{WORD}sdt", f"{WORD}sdtContent"}:
            yield from word_lines(child, depth + 1)


def word_paragraph(paragraph: Any) -> list[str]:
    """Return the lines of a paragraph, without what stands in its text boxes."""
    text = ""
    bullet = paragraph.find(f"{WORD}pPr/{WORD}numPr") is not None
    for node in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
        ups = [up.tag for up in node.iterancestors()]
        inner = ups[: next(i for i, up in enumerate(node.iterancestors()) if up is paragraph)]
        if f"{WORD}txbxContent" in inner or f"{WORD}tabs" in inner or CHOICE in inner:
            continue
        text += {f"{WORD}t": node.text or "", f"{WORD}tab": "\t", f"{WORD}br": "\n"}[node.tag]
    lines = [line for line in text.split("\n") if line.strip()]
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    is_list = bullet or (style is not None and "list" in str(style.get(f"{WORD}val", "")).lower())
    return [f"• {line}" for line in lines] if is_list else lines


def of_table(rows: list[list[list[str]]]) -> Iterator[str]:
    """Read a table: cell by cell when cells hold headings, else row by row with tabs."""
    is_layout = any(
        len(row) > 1 and len(cell) > 1 and any(heading_of(line) for line in cell)
        for row in rows
        for cell in row
    )
    for row in rows:
        if is_layout:
            yield from (line for cell in row for line in cell)
            continue
        filled = [cell for cell in row if cell]
        if filled:
            yield "\t".join(cell[0] for cell in filled)
            yield from (line for cell in filled for line in cell[1:])


def read_odt(data: bytes) -> Document:
    """Read an ODT. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = fromstring(archive.read("content.xml"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(Why.ENTITIES) from error
    except (zipfile.BadZipFile, KeyError, ParseError, OSError, ValueError) as error:
        raise Unreadable(Why.DAMAGED) from error
    return checked(Kind.ODT, list(odt_lines(root)))


def odt_lines(root: Element, depth: int = 0, *, is_list: bool = False) -> Iterator[str]:
    if depth > DEEPEST:
        return
    for child in root:
        if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
            lines = "".join(odt_words(child)).split("\n")
            yield from (f"• {line}" if is_list else line for line in lines if line.strip())
        elif child.tag == f"{TABLE}table":
            yield from of_table(
                [
                    [list(odt_lines(cell, depth + 1)) for cell in row.iter(f"{TABLE}table-cell")]
                    for row in child.iter(f"{TABLE}table-row")
                ]
            )
        elif child.tag != ANNOTATION:
            yield from odt_lines(child, depth + 1, is_list=is_list or child.tag == f"{TEXT}list")


def odt_words(node: Element) -> Iterator[str]:
    """Return the words of a paragraph; spaces, tabs and line breaks are elements there."""
    yield node.text or ""
    for child in node:
        if child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag == f"{TEXT}s":
            yield " "
        elif child.tag != ANNOTATION:
            yield from odt_words(child)
        yield child.tail or ""
