"""Lists of links and choices that stand on most pages, each written by one function.

A template takes forty microseconds a line of them, and a page has up to eighty; `tests/ui/test_written.py` compares.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import floor
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
BAR = (
    '<span class="fit"><span>{}</span><svg aria-hidden="true" focusable="false" width="72" height="8">'
    '<rect width="100%" height="8"/><rect width="{}%" height="8"/></svg></span>'
)
ARTICLE = (
    '\n<article class="card opening%(aside)s" id="%(id)s" tabindex="-1" data-visavis-row'
    ' aria-labelledby="%(id)s-title">%(inside)s\n</article>\n'
)
OPENING = '\n  <h3 id="%s-title">%s</h3>\n  %s\n  '
TOLD = "\n    %s\n    %s\n    %s\n  "
WHO, LINE, FACT = '<p class="opening__who">%s</p>', '<ul class="line brief">%s</ul>', "<li>%s</li> "
WHY = '\n      <div class="why">\n        <p>%s</p>\n        %s\n        %s\n      </div>\n    '
TICKS, TICK = (
    '<ul class="ticks">%s</ul>',
    '<li>%s<span><span class="visually-hidden">%s </span>%s</span></li>',
)
LACKS = '<p class="lacks"><b>%s</b> %s</p>'
BAR_ROW = (
    '\n      <li>%s<svg>%s<rect class="bar%s" x="%s" y="15%%" height="70%%" width="%s" rx="3"/></svg>'
    '<span class="plot__value n">%s</span></li>\n    '
)
ZERO = '<line class="zero" x1="%s" x2="%s" y1="-20%%" y2="120%%"/>'
MARK = '<line class="tick" x1="%s" x2="%s" y1="0" y2="6"/><text x="%s" y="20" text-anchor="middle">%s</text>'
FIGURE = '<tr><th scope="row">%s</th><td class="n">%s</td></tr>'

type Number = int | float | Decimal


def article(card: Mapping[str, Any], under: str) -> SafeString:
    """Write a card as `ui/opening.html` does, with what stands under it, written already."""
    kept = {"aside": " is-aside" if card.get("is_aside") else "", "id": drawn(card.get("id", ""))}
    return SafeString(ARTICLE % (kept | {"inside": opening(card) + under}))  # nosec B703  (escaped)


def opening(said: Any) -> SafeString:
    """Write what an opening is, and why it suits: the inside of its card, as far as what one may do with it."""
    card: Mapping[str, Any] = said if isinstance(said, Mapping) else vars(said)
    title = drawn(card.get("title", ""))
    if url := card.get("url"):
        title = f'<a href="{drawn(url)}">{title}</a>'
    told = "" if card.get("is_aside") else _told(card)
    return SafeString(OPENING % (drawn(card.get("id", "")), title, told))  # nosec B703  (each part is escaped)


def _told(card: Mapping[str, Any]) -> str:
    employer, line = card.get("employer"), card.get("line")
    return TOLD % (
        WHO % drawn(employer) if employer else "",
        LINE % "".join(FACT % drawn(fact) for fact in line) if line else "",
        _why(card, card["fit"]) if card.get("fit") else "",
    )


def _why(card: Mapping[str, Any], fit: Any) -> str:
    """Write how well it suits, what speaks for it, and what is missing or worth knowing."""
    reasons, lacks = card.get("reasons"), ""
    if missing := card.get("missing"):
        lacks = LACKS % (_("Missing:"), " · ".join(map(drawn, missing)))
    elif notes := card.get("notes"):
        lacks = LACKS % (_("Worth knowing:"), " · ".join(map(drawn, notes)))
    mark, word = symbol("check"), _("For:")
    ticks = TICKS % "".join(TICK % (mark, word, drawn(one)) for one in reasons) if reasons else ""
    part, words = (fit["part"], fit["words"]) if isinstance(fit, Mapping) else (fit.part, fit.words)
    return WHY % (part_bar(part, words), ticks, lacks)


def part_bar(part: Number | None, words: str) -> SafeString:
    """Show a part of 1 as words and a small bar, never as a bare number; of what is unknown, the words alone."""
    if part is None:
        return format_html('<span class="fit">{}</span>', words)
    kept = min(max(float(part), 0.0), 1.0)
    return format_html(BAR, words, floor(kept * 100 + 0.5))


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


def bars(plot: Any) -> SafeString:
    """Write a line of a plot for each bar."""
    zero = ZERO % (drawn(plot.axis.zero), drawn(plot.axis.zero)) if plot.axis.zero else ""
    lines = (
        BAR_ROW
        % (
            drawn(one.label),
            zero,
            " soft" if one.is_soft else "",
            drawn(one.start),
            drawn(one.width),
            drawn(one.words),
        )
        for one in plot.bars
    )
    return SafeString("".join(lines))  # nosec B703  (each part is escaped)


def marks(axis: Any) -> SafeString:
    """Write the ticks of an axis."""
    ticks = ((drawn(one.at), drawn(one.words)) for one in axis.ticks)
    return SafeString("".join(MARK % (at, at, at, words) for at, words in ticks))  # nosec B703  (escaped)


def figures(plot: Any) -> SafeString:
    """Write the bars of a plot as rows of a table."""
    rows = (FIGURE % (drawn(one.label), drawn(one.words)) for one in plot.bars)
    return SafeString("".join(rows))  # nosec B703  (each part is escaped)
