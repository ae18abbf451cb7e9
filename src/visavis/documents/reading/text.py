"""From a drawn page to its words: upright when that is sure, straight enough when it lies a little askew."""

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from visavis.common import tesseract
from visavis.documents.reading.straight import straightened

# By the clock, which a busy machine stretches; the work itself is limited where the process begins.
SECONDS = 180
# Of a hundred: what is less sure is a stain, or handwriting.
LEAST_SURE = 30.0
# Little words of both languages. A text has many of them, a page on its head hardly any: tesseract is as sure of the
# nonsense that it reads there.
LITTLE = frozenset(
    {"au", "aux", "ce", "cette", "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "je", "la", "le",
     "les", "leur", "ma", "mes", "mon", "ne", "nous", "ou", "par", "pas", "pour", "que", "qui", "sa", "ses",
     "son", "sur", "un", "une", "vos", "votre", "vous", "and", "are", "as", "at", "be", "by", "for", "from",
     "has", "have", "in", "is", "it", "of", "on", "our", "that", "the", "this", "to", "was", "we", "with",
     "you", "your"}
)  # fmt: skip
LEAST_LITTLE, FEW_WORDS = 0.08, 6
# Of so many letters a word is longer than it is high.
LONG_WORD = 4
# Letters are read well on a page so long, in points; a smaller one is brought there.
LONG_SIDE = 1_700
MOST_SIGNS = 20_000


@dataclass(frozen=True)
class Read:
    """The words of a page, line by line, and by how many degrees clockwise it has to be turned to be read."""

    text: str
    turn: int = 0


def read(jpeg: bytes) -> Read:
    """Read one page; a page without words has none. Raises NotRead."""
    grey = Image.open(io.BytesIO(jpeg), formats=["JPEG"]).convert("L")
    # Nothing is cut at the dark end: on a page with few lines that would be the lines.
    picture = straightened(sized(ImageOps.autocontrast(grey, cutoff=(0, 2))))
    lines, is_sideways = found(picture)
    if (is_sideways or not makes_sense(lines)) and (turn := tesseract.turn_of(picture, seconds=SECONDS)):
        again, _ = found(picture.rotate(-turn, expand=True))
        if makes_sense(again):
            return Read(whole(again), turn)
    return Read(whole(lines))


def whole(lines: Sequence[str]) -> str:
    return "\n".join(lines)[:MOST_SIGNS]


def makes_sense(lines: Sequence[str]) -> bool:
    """Say whether lines are a text in one of the languages, or too few words to tell."""
    words = " ".join(lines).lower().split()
    return len(words) < FEW_WORDS or sum(word in LITTLE for word in words) >= LEAST_LITTLE * len(words)


def sized(picture: Image.Image) -> Image.Image:
    longest = max(picture.size)
    if longest >= LONG_SIDE:
        return picture
    share = LONG_SIDE / longest
    return picture.resize((max(1, round(picture.width * share)), max(1, round(picture.height * share))))


def found(picture: Image.Image) -> tuple[list[str], bool]:
    """Return the lines of a picture, and whether they run from top to bottom: tesseract reads these too."""
    table = tesseract.read(picture, "-l", tesseract.LANGUAGES, "--psm", "3", "tsv", seconds=SECONDS)
    lines: dict[tuple[str, ...], list[str]] = defaultdict(list)
    tall = long = 0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip() and float(cells[10]) >= LEAST_SURE:
            lines[tuple(cells[1:5])].append(cells[11])
            is_long = len(cells[11]) >= LONG_WORD
            long += is_long
            tall += is_long and int(cells[9]) > int(cells[8])
    return [" ".join(words) for words in lines.values()], tall * 2 > long
