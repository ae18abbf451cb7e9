"""What is far longer than a page (a whole screen page as one picture, a roll) is cut into pages that can be read.

Brought to the size of one page, of a picture twenty times as high as wide nothing could be read.
"""

from math import ceil

from PIL import Image

type Picture = Image.Image

# So many times as high as wide: a telephone's own screen is 2.2. Each page is then A_PAGE times as high as wide, and
# begins a little above where the last one ended, so that no line of print is cut in both.
LONG, A_PAGE, OVERLAP = 3.0, 1.5, 0.06
# What would be more pages is no paper: it stays one picture.
MOST = 30
# So many points of all of it are kept while it is cut.
POINTS = 24_000_000


def pieces(width: float, height: float) -> int:
    """Return into how many pages something is cut: mostly one."""
    if width <= 0 or height <= LONG * width:
        return 1
    number = ceil((height / width - OVERLAP) / (A_PAGE - OVERLAP))
    return number if number <= MOST else 1


def spans(width: float, height: float) -> list[tuple[float, float]]:
    """Return from where to where each page reaches, from the top; the last one reaches the end."""
    number = pieces(width, height)
    if number == 1:
        return [(0, height)]
    step = (A_PAGE - OVERLAP) * width
    return [(at * step, min(height, at * step + A_PAGE * width)) for at in range(number)]


def cut(picture: Picture, some: slice) -> list[Picture]:
    """Return some of its pages."""
    found = spans(picture.width, picture.height)[some]
    return [picture.crop((0, round(top), picture.width, round(end))) for top, end in found]


def size(width: int, height: int, longest: int) -> tuple[int, int]:
    """Return to which size a long picture is brought: each of its pages has at most its longest side."""
    less = min(1.0, longest / (A_PAGE * width), (POINTS / (width * height)) ** 0.5)
    return round(width * less), round(height * less)
