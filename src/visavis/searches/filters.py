"""What each filter keeps, how many each choice would leave, and what each one takes away."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from visavis.catalog.distances import km_from
from visavis.catalog.enums import Licence
from visavis.catalog.models import Commune
from visavis.common import clock
from visavis.searches import wording
from visavis.searches.asked import NO_LICENCE, Asked, Days, Hours
from visavis.searches.found import Choice, Filter
from visavis.searches.index.openings import CONTRACTS, LICENCES, Bools, Floats, Numbers, Openings

REACHES_KM = (5, 10, 20, 30, 50, 100)
PAYS = (12.0, 13.0, 14.0, 15.0, 17.0, 20.0, 25.0)
SINCE_DAYS = (1, 3, 7, 14, 31)
SHOWN_LICENCES = (NO_LICENCE, Licence.B, Licence.C, Licence.CE, Licence.D)
# A place less sure than this is not kept for being perhaps near.
MOST_OFF_KM = 150
DAY_S = 86_400


@dataclass(frozen=True)
class Ground:
    """What the filters are asked about: the openings, how far each is, and which the person's limits allow."""

    openings: Openings
    km: Floats | None = None
    allowed: Bools | None = None

    def cut(self, places: Numbers) -> "Ground":
        """Keep the openings at some places."""
        return Ground(
            self.openings.cut(places),
            None if self.km is None else self.km[places],
            None if self.allowed is None else self.allowed[places],
        )


def all_of(ground: Ground) -> Bools:
    return np.ones(len(ground.openings), bool)


def distances(openings: Openings, commune: Commune | None) -> Floats | None:
    """Return how far each opening is from a commune, at its nearest edge, km; NaN where it is not known."""
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    away = km_from(commune.latitude, commune.longitude, openings.points)
    return np.maximum(away - np.minimum(openings.off_km, MOST_OFF_KM), 0)


def in_place(ground: Ground, asked: Asked) -> Bools:
    """Keep what is within reach; within 0 km, what is in the town itself, wherever its ad puts the point."""
    if asked.commune and not asked.reach_km:
        return ground.openings.commune.are(asked.commune)
    if ground.km is not None:
        return np.nan_to_num(ground.km, nan=np.inf) <= asked.reach_km
    if asked.department:
        return ground.openings.department.are(asked.department)
    return all_of(ground)


def of_contract(ground: Ground, asked: Asked) -> Bools:
    # The last place is that of an opening that does not say, -1.
    wanted = np.array([*(one in asked.contracts for one in CONTRACTS), False])
    kept: Bools = wanted[ground.openings.contract]
    return kept


def of_hours(ground: Ground, asked: Asked) -> Bools:
    openings = ground.openings
    return openings.is_part if asked.hours == Hours.PART else openings.is_full


KEPT_ON: Mapping[Days, Callable[[Openings], Bools]] = {
    Days.NO_NIGHTS: lambda openings: ~openings.is_night,
    Days.NO_WEEKENDS: lambda openings: ~openings.is_weekend,
    Days.NIGHTS: lambda openings: openings.is_night,
    Days.WEEKENDS: lambda openings: openings.is_weekend,
}


def on_days(ground: Ground, asked: Asked) -> Bools:
    kept = all_of(ground)
    for one in asked.days:
        kept &= KEPT_ON[Days(one)](ground.openings)
    return kept


def with_licences(ground: Ground, asked: Asked) -> Bools:
    had = sum(1 << LICENCES.index(one) for one in asked.has if one in LICENCES)
    suffice: Bools = np.equal(ground.openings.licences & ~np.int64(had), 0)
    return suffice


def paid(ground: Ground, asked: Asked) -> Bools:
    return np.nan_to_num(ground.openings.pay, nan=-1) >= (asked.pay_least or 0)


def published(ground: Ground, asked: Asked) -> Bools:
    return ground.openings.published >= clock.now().timestamp() - DAY_S * (asked.since_days or 0)


def of_occupation(ground: Ground, asked: Asked) -> Bools:
    return ground.openings.occupation.among(asked.occupation)


def allowed(ground: Ground, asked: Asked) -> Bools:
    return all_of(ground) if ground.allowed is None else ground.allowed


NOTHING = Asked()


