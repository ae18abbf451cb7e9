"""Photos and scans: the words by `tesseract`, a program of its own, when the machine has it."""

import io
import warnings
from collections import defaultdict
from statistics import median

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from visavis.common import tesseract
from visavis.cvs.reading.document import Document, Kind, Unreadable, Why, numbered
from visavis.cvs.reading.layout import Box, lines_of

type Picture = Image.Image
type Words = list[tuple[float, float, float, float, str]]

SECONDS = 25
MOST_PIXELS = 60_000_000
LONG_SIDE = 2_600
SHORT_SIDE = 1_500
LEAST_SURE = 30.0

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pillow_heif.register_heif_opener()


def read(data: bytes) -> Document:
    """Read the words of a photo. Raises Unreadable."""
    picture = decoded(data)
    if not tesseract.is_possible():
        raise Unreadable(Why.NO_OCR)
    found = numbered([(1, line) for line in text_lines(upright(picture))])
    if not found:
        raise Unreadable(Why.NO_TEXT)
    return Document(Kind.PHOTO, found)


def decoded(data: bytes) -> Picture:
    """Open a picture, turned as its camera says, in grey; its size is checked before it is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable(Why.HUGE_PICTURE)
            picture.load()
            turned: Picture = ImageOps.exif_transpose(picture).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Unreadable(Why.HUGE_PICTURE) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError) as error:
        raise Unreadable(Why.DAMAGED) from error
    return sized(turned)


def sized(picture: Picture) -> Picture:
    """Bring a picture to the size at which letters are read best."""
    longest = max(picture.size)
    wanted = LONG_SIDE if longest > LONG_SIDE else longest if longest >= SHORT_SIDE else SHORT_SIDE
    if wanted == longest or longest == 0:
        return picture
    share = wanted / longest
    return picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))


def upright(picture: Picture) -> Picture:
    """Turn a photo taken sideways or upside down, when tesseract is sure of it."""
    try:
        turn = tesseract.turn_of(picture, seconds=SECONDS)
    except tesseract.NotRead as error:
        raise Unreadable(Why.TOO_SLOW) from error
    return picture.rotate(-turn, expand=True) if turn else picture


def text_lines(picture: Picture) -> list[str]:
    """Return the lines of a picture in reading order."""
    clear = ImageOps.autocontrast(picture, cutoff=1)
    try:
        table = tesseract.read(clear, "-l", tesseract.LANGUAGES, "--psm", "3", "tsv", seconds=SECONDS)
    except tesseract.NotRead as error:
        raise Unreadable(Why.TOO_SLOW) from error
    by_line: dict[tuple[str, ...], Words] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= LEAST_SURE:
            left, top, width, height = (float(cell) for cell in cells[6:10])
            by_line[tuple(cells[1:5])].append((left, top, left + width, top + height, cells[11]))
    slope = slope_of(list(by_line.values()))
    boxes = [box for words in by_line.values() for box in parts(words, slope)]
    return lines_of(boxes)


def slope_of(found: list[Words]) -> float:
    """Return how much the lines of the page climb: what a photo held askew does to rows."""
    slopes = [
        ((words[-1][1] + words[-1][3]) - (words[0][1] + words[0][3])) / 2 / (words[-1][0] - words[0][0])
        for words in found
        if len(words) >= 4 and words[-1][0] > words[0][0]
    ]
    return median(slopes) if slopes else 0.0


def parts(words: Words, slope: float) -> list[Box]:
    """Join the words of a line, cut where the gap is wide; the page is laid straight."""
    height = median(bottom - top for _left, top, _right, bottom, _word in words)
    boxes: list[Box] = []
    for left, top, right, bottom, word in words:
        middle = (top + bottom) / 2 - slope * left
        if boxes and left - boxes[-1].right < 1.5 * height:
            last = boxes[-1]
            boxes[-1] = Box(last.left, last.top, right, last.bottom, f"{last.text} {word}")
        else:
            boxes.append(Box(left, middle - height / 2, right, middle + height / 2, word))
    return boxes
