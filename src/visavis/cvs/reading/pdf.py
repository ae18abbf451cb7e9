"""PDF: the text with its place on each page; the picture of a page when it holds no text."""

import pypdfium2 as pdfium

from visavis.common import tesseract
from visavis.cvs.reading import photo
from visavis.cvs.reading.document import (
    MOST_CHARACTERS,
    MOST_PAGES,
    Document,
    Kind,
    Unreadable,
    Why,
    numbered,
)
from visavis.cvs.reading.layout import Box, lines_of

LEAST_TEXT = 25
"""Letters on a page below which it is taken for a picture."""

MOST_SCANNED = 8
DOTS_PER_INCH = 200
MOST_SIDE = 4_000
MOST_RECTANGLES = 6_000
PASSWORD = 4
"""pdfium's number for a missing password."""


def read(data: bytes) -> Document:
    """Read the first pages. Raises Unreadable."""
    try:
        opened = pdfium.PdfDocument(data)
        pages = len(opened)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
        raise Unreadable(Why.PASSWORD if is_locked else Why.DAMAGED) from error
    if not pages:
        raise Unreadable(Why.DAMAGED)
    try:
        return of_pages(opened, pages)
    except pdfium.PdfiumError as error:
        raise Unreadable(Why.DAMAGED) from error
    finally:
        opened.close()


def of_pages(opened: pdfium.PdfDocument, pages: int) -> Document:
    texts: list[tuple[int, str]] = []
    scanned = 0
    last = 0
    for number in range(min(pages, MOST_PAGES)):
        page = opened[number]
        lines = lines_of(boxes_of(page))
        if sum(len(line) for line in lines) < LEAST_TEXT:
            if scanned == MOST_SCANNED:
                break
            if tesseract.is_possible() and has_picture(page):
                lines, scanned = photo.text_lines(picture_of(page)), scanned + 1
            elif has_picture(page) and pages == 1:
                raise Unreadable(Why.NO_OCR)
        texts += [(number + 1, line) for line in lines]
        last = number + 1
        page.close()
        if sum(len(text) for _page, text in texts) > MOST_CHARACTERS:
            break
    found = numbered(texts)
    if not found:
        raise Unreadable(Why.NO_TEXT if tesseract.is_possible() else Why.NO_OCR)
    return Document(Kind.SCAN if scanned else Kind.PDF, found, pages, last)


def boxes_of(page: pdfium.PdfPage) -> list[Box]:
    """Return the runs of text of a page, y downwards from its top."""
    text = page.get_textpage()
    height = page.get_height()
    boxes = []
    for number in range(min(text.count_rects(), MOST_RECTANGLES)):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).replace("\r", "").replace("\n", " ")
        if words.strip():
            boxes.append(Box(left, height - top, right, height - bottom, words))
    text.close()
    return boxes


def has_picture(page: pdfium.PdfPage) -> bool:
    return any(one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=3))


def picture_of(page: pdfium.PdfPage) -> photo.Picture:
    longest = max(page.get_size()) or 1.0
    scale = min(DOTS_PER_INCH / 72, MOST_SIDE / longest)
    picture: photo.Picture = page.render(scale=scale, grayscale=True).to_pil()
    return picture
