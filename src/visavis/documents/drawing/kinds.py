"""What a file is, by its first bytes and by really opening it; its name says nothing. No Django here."""

from dataclasses import dataclass
from enum import StrEnum

from visavis.common.pictures import is_picture

MOST_BYTES = 15_000_000
MOST_PAGES = 60
# A stack that went through a scanner at once.
MOST_OF_A_SCAN = 400
# TIFF, and TIFF with addresses of 64 bits, which some scanners write.
SCANS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# What a page of a scan says whose code is there and cannot be read.
UNREAD = "?"
# Where readers of PDF look for its mark.
PDF_WITHIN = 1024


class Kind(StrEnum):
    """What is taken."""

    PDF = "pdf"
    PICTURE = "picture"


class Refusal(StrEnum):
    """Why a file is not drawn: the codes of `enums.Why`."""

    KIND = "kind"
    PASSWORD = "password"  # noqa: S105  (the name of a reason)
    DAMAGED = "damaged"
    HUGE = "huge"
    PIXELS = "pixels"
    PROGRAM = "program"


class NotDrawn(Exception):
    """The file cannot be drawn; `why` says what to tell the person."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Drawn:
    """One page: a JPEG, its size in pixels, what may be wrong with the photo, and the whole photo where the sheet was
    cut out of it; of a scan the codes that stand on it, whether nothing else does, and the page once more, small.
    """

    jpeg: bytes
    width: int
    height: int
    is_dark: bool = False
    is_blurred: bool = False
    codes: tuple[str, ...] = ()
    is_blank: bool = False
    as_taken: "Drawn | None" = None
    small: bytes = b""


def kind_of(data: bytes) -> Kind | None:
    """Say what bytes are: nothing for what is not taken, such as SVG, HTML, programs and archives."""
    if is_picture(data) or data.startswith(SCANS):
        return Kind.PICTURE
    # Readers look for the mark a little further on; what begins as something else is not taken for a PDF.
    start = data[:PDF_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    return Kind.PDF if start.startswith(b"%PDF-") else None
