"""Sentences about CVs: why one could not be read, and what stands in one."""

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.cvs.reading.document import Why

SENTENCES: dict[Why, str | Promise] = {
    Why.EMPTY: _("This file is empty. Choose another one, or paste your CV as text."),
    Why.TOO_BIG: _(
        "This file is larger than 15 MB. Save it smaller, as a PDF for example, or paste your CV as text."
    ),
    Why.NOT_A_CV: _(
        "We cannot read this kind of file. Choose a PDF, a Word or OpenDocument file, a photo, "
        "or a Europass or JSON Resume file."
    ),
    Why.OLD_WORD: _("This is an old Word file (.doc). Save it as .docx or as a PDF, then choose it again."),
    Why.PASSWORD: _(
        "This file is protected by a password. Save it without its password, then choose it again."
    ),
    Why.DAMAGED: _("This file is damaged: it cannot be opened. Save it again, or paste your CV as text."),
    Why.SWELLS: _("This file holds far more than it shows: we did not open it. Save your CV as a PDF."),
    Why.ENTITIES: _(
        "This file holds instructions that a CV does not need: we did not read it. Save it as a PDF."
    ),
    Why.HUGE_PICTURE: _(
        "This picture is too large. Take the photo again with fewer points, or choose a PDF."
    ),
    Why.NO_OCR: _("Pictures cannot be read here for now. Choose a file with text, or paste your CV as text."),
    Why.NO_TEXT: _("We found no words in this file. Take a sharper photo, or paste your CV as text."),
    Why.TOO_LONG: _(
        "This is too long for a CV: we read up to 100,000 characters. Shorten it, then try again."
    ),
    Why.TOO_SLOW: _(
        "Reading this file takes too long: we stopped. Save it as a PDF, or paste your CV as text."
    ),
    Why.BUSY: _("Many CVs are being read just now. Wait a minute, then send yours again."),
}


def sentence(why: Why) -> str:
    """Say why a CV was not read, and what to do."""
    return str(SENTENCES[why])


def date_words(date: str) -> str:
    """Write "2019-03" as a person types it; a year stays as it is.

    >>> date_words("2019-03"), date_words("2019"), date_words("")
    ('03/2019', '2019', '')
    """
    year, _dash, month = date.partition("-")
    return f"{month}/{year}" if month else year


def end_words(fact: dict[str, Any]) -> str:
    return gettext("today") if fact["is_current"] else date_words(fact["end"])


def day(instant: Any) -> str:
    return date_format(instant, "DATE_FORMAT")
