"""Lists of links and choices that stand on most pages, each written by one function.

A template takes forty microseconds a line of them, and a page has up to eighty; `tests/ui/test_written.py` compares.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from visavis.ui.drawn import drawn
from visavis.ui.said import symbol

CURRENT, CHECKED = ' aria-current="%s"', " checked"
LINK = '<li><a href="%s"%s>%s%s</a></li>'
BOTH = '<span class="long">%s</span><span class="short">%s</span>'
FILTER = '<li><a href="%s"%s>%s%s</a></li>'
COUNT = '<span class="count%s">%s</span>'
CHOICE = (
    '<label><input type="%s" form="search" name="%s" value="%s"%s><span>%s</span>'
    '<span class="count">%s</span></label>'
)


def pages(links: Iterable[Any]) -> SafeString:
    """Write main pages: the symbol and the short word are for phones."""
    return SafeString("".join(map(_page, links)))  # nosec B703  (each part is escaped)


def _page(link: Any) -> str:
    label, short = drawn(link.label), drawn(link.short)
    words = label if label == short else BOTH % (label, short)
    return LINK % (drawn(link.url), CURRENT % "page" if link.is_current else "", symbol(link.icon), words)


def filters(lines: Iterable[Any]) -> SafeString:
    """Write ready filters with their counts; one without a count is a link only."""
    written = (_filter(one if isinstance(one, Mapping) else vars(one)) for one in lines)
    return SafeString("".join(written))  # nosec B703  (each part is escaped)


def _filter(line: Mapping[str, Any]) -> str:
    count = line.get("count")
    hot = " hot" if line.get("is_hot") and count else ""
    return FILTER % (
        drawn(line["url"]),
        CURRENT % "true" if line.get("is_current") else "",
        drawn(line["label"]),
        "" if count is None else COUNT % (hot, count),
    )


def choices(group: Any) -> SafeString:
    """Write the choices of a filter of a search, each with how many it would leave."""
    kind, name = drawn(group.kind), drawn(group.parameter)
    lines = (
        CHOICE % (kind, name, drawn(one.value), CHECKED if one.is_chosen else "", drawn(one.label), one.count)
        for one in group.filter.choices
    )
    return SafeString("\n".join(lines))  # nosec B703  (each part is escaped)
