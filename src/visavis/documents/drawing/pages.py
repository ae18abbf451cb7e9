"""From the bytes of a file to its pages as JPEG: upright, at most 2,000 pixels long, without what a camera adds."""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pillow_heif
import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from visavis.documents.drawing import codes, depths, faxes, inside, long
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
SMALL, SMALL_QUALITY = 220, 50
PASSWORD = 4
"""pdfium's number for a missing password."""
# The light of its brightest tenth, of 255: paper in good light is above 150.
DARK = 60
# How much neighbouring points of a page 1,000 points wide differ at most: 30 and more where print can be read.
BLURRED = 12.0
LOOKED_AT = 1_000

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"]
# How readers say that the memory of this process does not suffice (libheif, libavif, libwebp).
TOO_MUCH = re.compile(r"memory|alloc|security limit", re.IGNORECASE)
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, EOFError)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pillow_heif.register_heif_opener()
# Each thread of the decoder has a heap of its own.
pillow_heif.options.DECODE_THREADS = 1


def pages(data: bytes, some: slice = slice(MOST_PAGES)) -> Iterator[Drawn]:
    """Draw some pages of a file. Raises NotDrawn."""
    for picture, is_photo in pictures(data, some, most=MOST_PAGES):
        yield drawn(picture, is_photo=is_photo)


def of_scan(data: bytes, some: slice) -> Iterator[Drawn]:
    """Draw some pages of a scan, upright by their codes, with what the codes say. Raises NotDrawn."""
    for picture, _is_photo in pictures(data, some, most=MOST_OF_A_SCAN):
        turned, texts = codes.upright(picture)
        is_blank = not texts and codes.is_blank(turned)
        yield replace(drawn(turned, is_photo=False), codes=texts, is_blank=is_blank, small=small(turned))


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
            return len(places_of(opened)) + sum(number_of(one) for one in inside.files(opened))
        finally:
            opened.close()
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        return max(frames_of(picture), pieces_of(picture))
    except UNREADABLE as error:
        raise NotDrawn(Refusal.DAMAGED) from error


