"""Pages that are JPEG as one PDF: each picture is put in as it is, and never opened here."""

from collections.abc import Sequence

from visavis.documents import files
from visavis.documents.models import Document

# A4 is 595 points wide.
WIDTH = 595.0


def of_document(document: Document) -> bytes:
    """Write the drawn pages of a document as a PDF. Raises files.Lost."""
    shown = [page.shown for page in document.pages.order_by("number")]
    whose = document.person_id
    return pdf_of([(files.content(name, person=whose), width, height) for name, width, height in shown])


def pdf_of(pages: Sequence[tuple[bytes, int, int]]) -> bytes:
    """Write a PDF (ISO 32000-1) of pages: the bytes of each JPEG, its width and its height in pixels."""
    objects: list[bytes] = [b"", b""]
    kids = []
    for jpeg, width, height in pages:
        number = len(objects) + 1
        kids.append(number)
        high = WIDTH * height / max(width, 1)
        draw = f"q {WIDTH:.2f} 0 0 {high:.2f} 0 0 cm /P Do Q".encode()
        box = f"[0 0 {WIDTH:.2f} {high:.2f}]"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {number + 1} 0 R"
            f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>".encode(),
            _stream("", draw),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
                "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
                jpeg,
            ),
        ]
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    listed = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{listed}]>>".encode()
    return _whole(objects)


def _stream(words: str, content: bytes) -> bytes:
    return f"<<{words}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def _whole(objects: Sequence[bytes]) -> bytes:
    """Put numbered objects together, with the table of where each begins."""
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{start:010d} 00000 n \n".encode() for start in starts)
    written += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(written)
