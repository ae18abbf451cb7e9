"""Ticks are read from real pictures of the real sheet: never one wrongly for certain, and nearly all for certain."""

import io
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.common.at_once import IS_FULL
from tests.jobseekers import hands
from tests.jobseekers.hands import MM, Filled, Pen, Scanner
from visavis.documents.drawing.pages import of_scan
from visavis.jobseekers.cards import layout, printing
from visavis.jobseekers.cards.deck import rows
from visavis.jobseekers.cards.ticks import alone, ink, lying
from visavis.jobseekers.cards.ticks.kinds import Asked, Mark, Seen

# Sheets filled in by as many hands, 411 boxes each, about 80 of them ticked.
SHEETS = 40 if IS_FULL else 2
PLAIN = Scanner()


def drawn(page: hands.Picture, how: Scanner = PLAIN, seed: int = 0) -> bytes:
    """Scan a page, and draw it anew as the service does."""
    kept = hands.as_kept(hands.scanned(page, how, seed), how.quality)
    return next(of_scan(kept, slice(0, 1))).jpeg


def asked(page: int = 1) -> Asked:
    return Asked(page, tuple(hands.places(page)), hands.CARDS)


def read(page: hands.Picture, how: Scanner = PLAIN, number: int = 1, seed: int = 0) -> Seen | None:
    return ink.read(Image.open(io.BytesIO(drawn(page, how, seed))), asked(number))


def compared(seen: Seen | None, filled: Filled, number: int = 1) -> Counter[str]:
    """Count what was read surely and rightly, surely and wrongly, and not surely."""
    found: Counter[str] = Counter()
    for at, place in enumerate(hands.places(number)):
        for mark, is_meant in zip(
            seen.marks[at] if seen else (Mark.DOUBTFUL,) * 3, filled.meant(place), strict=True
        ):
            is_sure = mark is not Mark.DOUBTFUL
            is_right = is_sure and (mark is Mark.TICKED) == is_meant
            word = "right" if is_right else "wrong" if is_sure else "open"
            found[f"{'tick' if is_meant else 'empty'} {word}"] += 1
    return found


def test_no_tick_is_read_wrongly_for_certain_and_nearly_all_are_read() -> None:
    """Sheets of any hand, from any scanner."""
    found: Counter[str] = Counter()
    for seed in range(SHEETS):
        random = np.random.default_rng(seed)
        pen, how = hands.any_pen(random), hands.any_scanner(random)
        pages, filled = hands.drawn_sheet(random, pen)
        for number, page in enumerate(pages, 1):
            found += compared(read(page, how, number, seed), filled, number)
    ticks = found["tick right"] + found["tick open"] + found["tick wrong"]
    assert found["tick wrong"] == found["empty wrong"] == 0, found
    assert ticks > 70 * SHEETS and found["tick right"] >= 0.95 * ticks, found
    assert found["empty right"] >= 0.99 * (found["empty right"] + found["empty open"]), found