def opened_pdf(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF that has pages, with what was typed into its form. Raises NotDrawn."""
    try:
        opened = pdfium.PdfDocument(data)
        if len(opened):
            # Without it fields are drawn empty. This pdfium has no JavaScript: nothing of the form runs.
            opened.init_forms()
            if inside.is_program(opened):
                raise NotDrawn(Refusal.PROGRAM)
            return opened
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
        raise NotDrawn(Refusal.PASSWORD if is_locked else Refusal.DAMAGED) from error
    raise NotDrawn(Refusal.DAMAGED)


def of_pdf(data: bytes, some: slice, most: int) -> Iterator[tuple[Picture, bool]]:
    """Draw pages of a PDF as they are printed, then those of the files that it carries; scripts are left in it."""
    opened = opened_pdf(data)
    try:
        others = [(one, number_of(one)) for one in inside.files(opened)]
        own = places_of(opened)
        start = len(own)
        total = start + sum(number for _one, number in others)
        if total > most:
            raise NotDrawn(Refusal.HUGE)
        wanted = range(total)[some]
        for at, top, end in own[some]:
            yield printed(opened[at], top, end), False
        for one, number in others:
            mine = slice(max(0, wanted.start - start), max(0, wanted.stop - start))
            start += number
            yield from pictures(one, mine, most=most)
    except pdfium.PdfiumError as error:
        raise NotDrawn(Refusal.DAMAGED) from error
    finally:
        opened.close()


def places_of(opened: pdfium.PdfDocument) -> list[tuple[int, float, float]]:
    """Return each page of a PDF, with from where to where of it: of a page that is far too long, in several."""
    found = []
    for number in range(len(opened)):
        width, height = opened.get_page_size(number)
        for top, end in long.spans(width, height):
            found.append((number, top, end))
    return found


def printed(page: pdfium.PdfPage, top: float, end: float) -> Picture:
    """Draw a page, or a piece of it."""
    width, height = page.get_size()
    scale = min(DOTS / 72, LONGEST_SIDE / (max(width, end - top) or 1))
    picture: Picture = page.render(scale=scale, crop=(0, height - end, 0, top)).to_pil()
    return picture.convert("RGB")


def frames_of(picture: Picture) -> int:
    """Return of how many pages a picture is: of what moves, and of a camera's second view, the first is the page."""
    return getattr(picture, "n_frames", 1) if picture.format in {"TIFF", "HEIF"} else 1


def pieces_of(picture: Picture) -> int:
    """Return into how many pages a picture that stands alone is cut; what a camera took is never so long."""
    if picture.format in {"TIFF", "HEIF"}:
        return 1
    return long.pieces(*(picture.size[::-1] if lies_on_its_side(picture) else picture.size))


def lies_on_its_side(picture: Picture) -> bool:
    return picture.getexif().get(faxes.ORIENTATION, 1) in faxes.ON_ITS_SIDE


def of_long(opened: Picture, some: slice) -> Iterator[tuple[Picture, bool]]:
    """Cut the picture of a whole screen page, or of a roll, into pages. Raises NotDrawn."""
    if opened.width * opened.height > MOST_PIXELS:
        raise NotDrawn(Refusal.PIXELS)
    lies = lies_on_its_side(opened)
    most = long.size(*(opened.size[::-1] if lies else opened.size), LONGEST_SIDE)
    picture = brought(opened, is_alone=True, most=most[::-1] if lies else most)
    for one in long.cut(on_white(ImageOps.exif_transpose(picture)), some):
        yield one, False


def of_picture(data: bytes, some: slice, most: int) -> Iterator[tuple[Picture, bool]]:
    """Draw photos, or pages of a TIFF, turned as the camera says, once; their size is checked first."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
            frames, pieces = frames_of(opened), pieces_of(opened)
            if max(frames, pieces) > most:
                raise NotDrawn(Refusal.HUGE)
            if pieces > 1:
                yield from of_long(opened, some)
                return
            for number in range(frames)[some]:
                opened.seek(number)
                if opened.width * opened.height > MOST_PIXELS:
                    raise NotDrawn(Refusal.PIXELS)
                if opened.format == "HEIF":
                    yield on_white(of_heif(data, number)), True
                    continue
                is_photo = opened.format != "TIFF"
                # Read first: a page that says how it lies is turned when it is loaded, and no longer says so.
                stretched = 1.0 if is_photo else faxes.stretched(opened.getexif())
                picture = faxes.squared(brought(opened, is_alone=is_photo), stretched, LONGEST_SIDE)
                yield on_white(ImageOps.exif_transpose(picture)), is_photo
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise NotDrawn(Refusal.PIXELS) from error
    except UNREADABLE as error:
        raise NotDrawn(Refusal.PIXELS if TOO_MUCH.search(str(error)) else Refusal.DAMAGED) from error


def of_heif(data: bytes, number: int) -> Picture:
    """Read one photo of an iPhone, which its reader turns, in stripes: a second copy of 48 megapixels has no room."""
    points = np.asarray(pillow_heif.open_heif(data)[number])
    less = max(1, max(points.shape[:2]) // LONGEST_SIDE)
    high = less * 64
    stripes = [
        np.asarray(Image.fromarray(points[top : top + high]).reduce(less))
        for top in range(0, points.shape[0], high)
    ]
    picture = Image.fromarray(np.concatenate(stripes))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def brought(
    opened: Picture, *, is_alone: bool, most: tuple[int, int] = (LONGEST_SIDE, LONGEST_SIDE)
) -> Picture:
    """Bring a picture to its size before anything else is done with it: of a large one there is never a second copy.

    A JPEG is not even read larger than it is needed (libjpeg's scale).
    """
    picture = opened
    if opened.mode in {"1", "P", "PA"} or depths.is_deep(opened) or not is_alone:
        kinds = {"1": "L", "P": "RGBA" if "transparency" in opened.info else "RGB", "PA": "RGBA"}
        opened.load()
        deep = depths.is_deep(opened)
        picture = depths.shallow(opened) if deep else opened.convert(kinds.get(opened.mode, opened.mode))
    picture.thumbnail(most, Image.Resampling.LANCZOS)
    picture.load()
    return picture


def on_white(picture: Picture) -> Picture:
    """Lay what is transparent on white paper, as it is seen."""
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def drawn(picture: Picture, *, is_photo: bool) -> Drawn:
    """Write a page as JPEG; of a photo look at its light and sharpness, and cut the sheet out where it is seen."""
    if not is_photo:
        return Drawn(written(picture, QUALITY), picture.width, picture.height)
    from visavis.documents.drawing import cropping  # noqa: PLC0415  (a quarter of the memory: not while one is read)

    dark, blurred = looked_at(picture)
    whole = Drawn(written(picture, QUALITY), picture.width, picture.height, dark, blurred)
    sheet = cropping.cropped(picture)
    if sheet is None:
        return whole
    return Drawn(written(sheet, QUALITY), sheet.width, sheet.height, dark, blurred, as_taken=whole)


def small(picture: Picture) -> bytes:
    """Write a page so small that a list of them is light."""
    copy = picture.copy()
    copy.thumbnail((SMALL, SMALL), Image.Resampling.BOX)
    return written(copy, SMALL_QUALITY)


def written(picture: Picture, quality: int) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


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
