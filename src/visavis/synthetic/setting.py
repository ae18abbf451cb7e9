"""What every draw of one market shares."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from functools import cached_property

from visavis.catalog import starter
from visavis.synthetic.dice import Choice
from visavis.synthetic.employers import Hiring
from visavis.synthetic.kinds import KINDS
from visavis.synthetic.places import Towns

MINIMUM_WAGE = 12.02
"""Gross € per hour in 2026: nobody asks for less, nobody offers less."""


class Setting:
    """The catalogue, the communes of the chosen departments (all of them without any) and the date."""

    def __init__(self, today: dt.date, departments: Iterable[str] = ()) -> None:
        self.today = today
        self.catalogue = starter.load()
        self.towns = Towns(departments)
        self.hiring = Hiring(self.catalogue)

    def on(self, day: dt.date) -> "Setting":
        """Return the same setting on another day."""
        other = copy(self)
        other.today = day
        return other

    @cached_property
    def occupations(self) -> Choice[starter.Occupation]:
        """Occupations by their share of the market."""
        return Choice((one, one.weight) for one in self.catalogue.occupations)

    @cached_property
    def kinds_of(self) -> dict[str, Choice[str]]:
        """Kinds of employers by occupation."""
        shares: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for kind in KINDS:
            for occupation, share in kind.hires.items():
                shares[occupation].append((kind.code, share))
        return {occupation: Choice(pairs) for occupation, pairs in shares.items()}

    @cached_property
    def leading_to(self) -> dict[str, tuple[str, ...]]:
        """Occupations people leave for this one."""
        sources: dict[str, list[str]] = defaultdict(list)
        for move in self.catalogue.mobility:
            sources[move.target].append(move.source)
        return {target: tuple(all_) for target, all_ in sources.items()}
