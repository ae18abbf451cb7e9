"""Tags and filters for the words, figures and symbols of every page."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from visavis.ui import dates, said, written

register = template.Library()
BEFORE_A_SIGN = re.compile(r" (?=[:;?!»](?:\s|$))|(?<=«) ")

# Where a script runs from right to left, what leads back points to the right, and a door opens on the other side.
MIRRORED = {"back": "forward", "forward": "back"} | {
    name: f"{name}-turned" for name in ("sign-in", "sign-out", "undo")
}

type Number = int | float | Decimal


for write in (
    dates.day,
    dates.hour,
    dates.moment,
    dates.month,
    dates.weekday,
    dates.weekday_moment,
    dates.short_day,
    dates.short_moment,
):
    register.filter(write, expects_localtime=True)

register.tag("translate", said.translate)
register.tag("url", said.url)

part_bar = register.simple_tag(written.part_bar)
for write_list in (
    *(written.pages, written.filters, written.choices, written.opening),
    *(written.bars, written.marks, written.figures),
):
    register.simple_tag(write_list, name=f"written_{write_list.__name__}")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a symbol of the sprite, as the reader's script runs; a word always stands beside it."""
    return said.symbol(MIRRORED[name] if name in MIRRORED and get_language_bidi() else name)


@register.simple_tag
def all_languages() -> list[tuple[str, str]]:
    """Return the languages of the site, each as it calls itself."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """Return those that are not the page's."""
    return [one for one in all_languages() if one[0] != get_language()]


@register.simple_tag
def service_phone() -> str:
    """Give the phone number that every page shows, even when nothing else works."""
    return str(getattr(settings, "VISAVIS_PHONE", ""))


@register.filter
def dial(number: str) -> str:
    """Turn a phone number as people write it into the one a phone dials."""
    return "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")


@register.filter
def say_done(messages: Iterable[Any] | None) -> bool:
    """Say whether a page tells that something was done: what was typed on it before is no draft any more."""
    return any(one.level_tag == "success" for one in messages or ())


@register.filter
def bound(text: str) -> str:
    """Keep a French sign with the word before it: what people type has a plain space there, where a line may break."""
    return BEFORE_A_SIGN.sub("\N{NO-BREAK SPACE}", text)


@register.filter
def km(value: Number | None) -> str:
    if value is None:
        return ""
    if value < 1:
        return _("less than 1 km")
    kept = round(float(value), 1 if value < 9.95 else 0)
    return _("%(km)s km") % {"km": number_format(kept, 0 if kept.is_integer() else 1)}


@register.filter
def minutes(value: Number | None) -> str:
    if value is None:
        return ""
    hours, rest = divmod(round(value), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


@register.filter
def months(value: Number | None) -> str:
    """Say a length in years and months: 27 is "2 years 3 months"."""
    if value is None:
        return ""
    years, rest = divmod(round(value), 12)
    said = []
    if years:
        said.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if rest:
        said.append(ngettext("%(n)s month", "%(n)s months", rest) % {"n": rest})
    return " ".join(said) or _("less than a month")


@register.filter
def pay(low: Number | None, high: Number | None = None) -> str:
    """Say a gross pay per hour, or a range of it."""
    if low is None:
        return ""
    words = {"low": number_format(low, 2), "high": number_format(high or low, 2)}
    if high is None or words["low"] == words["high"]:
        return _("€%(low)s gross an hour") % words
    return _("€%(low)s to €%(high)s gross an hour") % words


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """Give the page's query string with some values replaced; None or "" takes one away."""
    asked = dict(context["request"].GET.lists())
    for name, value in changes.items():
        if value in (None, ""):
            asked.pop(name, None)
        else:
            asked[name] = [str(value)]
    return f"?{urlencode(asked, doseq=True)}"


@register.filter
def focus_id(field: BoundField) -> str:
    """Give the id of the first thing in the field that can take the focus."""
    if field.id_for_label:
        return str(field.id_for_label)
    first = next(iter(field.subwidgets), None)
    if first is None:
        return str(field.auto_id)
    inner = first.data.get("subwidgets")
    return str(inner[0]["attrs"]["id"] if inner else first.id_for_label)


@register.filter
def page_range(paginator: "Paginator[Any]", number: int) -> list[int | None]:
    """Give the numbers of pages to show around one page; None is a gap."""
    shown = paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in shown]
