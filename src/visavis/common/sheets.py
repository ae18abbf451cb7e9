"""Tables that leave: CSV, sent as it is read, or OpenDocument. What somebody typed is never taken for a formula.

A spreadsheet calculates a text of a CSV file that begins with = + - @, a tab or a line's end; before such a text stands
an apostrophe. Numbers and days are numbers and days. A cell of OpenDocument says that it is a text, and is one.
"""

import csv
import datetime as dt
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

type Cell = str | Promise | int | float | Decimal | dt.date | dt.datetime | bool | None

KINDS = ("csv", "ods")
DANGEROUS = frozenset("=+-@\t\r\n|%＝＋－＠")
# What XML does not hold at all.
UNHEARD = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
KEPT_IN_MEMORY = 2_000_000
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
BEFORE = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet><table:table table:name={name}>"
)
AFTER = "</table:table></office:spreadsheet></office:body></office:document-content>"


@dataclass(frozen=True)
class Sheet:
    """A table: `name` is that of the file, without its ending, and of nobody."""

    name: str
    head: Sequence[Cell]
    rows: Iterable[Sequence[Cell]]


def asked(request: HttpRequest) -> str:
    """Return as what a list is asked for: csv, ods, or nothing for the page."""
    kind = (request.POST if request.method == "POST" else request.GET).get("as", "")
    return kind if kind in KINDS else ""


def answer(sheet: Sheet, kind: str) -> HttpResponseBase:
    """Answer with a table."""
    name = f"{sheet.name}.{kind}"
    if kind == "ods":
        return FileResponse(ods(sheet), as_attachment=True, filename=name, content_type=MIMETYPE)
    response = StreamingHttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# CSV ------------------------------------------------------------------------------------------------


class Echo:
    """Gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(sheet: Sheet) -> Iterator[str]:
    """Give a table line by line, as the spreadsheets of the reader's language open it."""
    is_french = (get_language() or "fr").startswith("fr")
    writer = csv.writer(Echo(), delimiter=";" if is_french else ",")
    # Without this mark spreadsheets read accents wrong.
    yield "\ufeff"
    for row in _all(sheet):
        yield writer.writerow([plain(cell, is_french=is_french) for cell in row])


def _all(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    yield sheet.head
    yield from sheet.rows


def plain(cell: Cell, *, is_french: bool) -> str:
    """Write a cell as text that no spreadsheet calculates."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, int | float | Decimal):
        return str(cell).replace(".", ",") if is_french else str(cell)
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = str(cell).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in DANGEROUS and text.strip() else text


# OpenDocument ---------------------------------------------------------------------------------------


def ods(sheet: Sheet) -> "tempfile.SpooledTemporaryFile[bytes]":
    """Write a table as a spreadsheet of OpenDocument 1.3, row by row; beyond two megabytes on the disk."""
    made = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  (the answer closes it)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        with packed.open("content.xml", "w") as content:
            content.write(BEFORE.format(name=quoteattr(sheet.name)).encode())
            for row in _all(sheet):
                cells = "".join(as_cell(cell) for cell in row)
                content.write(f"<table:table-row>{cells}</table:table-row>".encode())
            content.write(AFTER.encode())
    made.seek(0)
    return made


def as_cell(cell: Cell) -> str:
    """Write one cell, with what kind of value it is."""
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return typed("boolean", "boolean-value", str(cell).lower(), str(cell))
    if isinstance(cell, int | float | Decimal):
        return typed("float", "value", str(cell), str(cell))
    if isinstance(cell, dt.datetime):
        local = timezone.localtime(cell)
        return typed("date", "date-value", f"{local:%Y-%m-%dT%H:%M:%S}", f"{local:%Y-%m-%d %H:%M}")
    if isinstance(cell, dt.date):
        return typed("date", "date-value", cell.isoformat(), cell.isoformat())
    paragraphs = "".join(
        f"<text:p>{escape(one)}</text:p>" for one in str(cell).translate(UNHEARD).splitlines()
    )
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def typed(kind: str, name: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
