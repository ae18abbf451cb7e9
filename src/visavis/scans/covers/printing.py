"""A cover sheet as PDF: large words for who lays it, a coarse code in two corners for the scanner."""

from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from visavis.common.typesetting import typeset
from visavis.news.post.printing import sender_of
from visavis.scans.covers.meaning import SHEET
from visavis.scans.enums import Purpose
from visavis.scans.models import Cover
from visavis.ui.dates import day

HERE = Path(__file__).parent


def pdf(cover: Cover) -> bytes:
    """Typeset a sheet, in the language of whom it is for."""
    with translation.override(cover.person.language):
        return typeset(HERE / "cover.typ", "sheet", laid_out(cover))


def laid_out(cover: Cover) -> dict[str, Any]:
    sender = sender_of(cover.person)
    is_letter = cover.purpose == Purpose.MESSAGE
    title = _("A letter to the agency") if is_letter else _("A document")
    if cover.expected is not None:
        title = cover.expected.named
    return {
        "lang": cover.person.language,
        "title": title,
        "name": cover.person.name,
        "how": [
            _("Write on this sheet, and add others behind it.")
            if is_letter
            else _("Lay this sheet before the copies, the printed side in front."),
            _("Hand it in at the counter, or send it by post. Keep what there is only one of."),
        ],
        "lines": is_letter,
        "where_words": _("Where to"),
        "where": [*sender.lines, sender.phone],
        "until": _("This sheet is good until %(day)s.") % {"day": day(cover.until)},
        "code_words": _("Code of the sheet"),
        "code": cover.code,
        "qr": segno.make_qr(f"{SHEET}{cover.code}", error="q").svg_inline(border=0),
        "qr_words": _("For the scanner"),
    }
