"""From the bytes of a file to its pages as JPEG: upright, at most 2,000 pixels long, without what a camera adds."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pillow_heif
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from visavis.documents.drawing import codes
from visavis.documents.drawing.kinds import (
    MOST_OF_A_SCAN,
    MOST_PAGES,
    Drawn,
    Kind,
    NotDrawn,
    Refusal,
    kind_of,
)

type Picture = Image.Image

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2_000
# Dots an inch of a page of a PDF, before it is brought to the longest side.
DOTS = 150
QUALITY = 80
PASSWORD = 4
"""pdfium's number for a missing password."""
# The light of its brightest tenth, of 255: paper in good light is above 150.
DARK = 60
# How much neighbouring points of a page 1,000 points wide differ at most: 30 and more where print can be read.
BLURRED = 12.0
LOOKED_AT = 1_000

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"]
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, EOFError)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pillow_heif.register_heif_opener()


def pages(data: bytes) -> Iterator[Drawn]:
    """Draw each page of a file. Raises NotDrawn."""
    for picture, is_photo in pictures(data, slice(MOST_PAGES), most=MOST_PAGES):
        yield drawn(picture, is_photo=is_photo)


def of_scan(data: bytes, some: slice) -> Iterator[Drawn]:
    """Draw some pages of a scan, upright by their codes, with what the codes say. Raises NotDrawn."""
    for picture, _is_photo in pictures(data, some, most=MOST_OF_A_SCAN):
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        turned, texts = codes.upright(picture)
        yield replace(
            drawn(turned, is_photo=False), codes=texts, is_blank=not texts and codes.is_blank(turned)
        )


def pictures(data: bytes, some: slice, *, most: int) -> Iterator[tuple[Picture, bool]]:
    """Return some pages of a file of at most so many, and whether a camera made each. Raises NotDrawn."""
    kind = kind_of(data)
    if kind is None:
        raise NotDrawn(Refusal.KIND)
    yield from of_pdf(data, some, most) if kind is Kind.PDF else of_picture(data, some, most)


def number_of(data: bytes) -> int:
    """Return how many pages a file has. Raises NotDrawn."""
    kind = kind_of(data)
    if kind is None:
        raise NotDrawn(Refusal.KIND)
    if kind is Kind.PDF:
        opened = opened_pdf(data)
        try:
            return len(opened)
        finally:
            opened.close()
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        return frames_of(picture)
    except UNREADABLE as error:
        raise NotDrawn(Refusal.DAMAGED) from error


def opened_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF that has pages. Raises NotDrawn."""
    try:
        opened = pdfium.PdfDocument(data)
        if len(opened):
            return opened
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
        raise NotDrawn(Refusal.PASSWORD if is_locked else Refusal.DAMAGED) from error
    raise NotDrawn(Refusal.DAMAGED)


def of_pdf(data: bytes, some: slice, most: int) -> Iterator[tuple[Picture, bool]]:
    """Draw pages of a PDF as they are printed: scripts, forms and attachments are left where they are."""
    opened = opened_pdf(data)
    if len(opened) > most:
        raise NotDrawn(Refusal.HUGE)
    try:
        for at in range(len(opened))[some]:
            page = opened[at]
            longest = max(page.get_size()) or 1
            scale = min(DOTS / 72, LONGEST_SIDE / longest)
            yield page.render(scale=scale).to_pil().convert("RGB"), False
    except pdfium.PdfiumError as error:
        raise NotDrawn(Refusal.DAMAGED) from error
    finally:
        opened.close()


def frames_of(picture: Picture) -> int:
    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1


def of_picture(data: bytes, some: slice, most: int) -> Iterator[tuple[Picture, bool]]:
    """Draw a photo, or pages of a TIFF, turned as its camera says, once; its size is checked first."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
            frames = frames_of(opened)
            if frames > most:
                raise NotDrawn(Refusal.HUGE)
            for number in range(frames)[some]:
                opened.seek(number)
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotDrawn(Refusal.HUGE)
                opened.load()
                yield on_white(ImageOps.exif_transpose(opened)), opened.format != "TIFF"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise NotDrawn(Refusal.HUGE) from error
    except UNREADABLE as error:
        raise NotDrawn(Refusal.DAMAGED) from error


def on_white(picture: Picture) -> Picture:
    """Lay what is transparent on white paper, as it is seen."""
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def drawn(picture: Picture, *, is_photo: bool) -> Drawn:
    """Bring a page to its size, look at its light and sharpness when a camera made it, and write it as JPEG."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    dark, blurred = looked_at(picture) if is_photo else (False, False)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(written.getvalue(), picture.width, picture.height, dark, blurred)


def looked_at(picture: Picture) -> tuple[bool, bool]:
    """Say whether a photo is too dark, or blurred: by its light, and by how sharply points differ from those around."""
    grey = picture.convert("L")
    grey.thumbnail((LOOKED_AT, LOOKED_AT))
    points = np.asarray(grey, dtype=np.float32)
    if min(points.shape) < 3:
        return False, False
    is_dark = float(np.percentile(points, 90)) < DARK
    around = points[:-2, 1:-1] + points[2:, 1:-1] + points[1:-1, :-2] + points[1:-1, 2:]
    edges = around - 4 * points[1:-1, 1:-1]
    return is_dark, float(np.percentile(np.abs(edges), 99)) < BLURRED
