"""From bytes to a document, whatever the kind."""

from collections.abc import Callable

from visavis.cvs.reading import office, pdf, photo, structured
from visavis.cvs.reading.document import MOST_CHARACTERS, Document, Kind, Unreadable, Why
from visavis.cvs.reading.kinds import kind_of
from visavis.cvs.reading.text import decoded, read_text

READERS: dict[Kind, Callable[[bytes], Document]] = {
    Kind.PDF: pdf.read,
    Kind.DOCX: office.read_docx,
    Kind.ODT: office.read_odt,
    Kind.EUROPASS: structured.read_europass,
    Kind.JSON_RESUME: structured.read_json_resume,
    Kind.PHOTO: photo.read,
}


def read(data: bytes) -> Document:
    """Read a CV. Raises Unreadable, and nothing else for whatever bytes."""
    kind = kind_of(data)
    document = READERS[kind](data) if kind in READERS else read_text(decoded(data))
    if sum(len(line.text) for line in document.lines) > MOST_CHARACTERS * 1.5:
        raise Unreadable(Why.TOO_LONG)
    return document
