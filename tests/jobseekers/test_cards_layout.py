"""The printed sheet has its boxes, squares and codes where the reader looks for them, whatever the words are."""

from dataclasses import replace

import numpy as np
import pytest
import segno
import zxingcpp
from django.utils import translation

from tests.jobseekers import hands
from visavis.common.typesetting import typeset
from visavis.jobseekers import agreed
from visavis.jobseekers.cards import layout, marked, printing
from visavis.jobseekers.cards.deck import Card, Deck, rows
from visavis.jobseekers.models import Jobseeker

MM = hands.MM


def off_by_mm(page: hands.Picture, middle: tuple[float, float], size: float) -> float:
    """Return how far the middle of what is black within a place lies from where it should be, in mm."""
    x, y = (one * MM for one in middle)
    reach = (size / 2 + 0.7) * MM
    points = np.asarray(page)[round(y - reach) : round(y + reach), round(x - reach) : round(x + reach)]
    down, across = np.nonzero(points < 100)
    if not len(down):
        return 99.0
    found = (
        (across.min() + across.max() + 1) / 2 + round(x - reach),
        (down.min() + down.max() + 1) / 2 + round(y - reach),
    )
    return float(np.hypot(found[0] - x, found[1] - y) / MM)


@pytest.mark.parametrize("language", printing.LANGUAGES)
def test_every_box_square_and_code_is_where_the_layout_says(language: str) -> None:
    pages = hands.printed(language)
    assert len(pages) == layout.PAGES
    for number, page in enumerate(pages, 1):
        away = [
            off_by_mm(page, box, layout.BOX)
            for place in hands.places(number)
            for box in layout.row(place, hands.CARDS).boxes
        ]
        away += [off_by_mm(page, square, layout.SQUARE) for square in layout.SQUARES]
        assert len(away) > 200 and max(away) < 0.12
        (code,) = zxingcpp.read_barcodes(page)
        said = (12345, hands.EDITION, number, layout.LAYOUT, language, agreed.number_of(language))
        assert marked.read(code.text) == marked.Marked(*said)
        assert abs(code.position.top_left.x / MM - layout.CODE_AT[0]) < 0.5
        assert abs(code.position.bottom_right.y / MM - layout.CODE_AT[1] - layout.CODE) < 0.5


def test_words_that_are_far_too_long_and_cards_that_are_gone_move_no_box() -> None:
    dealt = [Card(number, pack, code, "Mots " * 40, "R") for number, pack, code in rows(hands.EDITION)]
    gone = {3, 70, 71}
    cards = tuple(
        replace(one, label="Le ski") if one.number % 2 else one for one in dealt if one.number not in gone
    )
    with translation.override("fr"):
        said = printing.answers(Deck(hands.EDITION, cards), Jobseeker(pk=7), "fr")
        pages = hands.pictures(typeset(printing.HERE / "sheet.typ", "sheet", said))
    assert len(pages) == layout.PAGES
    for place in (0, 1, 4, 33, 68, 72, 136):
        row = layout.row(place, hands.CARDS)
        assert off_by_mm(pages[row.page - 1], row.boxes[1], layout.BOX) < 0.12
    missing = layout.row(2, hands.CARDS)
    assert off_by_mm(pages[0], missing.boxes[1], layout.BOX) > 1


def test_an_older_sheet_without_words_is_read_and_a_code_with_them_has_no_more_squares() -> None:
    said = "12/2026-1/1/01/fr"
    code = f"{marked.START}{said}/{marked._sign(said)}"
    assert marked.read(code) == marked.Marked(12, "2026-1", 1, 1, "fr")
    assert marked.read(code.replace("/fr/", "/en/")) is None
    # Finer ones make a row beside them doubtful.
    longest = marked.Marked(99_999_999, "2026-1", 2, 1, "fr", "0A1B2C3D")
    assert segno.make_qr(marked.code_for(longest), error="m").version == 3