@pytest.mark.again
def test_the_controls_what_is_not_laid_straight_is_read_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above would see it. A page moved by one row has frames everywhere: only the squares tell."""
    page = hands.printed()[0].copy()
    hands.mark(page, 9, 0, Pen(), np.random.default_rng(1))
    moved = lying.by_edges((2000, 1414)) @ np.array([[1, 0, 0], [0, 1, layout.ROW], [0, 0, 1]])
    right = read(page, Scanner(grain=1))
    assert right is not None and right.marks[9][0] is Mark.TICKED
    monkeypatch.setattr(lying, "by_squares", lambda picture, dark: moved)
    wrong = read(page, Scanner(grain=1, dpi=171))
    assert wrong is None or wrong.marks[8][0] is Mark.TICKED
    monkeypatch.setattr(lying, "by_squares", lambda picture, dark: lying.by_edges(dark.shape))
    monkeypatch.setattr(lying, "by_frames", lambda plane, dark, boxes: lying.Lying(plane, np.zeros((6, 2))))
    monkeypatch.setattr(ink, "framed", lambda patches, x, y: np.ones(len(patches), dtype=bool))
    pages, filled = hands.drawn_sheet(np.random.default_rng(5), Pen())
    photo = hands.photographed(pages[0], hands.Camera(slant=0.1))
    for seen in (read(pages[0], Scanner(skew=2.0, shrunk=0.96)), ink.read(photo, asked())):
        found = compared(seen, filled)
        assert found["tick wrong"] + found["empty wrong"] > 10, found


def test_of_a_photo_no_row_is_read_wrongly_and_what_lies_at_a_slant_is_left_open() -> None:
    """It is left to who enters it; of a page taken from above the ticks are read. Any hand, any phone."""
    found: Counter[str] = Counter()
    for seed in range(SHEETS):
        random = np.random.default_rng(seed)
        pen, how = hands.any_pen(random), hands.any_camera(random)
        pages, filled = hands.drawn_sheet(random, pen)
        for number, page in enumerate(pages, 1):
            kept = hands.as_kept(hands.photographed(page, how, seed))
            picture = Image.open(io.BytesIO(next(of_scan(kept, slice(0, 1))).jpeg))
            found += compared(ink.read(picture, asked(number)), filled, number)
    assert found["tick wrong"] == found["empty wrong"] == 0, found
    assert found["tick right"] > 10 * SHEETS and found["tick open"], found


def taken_back(page: hands.Picture, place: int) -> None:
    """Fill a box that was ticked by mistake, and tick another."""
    hands.mark(page, place, 2, Pen("filled", 0.6), np.random.default_rng(1))
    hands.mark(page, place, 0, Pen("cross"), np.random.default_rng(2))


def struck_out(page: hands.Picture, place: int) -> None:
    """Strike a row out from its words to its last box."""
    hands.mark(page, place, 0, Pen("tick"), np.random.default_rng(1))
    row = layout.row(place, hands.CARDS)
    spots = [(row.left + 10, row.middle - 0.4), (row.boxes[2][0] + 3, row.middle + 0.5)]
    hands.line(page, spots, Pen(width=0.5), np.random.default_rng(3))


def scribbled(page: hands.Picture, place: int) -> None:
    """Scribble over a box and what is around it."""
    x, y = layout.row(place, hands.CARDS).boxes[2]
    across = np.linspace(-4, 4, 30)
    spots = [(x + one, y + 2.8 * (-1) ** number) for number, one in enumerate(across)]
    hands.line(page, spots, Pen(width=0.5), np.random.default_rng(3))


def a_dot(page: hands.Picture, place: int) -> None:
    """Set the pen down, and lift it again."""
    x, y = layout.row(place, hands.CARDS).boxes[2]
    hands.line(page, [(x, y), (x + 0.3, y)], Pen(width=0.5), np.random.default_rng(3))


def a_faint_tick(page: hands.Picture, place: int) -> None:
    hands.mark(page, place, 2, Pen("tick", 0.4, 195), np.random.default_rng(3))


def a_blot(page: hands.Picture, place: int) -> None:
    x, y = (one * MM for one in layout.row(place, hands.CARDS).boxes[2])
    ImageDraw.Draw(page).ellipse([x - 60, y - 55, x + 55, y + 60], fill=30)


# Each on a row of its own, and which of its boxes are doubtful then.
DOUBTS: list[tuple[Callable[[hands.Picture, int], None], int, set[int]]] = [
    (taken_back, 4, {2}),
    (struck_out, 8, {0, 1, 2}),
    (scribbled, 12, {2}),
    (a_dot, 16, {2}),
    (a_faint_tick, 28, {2}),
    (a_blot, 32, {2}),
]


@pytest.mark.parametrize("is_black", [False, True])
def test_what_could_be_read_in_two_ways_is_doubtful(is_black: bool) -> None:
    page = hands.printed()[0].copy()
    for place in (20, 22, 25):
        hands.mark(page, place, 1, Pen("cross"), np.random.default_rng(place))
    hands.mark(page, 1, 0, Pen("cross"), np.random.default_rng(1))
    hands.mark(page, 1, 1, Pen("tick"), np.random.default_rng(2))
    for drawing, place, _boxes in DOUBTS:
        drawing(page, place)
    seen = read(page, Scanner(is_black=is_black, skew=1.0))
    assert seen is not None
    assert seen.marks[1] == (Mark.TICKED, Mark.TICKED, Mark.EMPTY), "two ticks in a row are both seen"
    for drawing, place, boxes in DOUBTS:
        if is_black and drawing in {a_faint_tick, a_dot}:
            # What a scanner in black and white leaves out is not on the paper that comes.
            assert seen.marks[place][2] is not Mark.TICKED
        else:
            doubtful = {box for box in boxes if seen.marks[place][box] is Mark.DOUBTFUL}
            assert doubtful == boxes, drawing.__name__


@pytest.mark.parametrize(
    "how",
    [
        Scanner(100, 3.0, 0.96, (2, -2), grain=15),
        pytest.param(Scanner(300, -3.0, 1.0, (-2, 2), is_black=True), marks=pytest.mark.again),
        Scanner(100, 3.0, is_black=True, on_its_head=True),
        pytest.param(
            Scanner(150, -3.0, 0.97, grain=20, quality=40, on_its_head=True), marks=pytest.mark.again
        ),
    ],
    ids=["100-shrunk", "300-black", "100-black-head", "150-grain-head"],
)
def test_every_tick_is_read_on_a_page_that_lies_badly(how: Scanner) -> None:
    random = np.random.default_rng(3)
    page, filled = hands.printed()[1].copy(), Filled()
    for place in hands.places(2)[::3]:
        filled.ticks[place] = {place % 2, 2}
        for box in filled.ticks[place]:
            hands.mark(page, place, box, Pen(("cross", "tick", "slash")[place % 3]), random)
    found = compared(read(page, how, 2), filled, 2)
    assert not found["tick wrong"] + found["empty wrong"] + found["tick open"], found


def test_a_cup_a_torn_corner_and_a_lost_square_are_borne_but_not_three() -> None:
    random = np.random.default_rng(9)
    pages, filled = hands.drawn_sheet(random, Pen("tick"))
    for middle, light in [((80, 120), 215), ((180, 200), 185)]:
        hands.stain(pages[0], middle, light=light)
    for how in (Scanner(), Scanner(is_black=True)):
        found = compared(read(pages[0], how), filled)
        assert not found["tick wrong"] + found["empty wrong"], found
        assert found["tick right"] > 20
    page = hands.printed()[0].copy()
    hands.mark(page, 9, 1, Pen(), np.random.default_rng(1))
    draw = ImageDraw.Draw(page)
    draw.polygon([(0, page.height), (0, page.height - 500), (500, page.height)], fill=60)
    seen = read(page)
    assert seen is not None and seen.marks[9][1] is Mark.TICKED
    for square in layout.SQUARES[3:]:
        x, y = (one * MM for one in square)
        draw.rectangle([x - 60, y - 60, x + 60, y + 60], fill=255)
    assert read(page) is None


def test_other_pages_are_not_read_and_fewer_cards_at_their_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = hands.printed()
    assert read(second, number=1) is None and read(first, number=2) is None
    blank = Image.new("L", first.size, 255)
    assert ink.read(blank, asked()) is None
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (1500, 1000), dtype=np.uint8))
    assert ink.read(noise, asked()) is None
    assert ink.read(Image.new("L", (3, 3)), asked()) is None
    few = 61
    monkeypatch.setattr(printing, "rows", lambda edition: rows(edition)[:few])
    page = hands.printed(most=few)[1].copy()
    on_it = hands.places(2, few)
    hands.mark(page, on_it[20], 1, Pen(), np.random.default_rng(1), few)
    seen = ink.read(Image.open(io.BytesIO(drawn(page))), Asked(2, tuple(on_it), few))
    assert seen is not None
    assert [at for at, three in enumerate(seen.marks) if Mark.TICKED in three] == [20]
    assert not any(Mark.DOUBTFUL in three for three in seen.marks)


def test_the_process_that_reads_is_alone_and_its_answer_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    page = hands.printed()[0].copy()
    hands.mark(page, 9, 1, Pen(), np.random.default_rng(1))
    found, broken = alone.read([(drawn(page), asked()), (b"\xff\xd8\xffnothing", asked())])
    assert broken is None and found is not None
    assert found.marks[9] == (Mark.EMPTY, Mark.TICKED, Mark.EMPTY)
    assert len(found.marks) == len(asked().places)


ANSWERS = [
    b"",
    b"null",
    b"[]",
    b"[1]",
    b'[{"lies": null, "marks": []}]',
    b'[{"lies": [1, 2, 3, 4, 5, 6], "marks": []}]',
    b'[{"lies": [1, 2, 3, 4, 5, NaN], "marks": ["000"]}]',
    b'[{"lies": [1, 2, 3, 4, 5, 1e9], "marks": ["000"]}]',
    b'[{"lies": [1, 2, 3, 4, 5, 6], "marks": ["00x"]}]',
    b'[{"lies": [1, 2, 3, 4, 5, 6], "marks": ["0000"]}]',
    b'[{"lies": [1, 2, 3, 4, 5], "marks": ["000"]}]',
]


@pytest.mark.parametrize("said", ANSWERS, ids=range(len(ANSWERS)))
def test_an_answer_of_another_shape_is_none(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone.apart, "run", lambda *program, data, seconds: said)
    assert alone.read([(b"x", Asked(1, (0,), 137))]) == [None]