@dataclass(frozen=True)
class Rule:
    """One filter: which field of a search its choices set, what it keeps, what it offers, who does not say.

    `on` are the fields of which one is said where the filter is on.
    """

    field: str
    keeps: Callable[[Ground, Asked], Bools]
    offers: tuple[Any, ...] = ()
    unsaid: Callable[[Openings], Bools] = lambda openings: np.zeros(len(openings), bool)
    on: tuple[str, ...] = ()

    def is_on(self, asked: Asked) -> bool:
        return any(getattr(asked, name) for name in self.on or (self.field,))

    def off(self, asked: Asked) -> Asked:
        return asked.but(**{name: getattr(NOTHING, name) for name in {*self.on, self.field}})

    def chosen(self, asked: Asked, value: Any) -> bool:
        said = getattr(asked, self.field)
        return value in said if isinstance(said, tuple) else bool(value == said)

    def picked(self, asked: Asked, value: Any) -> Asked:
        """Return the search with this choice made, or unmade where it is made."""
        said, made = getattr(asked, self.field), self.chosen(asked, value)
        if isinstance(said, tuple):
            picked = tuple(one for one in said if one != value) if made else (*said, value)
            return asked.but(**{self.field: picked})
        return self.off(asked) if made and not self.on else asked.but(**{self.field: value})

    def alone(self, asked: Asked, value: Any) -> Asked:
        """Return the search with this choice made whatever else was chosen of the filter: what is counted."""
        several = isinstance(getattr(asked, self.field), tuple)
        return asked.but(**{self.field: (value,) if several else value})


RULES: Mapping[str, Rule] = {
    "place": Rule("reach_km", in_place, REACHES_KM, on=("commune", "department")),
    "occupation": Rule("occupation", of_occupation),
    "contracts": Rule("contracts", of_contract, CONTRACTS, lambda openings: openings.contract < 0),
    "hours": Rule("hours", of_hours, (Hours.FULL, Hours.PART), lambda one: ~(one.is_part | one.is_full)),
    "days": Rule("days", on_days, tuple(Days)),
    "has": Rule("has", with_licences, SHOWN_LICENCES),
    "pay_least": Rule("pay_least", paid, PAYS, lambda openings: np.isnan(openings.pay)),
    "since_days": Rule("since_days", published, SINCE_DAYS),
    "in_limits": Rule("in_limits", allowed, (True,)),
}


def kept(ground: Ground, asked: Asked) -> Bools:
    """Say which openings all filters keep."""
    return _all_kept(ground, [rule.keeps(ground, asked) for rule in RULES.values() if rule.is_on(asked)])


def _all_kept(ground: Ground, masks: Iterable[Bools]) -> Bools:
    whole = all_of(ground)
    for mask in masks:
        whole &= mask
    return whole


def told(ground: Ground, asked: Asked) -> tuple[Filter, ...]:
    """Return each filter with its counts; one that has nothing to offer here is left out."""
    masks = {name: rule.keeps(ground, asked) for name, rule in RULES.items() if rule.is_on(asked)}
    total = int(_all_kept(ground, masks.values()).sum())
    return tuple(
        _told(name, _others(name, ground, masks), asked, total)
        for name in RULES
        if _is_offered(name, ground, asked)
    )


def _others(name: str, ground: Ground, masks: Mapping[str, Bools]) -> Ground:
    """Return what all other filters keep."""
    others = [mask for other, mask in masks.items() if other != name]
    return ground.cut(np.flatnonzero(_all_kept(ground, others))) if others else ground


def _is_offered(name: str, ground: Ground, asked: Asked) -> bool:
    if name == "in_limits":
        return ground.allowed is not None
    return name != "occupation" or bool(asked.occupation)


def _told(name: str, ground: Ground, asked: Asked, total: int) -> Filter:
    rule, is_on = RULES[name], RULES[name].is_on(asked)
    offers = rule.offers if name != "place" or ground.km is not None else ()
    choices = []
    for value in offers:
        count = int(np.count_nonzero(rule.keeps(ground, rule.alone(asked, value))))
        is_chosen = is_on and rule.chosen(asked, value)
        if count or is_chosen:
            said = wording.choice(name, value)
            choices.append(Choice(_said(value), said, count, is_chosen, partial(rule.picked, asked, value)))
    return Filter(
        name=name,
        label=str(wording.FILTERS[name]),
        choices=tuple(choices),
        is_on=is_on,
        takes_away=len(ground.openings) - total if is_on else 0,
        unsaid=int(rule.unsaid(ground.openings).sum()) if is_on else 0,
        without=rule.off(asked),
    )


def _said(value: Any) -> str:
    if value is True:
        return "1"
    return f"{value:g}" if isinstance(value, float) else str(value)
