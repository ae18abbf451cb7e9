"""Who may act for a person, and as what: the one place that says it.

An app above that knows a further way (a counsellor, a mandate) adds it in `ready()`: it needs not be
imported here, and what asks needs not know it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from visavis.people.enums import Capacity
from visavis.people.models import User


@dataclass(frozen=True)
class Way:
    """One way in which somebody may act for a person; the two functions must agree."""

    holds: Callable[[User, User], bool]
    """Says whether the first may act for the second today."""
    people: Callable[[User], QuerySet[Any, int]]
    """Gives the numbers of all the users for whom somebody may act today."""
    is_by_name: bool = False
    """Counts only where it is asked by name: it opens one page, and no file."""


def _is_herself(actor: User, person: User) -> bool:
    return actor.pk is not None and actor.pk == person.pk


def _herself(actor: User) -> QuerySet[Any, int]:
    return User.objects.filter(pk=actor.pk).values_list("pk", flat=True)


WAYS: dict[Capacity, Way] = {Capacity.HERSELF: Way(_is_herself, _herself)}
"""The first that holds is the one in which somebody acts."""


def join(capacity: Capacity, way: Way) -> None:
    """Add a way in the order of the capacities, whichever app comes first: what costs no question is asked first."""
    WAYS[capacity] = way
    ordered = sorted(WAYS.items(), key=lambda one: list(Capacity).index(one[0]))
    WAYS.clear()
    WAYS.update(ordered)


def everywhere() -> tuple[Capacity, ...]:
    """Return the capacities that count wherever none is asked by name."""
    return tuple(one for one, way in WAYS.items() if not way.is_by_name)


# To whom a file is open: to who accompanies her, meets her today, has her at his desk, or said why he needs it.
AT_WORK = (Capacity.COUNSELLOR, Capacity.MET, Capacity.AT_DESK, Capacity.ADMITTED)


def _asked(among: tuple[Capacity, ...]) -> tuple[Capacity, ...]:
    """Return the capacities asked for; who stands in for a counsellor may do what the counsellor may."""
    return (*among, Capacity.SUBSTITUTE) if Capacity.COUNSELLOR in among else among or everywhere()


def acts_for(actor: User, person: User, *among: Capacity) -> Capacity | None:
    """Say as what he may act for a person today, among the capacities asked or `everywhere`; None when he may not."""
    asked = _asked(among)
    return next((one for one, way in WAYS.items() if one in asked and way.holds(actor, person)), None)


def people_of(actor: User, *among: Capacity) -> QuerySet[Any, int]:
    """Give the numbers of the users for whom `acts_for` says yes, to be put in a filter: `user__in=people_of(by)`."""
    asked = _asked(among)
    first, *others = [way.people(actor) for one, way in WAYS.items() if one in asked]
    return first.union(*others) if others else first


type Thing = tuple[str, str]
"""A thing as the journal names it, and its number."""

HANDS: list[Callable[[Collection[Thing]], Mapping[Thing, str]]] = []
"""Who did a thing in somebody's name, in words, by its name: an app above that knows it adds itself."""


def by_whose_hand(things: Collection[Thing]) -> dict[Thing, str]:
    """Return, of what people did, in words who did it for them; nothing of what they did themselves."""
    return {thing: name for ask in HANDS if things for thing, name in ask(things).items()}
