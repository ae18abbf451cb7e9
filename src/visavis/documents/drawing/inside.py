"""What a PDF carries beside its own pages: other files (a portfolio), or a form that only its program can show."""

from collections.abc import Iterator

import pypdfium2 as pdfium

from visavis.documents.drawing.kinds import MOST_PAGES, kind_of


def is_program(opened: pdfium.PdfDocument) -> bool:
    """Say whether its pages are only a notice, and what is meant is drawn by a program in it (XFA, shown anew)."""
    return bool(opened.get_formtype() == pdfium.raw.FORMTYPE_XFA_FULL)


def files(opened: pdfium.PdfDocument) -> Iterator[bytes]:
    """Return the PDFs and pictures in it, in their order: their pages come behind its own; others are left in it."""
    for number in range(min(opened.count_attachments(), MOST_PAGES)):
        try:
            data = bytes(opened.get_attachment(number).get_data())
        except pdfium.PdfiumError:
            # Named, and without content.
            continue
        if kind_of(data) is not None:
            yield data
