"""The cards of what a search found: ten of a page, of which templates took a third of the page's time."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from visavis.ui import written
from visavis.ui.dates import day
from visavis.ui.drawn import drawn

register = template.Library()

FOUND = '<div class="small">\n  %s\n  %s\n</div>'
SENTENCE, SNIPPET, HIT = "<p>%s</p>", '<p class="muted">%s</p>', "<mark>%s</mark>"
REPORT = ' · %s · <a href="%s">%s<span class="visually-hidden"> – %s</span></a>'
HERS = ' <span class="tag info">%s</span>'


@register.simple_tag
def written_found(openings: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write a card for each opening found, with the words that were found in it."""
    cards = (written.article(one, _why(one)) for one in openings)
    return SafeString("".join(cards))  # nosec B703  (each part is escaped)


def _why(one: Mapping[str, Any]) -> str:
    """Write why it was found, since when it stands, where its link leads, and what is hers of it."""
    since = _("Published on %(day)s") % {"day": drawn(day(one["since"]))} if one["since"] else ""
    hers = "".join(HERS % drawn(words) for words in one["hers"])
    return f'{_found(one)}\n<p class="small muted">{since}{_elsewhere(one)}{hers}</p>\n'


def _found(one: Mapping[str, Any]) -> str:
    if not one["why"] and not one["snippet"]:
        return ""
    sentences = "".join(SENTENCE % drawn(sentence) for sentence in one["why"])
    parts = "".join(HIT % drawn(part.text) if part.is_hit else drawn(part.text) for part in one["snippet"])
    return FOUND % (sentences, SNIPPET % parts if parts else "")


def _elsewhere(one: Mapping[str, Any]) -> str:
    """Say that a link leads to the site that published it, and where the ad is reported."""
    if not one["source"]:
        return ""
    url = reverse("vacancies:report", kwargs={"vacancy_id": one["number"]})
    leads, report = _("The link leads to the site that published it"), _("Report this ad")
    return REPORT % (leads, url, report, drawn(one["title"]))
