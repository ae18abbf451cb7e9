"""The pages of a search in the journal: cut by an entry, never by how many there are, for it has millions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from visavis.common import clock
from visavis.common.prepared import Given, Prepared
from visavis.journal.models import Entry
from visavis.people.requests import number_in

PAGE = 25
# What is asked for, and how the database is asked.
LOOKUPS = {
    "person": "person_id",
    "actor": "actor_id",
    "action": "action",
    "since": "at__gte",
    "until": "at__lt",
}
EDGE: Prepared[dt.datetime] = Prepared(
    lambda number: Entry.objects.filter(pk=number).values_list("at", flat=True)
)


@dataclass(frozen=True)
class Found:
    """One page, the latest entry first; the entries after which a newer, and before which an older page is cut."""

    entries: list[Entry]
    newer: int | None = None
    older: int | None = None


def page_of(given: Mapping[str, Any], address: Mapping[str, str]) -> Found:
    """Return the page of the entries asked for that an address names by `before` or `after`: else the first."""
    asked = {name: _value(name, given[name]) for name in LOOKUPS if given.get(name)}
    for way in ("before", "after"):
        number = number_in(address.get(way, ""))
        edge = EDGE.first(number) if number else None
        if edge is not None:
            return _cut(_question((*asked,), way)(*asked.values(), edge, number), way)
    return _cut(_question((*asked,), "")(*asked.values()), "")


def _value(name: str, value: Any) -> Given:
    """Return what the database is asked with; of a day, where it begins, or where the one after it does."""
    if name in {"since", "until"}:
        return clock.start_of(value if name == "since" else value + dt.timedelta(days=1))
    return value  # type: ignore[no-any-return]


@lru_cache(maxsize=128)
def _question(names: tuple[str, ...], way: str) -> Prepared[Entry]:
    """Write once what asks for entries by some names, and by the edge of a page if there is one."""

    def made(*values: Any) -> QuerySet[Entry]:
        # SQLite would walk through every entry of an act in search of one person's: hers are few, and entered by her.
        is_of_few = "person" in names or "actor" in names
        lookups = LOOKUPS | {"action": "done"} if is_of_few else LOOKUPS
        entries = Entry.objects.alias(done=Coalesce("action", Value(""))).filter(
            **{lookups[name]: one for name, one in zip(names, values, strict=False)}
        )
        if way:
            *_asked, at, number = values
            entries = entries.filter(_beyond(way, at, number))
        # By the moment, which the indexes of each person, each actor and each act are in the order of.
        order = ("at", "pk") if way == "after" else ("-at", "-pk")
        return entries.order_by(*order)[: PAGE + 1]

    return Prepared(made)


def _beyond(way: str, at: Any, number: Any) -> Q:
    side = "lt" if way == "before" else "gt"
    # The first of both is what an index is entered by.
    return Q(**{f"at__{side}e": at}) & (Q(**{f"at__{side}": at}) | Q(**{f"pk__{side}": number}))


def _cut(found: list[Entry], way: str) -> Found:
    """Cut what was found one more than a page is long, and name its edges where more lies beyond."""
    entries, is_more = found[:PAGE], len(found) > PAGE
    if way == "after":
        entries.reverse()
    if not entries:
        return Found([])
    newer = is_more if way == "after" else bool(way)
    older = is_more if way != "after" else True
    return Found(entries, entries[0].pk if newer else None, entries[-1].pk if older else None)
