"""From the bytes of a file to its pages as JPEG: upright, at most 2,000 pixels long, without what a camera adds."""

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pillow_heif
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from visavis.documents.drawing.kinds import MOST_PAGES, Drawn, Kind, NotDrawn, Refusal, kind_of

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

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pillow_heif.register_heif_opener()


def pages(data: bytes) -> Iterator[Drawn]:
    """Draw each page of a file. Raises NotDrawn."""
    kind = kind_of(data)
    if kind is None:
        raise NotDrawn(Refusal.KIND)
    yield from of_pdf(data) if kind is Kind.PDF else of_picture(data)


def of_pdf(data: bytes) -> Iterator[Drawn]:
    """Draw each page of a PDF as it is printed: scripts, forms and attachments are left where they are."""
    try:
        opened = pdfium.PdfDocument(data)
        number = len(opened)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
        raise NotDrawn(Refusal.PASSWORD if is_locked else Refusal.DAMAGED) from error
    if not number:
        raise NotDrawn(Refusal.DAMAGED)
    if number > MOST_PAGES:
        raise NotDrawn(Refusal.HUGE)
    try:
        for at in range(number):
            page = opened[at]
            longest = max(page.get_size()) or 1
            scale = min(DOTS / 72, LONGEST_SIDE / longest)
            yield drawn(page.render(scale=scale).to_pil().convert("RGB"), is_photo=False)
    except pdfium.PdfiumError as error:
        raise NotDrawn(Refusal.DAMAGED) from error
    finally:
        opened.close()


def of_picture(data: bytes) -> Iterator[Drawn]:
    """Draw a photo, or each page of a TIFF, turned as its camera says, once; its size is checked first."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"])
            frames = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            if frames > MOST_PAGES:
                raise NotDrawn(Refusal.HUGE)
            for number in range(frames):
                opened.seek(number)
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotDrawn(Refusal.HUGE)
                opened.load()
                yield drawn(on_white(ImageOps.exif_transpose(opened)), is_photo=opened.format != "TIFF")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise NotDrawn(Refusal.HUGE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, EOFError) as error:
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
