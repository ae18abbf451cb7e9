"""Sentences about CVs: why one could not be read, and what stands in one."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from visavis.common.sentences import sentences_beside
from visavis.cvs.reading.document import Why

SENTENCES: dict[Why, str | Promise] = {
    Why(code): said for code, said in sentences_beside(__file__)["unread"].items()
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
