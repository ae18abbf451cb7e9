"""Pairs of one jobseeker and one vacancy: the rows of every constraint and every part of the score."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.facts.geo import distance_km
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged, expand, slices
from visavis.engine.score.people import People
from visavis.engine.text.similarity import closest, cosines
from visavis.engine.weights import SKILL_LEVEL


class Pairs:
    """Some pairs of a market.

    Parameters
    ----------
    people : People
        The jobseekers the pairs are made of.
    local : array of int64, shape (n,)
        Places in `people`, in any order, repeated or not.
    vacancy : array of int64, shape (n,)
        Vacancies of the market.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> here = {"latitude": 48.85, "longitude": 2.35}
    >>> market = Market(jobseeker_columns([Jobseeker(**here)]), vacancy_columns([Vacancy(**here)]), today=0)
    >>> Pairs.of(market, np.array([0]), np.array([0])).distance_km.tolist()
    [0.0]
    """

    def __init__(self, people: People, local: IntArray, vacancy: IntArray) -> None:
        """Hold the indices; what is measured on pairs is measured when first needed."""
        self.people = people
        self.local = local
        self.vacancy = vacancy

    @classmethod
    def of(cls, market: Market, jobseeker: IntArray, vacancy: IntArray) -> "Pairs":
        """Make pairs of jobseekers and vacancies of the market, both shape (n,)."""
        rows, local = np.unique(jobseeker, return_inverse=True)
        return cls(People(market, rows), local.astype(np.int64), vacancy.astype(np.int64))

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.local)

    @property
    def market(self) -> Market:
        """The market they belong to."""
        return self.people.market

    @cached_property
    def jobseeker(self) -> IntArray:
        """Jobseekers of the market, shape (n,)."""
        return self.people.rows[self.local]

    def where(self, kept: BoolArray) -> "Pairs":
        """Give the pairs at which `kept` (n,) holds, with what was already measured on them."""
        return self if kept.all() else self.at(kept)

    def at(self, places: IntArray | BoolArray) -> "Pairs":
        """Give the pairs at some places, with what was already measured on them."""
        smaller = Pairs(self.people, self.local[places], self.vacancy[places])
        for name in ("distance_km", "similarity", "jobseeker"):
            if name in self.__dict__:
                smaller.__dict__[name] = self.__dict__[name][places]
        for name in ("essential", "wished"):
            if name in self.__dict__:
                smaller.__dict__[name] = self.__dict__[name].at(places)
        return smaller

    def knowing(self, **measured: "FloatArray | SkillSums") -> "Pairs":
        """Take over what was measured before, by its name here, each shape (n,)."""
        self.__dict__.update(measured)
        return self

    def narrowed(self) -> "Pairs":
        """Give the same pairs over the people in them only, so that no table is made for the others."""
        used, local = np.unique(self.local, return_inverse=True)
        if len(used) == len(self.people):
            return self
        return Pairs(People(self.market, self.people.rows[used]), local.astype(np.int64), self.vacancy)

    @cached_property
    def distance_km(self) -> FloatArray:
        """Kilometres from the person to the place given for the vacancy, shape (n,), NaN when unknown."""
        market = self.market
        return distance_km(market.jobseeker_points[self.jobseeker], market.vacancy_points[self.vacancy])

    @cached_property
    def similarity(self) -> FloatArray:
        """How close her closest text is to the title, shape (n,), in [-1, 1], NaN when either is unknown.

        Cosine of the rows of `texts`.
        """
        market = self.market
        closest = np.full(len(self), np.nan)
        titles, texts = market.titles, market.texts
        worded = np.flatnonzero(self.people.has_text[self.local] & titles.is_worded[self.vacancy])
        positions, owner = expand(texts.row_of.offsets, self.jobseeker[worded])
        title = titles.row_of[self.vacancy[worded]]
        values = cosines(texts.rows, titles.rows, texts.row_of.values[positions], title[owner])
        closest[worded] = 0.0
        np.maximum.at(closest, worded[owner], values)
        return closest

    @cached_property
    def essential(self) -> "SkillSums":
        """What she holds of the essential skills of each vacancy."""
        return SkillSums.of(self, self.market.essential, self.market.essential_weight)

    @cached_property
    def wished(self) -> "SkillSums":
        """What she holds of the wished skills of each vacancy."""
        return SkillSums.of(self, self.market.wished, self.market.wished_weight)


def similarity_of_one(market: Market) -> FloatArray:
    """Measure `Pairs.similarity` of the only person of a market and each vacancy, shape (M,): each title once."""
    titles, texts = market.titles, market.texts
    close = closest(texts.rows, titles.rows)[titles.row_of]
    return np.where(texts.is_worded[0] & titles.is_worded, close, np.nan)


@dataclass(frozen=True)
class SkillSums:
    """Weights of skills summed over each pair; all float64, shape (n,)."""

    asked: FloatArray  # rarity of the skills named
    held: FloatArray  # the same for those she holds, each counting by its level
    shared: FloatArray  # how many she holds

    @classmethod
    def of(cls, pairs: Pairs, column: Ragged, weight_of: FloatArray) -> "SkillSums":
        """Look up among hers the skills named in `column`, numbers of `Market.skills`, M rows; `weight_of` (M,)."""
        level, rarity = pairs.people.skill_level, pairs.market.rarity
        held, shared = np.zeros(len(pairs)), np.zeros(len(pairs))
        for a, b in slices(column.lengths()[pairs.vacancy]):
            positions, owner = expand(column.offsets, pairs.vacancy[a:b])
            skill = column.values[positions]
            hers = level[pairs.local[a:b][owner], skill]
            # What she does not hold adds nothing: few are left.
            some = np.flatnonzero(hers)
            weight = rarity[skill[some]] * SKILL_LEVEL[hers[some]]
            held[a:b] = np.bincount(owner[some], weights=weight, minlength=b - a)
            shared[a:b] = np.bincount(owner[some], minlength=b - a)
        return cls(weight_of[pairs.vacancy], held, shared)

    def at(self, places: IntArray | BoolArray) -> "SkillSums":
        """Give those of some pairs."""
        return SkillSums(self.asked[places], self.held[places], self.shared[places])

    def share(self, known: BoolArray) -> FloatArray:
        """The share held by weight, shape (n,), NaN where not `known` (n,) or nothing is asked."""
        share = np.full(len(self.asked), np.nan)
        known = known & (self.asked > 0)
        share[known] = self.held[known] / self.asked[known]
        return share
