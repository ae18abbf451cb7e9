"""The cards and the answer sheet for paper, as PDF."""

from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from visavis.agencies.models import Agency
from visavis.common.typesetting import typeset
from visavis.consents import services as consents
from visavis.jobseekers import agreed
from visavis.jobseekers.cards import layout, marked
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.cards.deck import Card, Deck, deck, rows
from visavis.jobseekers.models import Jobseeker
from visavis.people.addresses import phone_as_written

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")
# The widest line a card takes, in letters at one point.
LINE = 255
LARGEST, SMALLEST = 26, 14
# Words that must not end a line of a card alone.
LONGEST_LITTLE_WORD = 3


def cards(language: str) -> bytes:
    """Typeset the cards of the latest edition: nothing of a person is in them."""
    with translation.override(language):
        return typeset(HERE / "cards.typ", "cards", laid_out(deck(), language))


def laid_out(whole: Deck, language: str) -> dict[str, Any]:
    return {
        "lang": language,
        "title": _("Cards: what do you like?"),
        "how": [
            _("Cut out the cards, or look at them page by page. There is no right or wrong answer."),
            _(
                "Lay each card on one of three piles, as it comes to you. Leave aside what says nothing to you."
            ),
            _("Then fill in the answer sheet: the number on the card is the number on the sheet."),
        ],
        "piles": [_("I like"), _("A little"), _("Not for me")],
        "packs": [[sized(card) for card in whole.pack(pack)] for pack in whole.packs],
        "footer": footer(whole),
        "page": _("Page {n} of {last}"),
    }


def sized(card: Card) -> dict[str, Any]:
    """Return a card with the largest size at which its longest word holds on the line."""
    longest = max((len(word) for word in card.label.split()), default=1)
    size = max(SMALLEST, min(LARGEST, LINE // longest))
    return {"number": card.number, "words": held_together(card.label, LINE // size), "size": size}


def held_together(label: str, most: int) -> str:
    """Tie each little word to the next where both hold on a line: no line ends with "le".

    >>> held_together("Le café et le thé", 12).split(" ")
    ['Le\\xa0café', 'et\\xa0le\\xa0thé']
    """
    lines = [""]
    for word in label.split():
        before = lines[-1].rsplit("\N{NO-BREAK SPACE}")[-1]
        ties = before and len(before) <= LONGEST_LITTLE_WORD and len(lines[-1]) + 1 + len(word) <= most
        if ties:
            lines[-1] += f"\N{NO-BREAK SPACE}{word}"
        else:
            lines.append(word)
    return " ".join(lines).strip()


def footer(whole: Deck) -> str:
    words = {"service": settings.VISAVIS_SERVICE_NAME, "edition": whole.edition}
    return _("%(service)s · cards, edition %(edition)s") % words


def sheet(jobseeker: Jobseeker, language: str) -> bytes:
    """Typeset the answer sheet of a person: her code, never her name."""
    with translation.override(language):
        return typeset(HERE / "sheet.typ", "sheet", answers(deck(), jobseeker, language))


def codes_drawn(whole: Deck, jobseeker: Jobseeker, language: str) -> list[str]:
    """Draw the code of each page, by which the scanner knows it; none for a file that is not kept yet."""
    if not jobseeker.pk:
        return []
    said = (
        marked.Marked(jobseeker.pk, whole.edition, page, layout.LAYOUT, language, agreed.number_of(language))
        for page in range(1, layout.PAGES + 1)
    )
    return [segno.make_qr(marked.code_for(one), error="m").svg_inline(border=0) for one in said]


def answers(whole: Deck, jobseeker: Jobseeker, language: str) -> dict[str, Any]:
    return {
        "lang": language,
        "layout": measures(whole),
        "qrs": codes_drawn(whole, jobseeker, language),
        "title": _("Answer sheet: what do you like?"),
        "code_words": _("Code of the file"),
        "qr_words": _("For the scanner"),
        "code": code_of(jobseeker.pk) if jobseeker.pk else "",
        "how": [
            _("Tick “I like” or “A little” for each card of these two piles. Tick nothing for the others."),
            _(
                "Tick “File” only for what you want in your file. The rest is not kept. By ticking “File” you say:"
            ),
        ],
        "words": consents.words_of(agreed.INTERESTS, language),
        "words_number": _("Number of these words: %(number)s") % {"number": agreed.number_of(language)},
        "heads": [_("No."), _("Card"), _("I like"), _("A little"), pgettext("column", "File")],
        "pages": pages(whole),
        "count_words": _("Count your ticks, so that we notice if we misread one:"),
        "counts": [_("“I like”"), _("“A little”"), _("“File”")],
        "where_words": _("Where to hand in this sheet"),
        "where": where(jobseeker.agency),
        "footer": footer(whole),
        "page": _("Page {n} of {last}"),
    }


def measures(whole: Deck) -> dict[str, Any]:
    """Return where things stand on the sheet, in millimetres, as the template asks for them."""
    cards = len(rows(whole.edition))
    return {
        "margin": layout.MARGIN,
        "top": layout.TOP_MARGIN,
        "bottom": layout.BOTTOM_MARGIN,
        "square": layout.SQUARE,
        "squares": layout.SQUARES,
        "code_at": layout.CODE_AT,
        "code": layout.CODE,
        "tables_at": layout.TABLES_AT,
        "columns_at": layout.COLUMNS_AT,
        "widths": layout.WIDTHS,
        "head": layout.HEAD,
        "row": layout.row_height(cards),
        "rows_height": layout.ROWS_HEIGHT,
        "box": layout.BOX,
        "line": layout.LINE,
    }


def pages(whole: Deck) -> list[list[list[dict[str, Any] | None]]]:
    """Deal the cards into the columns of the pages, each in its place of the edition: an unknown one leaves a gap."""
    known = whole.by_number()
    dealt = [
        {"number": number, "words": known[number].label} if number in known else None
        for number, _pack, _code in rows(whole.edition)
    ]
    most = layout.rows_a_column(len(dealt))
    columns = [dealt[most * at : most * (at + 1)] for at in range(layout.PAGES * layout.COLUMNS_A_PAGE)]
    return [columns[at : at + layout.COLUMNS_A_PAGE] for at in range(0, len(columns), layout.COLUMNS_A_PAGE)]


def where(agency: Agency | None) -> list[str]:
    """Say where the sheet goes: to the counter of her agency, or there by post."""
    if agency is None:
        words = {"phone": phone_as_written(settings.VISAVIS_PHONE)}
        return [_("At the counter of any agency. To know which is near: %(phone)s.") % words]
    address = f"{agency.name}, {agency.address}, {agency.commune.postal_name}"
    return [
        _("At the counter, or by post: %(address)s.") % {"address": address},
        _("Questions: %(phone)s.") % {"phone": agency.phone_shown},
    ]
