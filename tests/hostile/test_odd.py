"""Odd files at the doors of a site: expected verdict each, every page drawn, and something on it."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.hostile import odd
from tests.hostile.files import DRAWN, NONE
from tests.hostile.test_files import standing
from visavis.documents.drawing import alone, long, pages
from visavis.documents.drawing.kinds import Drawn, NotDrawn, Refusal
from visavis.documents.enums import Why

pytestmark = pytest.mark.django_db
__all__ = ["standing"]

# These need the process that draws: they ask for more than it has.
APART = ("laughs.pdf", "phone63.heic")
# A thread and a dot have no corners; what nobody drew into a field stands lower.
TOO_SMALL = ("thread.pdf", "thread.jpg", "dot.png", "field.pdf")
FILES = {file.name: (file, number) for file, number in odd.CORPUS}
HARMLESS = [name for name in FILES if name not in APART]


def drawn(name: str) -> list[Drawn] | str:
    try:
        return list(pages.pages(FILES[name][0].content))
    except NotDrawn as refusal:
        return str(refusal.why)


@pytest.mark.parametrize("name", HARMLESS)
def test_each_odd_file_is_drawn_whole_or_says_why(name: str) -> None:
    file, number = FILES[name]
    found = drawn(name)
    if isinstance(found, str):
        assert found == ("kind" if file.verdict == NONE else file.verdict)
        return
    assert (file.verdict, number) == (DRAWN, len(found))
    if name in TOO_SMALL:
        return
    for one in found:
        grey = Image.open(io.BytesIO(one.jpeg)).convert("L")
        corner = grey.getpixel((grey.width * 8 // 100, grey.height * 4 // 100))
        paper = grey.getpixel((grey.width * 95 // 100, grey.height * 95 // 100))
        assert isinstance(corner, int) and isinstance(paper, int)
        assert corner < 60 < 200 < paper


def test_a_form_is_drawn_as_filled_in_grey_keeps_its_steps_and_a_fax_its_shape() -> None:
    """A field without its look: without it a form that somebody filled in would be empty."""
    (page,) = pages.pages(FILES["field.pdf"][0].content)
    grey = Image.open(io.BytesIO(page.jpeg)).convert("L")
    assert grey.getextrema()[0] < 60
    # Pillow alone would draw all but black as white.
    steps = np.linspace(0, 65_535, 256 * 16).astype(np.uint16).reshape(16, 256)
    (page,) = pages.pages(odd.saved(Image.fromarray(np.repeat(steps, 16, axis=0)), "PNG"))
    grey = np.asarray(Image.open(io.BytesIO(page.jpeg)).convert("L"))
    assert 100 < grey[len(grey) // 2].mean() < 156
    # A sheet of A4 is as wide as it is high, divided by the root of two.
    for name in ("fax.tiff", "lying-fax.tiff"):
        (page,) = pages.pages(FILES[name][0].content)
        assert page.height / page.width == pytest.approx(2**0.5, rel=0.05)


def test_pages_of_a_portfolio_are_drawn_some_at_a_time_in_their_order() -> None:
    """As a long scan is: whichever pages are asked for, each is there once."""
    data = FILES["portfolio.pdf"][0].content
    whole = [one.jpeg for one in pages.pages(data)]
    assert pages.number_of(data) == len(whole) == 5
    by_two = [one.jpeg for first in range(0, 6, 2) for one in pages.pages(data, slice(first, first + 2))]
    assert by_two == whole


@pytest.mark.parametrize(
    ("name", "why"),
    [("laughs.pdf", Refusal.HUGE), pytest.param("phone63.heic", Refusal.PIXELS, marks=pytest.mark.again)],
)
def test_what_asks_for_too_much_says_so_and_not_that_it_is_damaged(name: str, why: Refusal) -> None:
    with pytest.raises(NotDrawn) as refused:
        alone.draw(FILES[name][0].content)
    assert refused.value.why is why and str(Why(why).label) != str(Why.DAMAGED.label)


@pytest.mark.again
def test_a_photo_of_48_megapixels_is_read_in_the_memory_there_is() -> None:
    (page,) = alone.draw(odd.large_heic(6048, 8064))
    assert (page.width, page.height) == (1500, 2000)


def test_of_what_is_far_longer_than_a_page_each_line_can_be_read_and_none_is_missing() -> None:
    """Brought to one page, a screen page twenty times as high as wide would have lines a point high."""
    tall = Image.new("RGB", (1000, 20_000), "white")
    for line in range(200):
        tall.paste((0, 0, 0), (100, 100 * line + 30, 900, 100 * line + 50))
    found = [Image.open(io.BytesIO(one.jpeg)).convert("L") for one in pages.pages(odd.saved(tall, "PNG"))]
    assert {one.width for one in found} == {1000} and max(one.height for one in found) <= 1500
    whole, at = np.full(20_000, 255, dtype=np.uint8), 0
    for one in found:
        column = np.asarray(one)[:, 500]
        whole[at : at + len(column)] = column
        at += 1440
    edges = np.flatnonzero(np.diff((whole < 128).astype(int)) == 1)
    assert len(edges) == 200 and (np.diff(edges) == 100).all()


def test_a_telephones_own_screen_is_one_page_and_a_thread_is_none_of_paper() -> None:
    for width, height, number in ((1080, 2400, 1), (2, 60_000, 1), (0, 5, 1), (100, 310, 3)):
        assert long.pieces(width, height) == number
        ends = long.spans(width, height)
        assert ends[0][0] == 0 and ends[-1][1] == height
