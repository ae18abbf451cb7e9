"""The page of a search: filters with their counts, what each takes away, orders, pages."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.searches.asked import NAMES, Asked, Order
from visavis.searches.filters import REACHES_KM
from visavis.searches.forms import SearchForm
from visavis.searches.found import Filter, Found
from visavis.searches.pages.asking import Asking, place_said, query, reach

A_PAGE = 10
# Of these one may choose any; of the others one, or none.
SEVERAL = frozenset({"contracts", "days", "has", "in_limits"})
ORDERS = {
    Order.FIT: gettext_lazy("Best first"),
    Order.DATE: gettext_lazy("Newest first"),
    Order.DISTANCE: gettext_lazy("Nearest first"),
}


@dataclass(frozen=True)
class Link:
    """One way to show the same search."""

    url: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """One filter as the page draws it: `parameter` is its name in the address, `kind` that of its inputs."""

    parameter: str
    filter: Filter
    kind: str


@dataclass(frozen=True)
class Taken:
    """One filter that is on: what it says, how many more there are without it, and the address without it."""

    label: str
    more: int
    url: str


def form(asking: Asking, found: Found) -> SearchForm:
    """Return the two fields as they were typed, and the reaches with how many each would hold."""
    asked = found.asked
    offered = next((one.choices for one in found.filters if one.name == "place"), ())
    counts = {int(one.value): one.count for one in offered}
    filled = SearchForm(
        {"q": asking.words, "place": asking.place, "commune": asked.commune, "km": str(asked.reach_km)}
    )
    filled.fields["km"].choices = [  # type: ignore[attr-defined]
        (str(km), " ".join(filter(None, [short(km), f"({counts[km]})" if km in counts else ""])))
        for km in sorted({0, *REACHES_KM, asked.reach_km})
    ]
    if filled.is_valid() and asking.wrong:
        filled.add_error("place", asking.wrong)
    return filled


def short(km: int) -> str:
    return _("%(km)s km") % {"km": km} if km else _("the town itself")


def groups(found: Found) -> list[Group]:
    """Return the filters that offer something, but for the place, which has fields of its own."""
    return [
        Group(NAMES[one.name], one, "checkbox" if one.name in SEVERAL else "radio")
        for one in found.filters
        if one.name not in {"place", "occupation"} and one.choices
    ]


def taken(found: Found, **more: str) -> list[Taken]:
    """Return what each filter that is on takes away."""
    return [
        Taken(said(one, found.asked), one.takes_away, query(one.without, **more))
        for one in found.filters
        if one.is_on
    ]


def said(one: Filter, asked: Asked) -> str:
    if one.name == "place":
        place = place_said(asked)
        return f"{place}, {reach(asked.reach_km)}" if asked.commune else place
    chosen = ", ".join(choice.label for choice in one.choices if choice.is_chosen)
    return _("%(filter)s: %(choices)s") % {"filter": one.label, "choices": chosen} if chosen else one.label


def understood(found: Found, **more: str) -> list[dict[str, str]]:
    """Return what the words were understood to mean, each with the search that takes them as they are."""
    return [
        {"words": one.words, "label": one.label, "url": query(one.undone, **more)} for one in found.understood
    ]


def suggestions(found: Found) -> list[dict[str, Any]]:
    """Return other searches that find something, but for those which take one filter off: these are `taken`."""
    without = [one.without for one in found.filters if one.is_on]
    others = [one for one in found.suggestions if one.asked not in without]
    return [{"label": one.label, "count": one.count, "url": query(one.asked)} for one in others]


def orders(asked: Asked, **more: str) -> list[Link]:
    return [
        Link(query(asked.but(order=order.value), **more), str(label), asked.order == order)
        for order, label in ORDERS.items()
        if order != Order.DISTANCE or asked.commune
    ]


def pages(found: Found) -> Page[Any]:
    return Paginator(range(found.total), A_PAGE).get_page(found.asked.page)
