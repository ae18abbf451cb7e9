"""Pairs of one jobseeker and one vacancy: the rows of every constraint and every part of the score."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.geo import distance_km
from visavis.engine.market import Market
from visavis.engine.people import People
from visavis.engine.ragged import expand, slices
from visavis.engine.similarity import cosines
from visavis.engine.weights import SKILL_LEVEL, WISHED_SHARE

type Vectors = npt.NDArray[np.float32]


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
    >>> from visavis.engine.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
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
        if kept.all():
            return self
        smaller = Pairs(self.people, self.local[kept], self.vacancy[kept])
        for name in ("distance_km", "similarity", "jobseeker"):
            if name in self.__dict__:
                smaller.__dict__[name] = self.__dict__[name][kept]
        return smaller

    @cached_property
    def distance_km(self) -> FloatArray:
        """Kilometres from the person to the place given for the vacancy, shape (n,), NaN when unknown."""
        market = self.market
        return distance_km(market.jobseeker_points[self.jobseeker], market.vacancy_points[self.vacancy])

    @cached_property
    def similarity(self) -> FloatArray:
        """How close her closest text is to the title, shape (n,), in [-1, 1], NaN when either is unknown.

        Cosine of character n-grams; the mean with the cosine of the dense vectors where these are known.
        """
        market = self.market
        closest = np.full(len(self), np.nan)
        worded = np.flatnonzero(self.people.has_text[self.local] & market.has_title[self.vacancy])
        positions, owner = expand(market.texts_of.offsets, self.jobseeker[worded])
        title = market.title_of[self.vacancy[worded]]
        values = cosines(market.text_rows, market.title_rows, market.texts_of.values[positions], title[owner])
        closest[worded] = 0.0
        np.maximum.at(closest, worded[owner], values)
        return closest if market.vectors is None else self._with_vectors(closest, market.vectors)

    def _with_vectors(self, closest: FloatArray, vectors: tuple[Vectors, Vectors]) -> FloatArray:
        ours, theirs = vectors[0][self.jobseeker], vectors[1][self.vacancy]
        cosine = np.einsum("ij,ij->i", ours, theirs, dtype=np.float64)
        known = ours.any(axis=1) & theirs.any(axis=1)
        both = np.where(np.isnan(closest), cosine, (closest + cosine) / 2.0)
        return np.where(known, both, closest)

    @cached_property
    def skills(self) -> "SkillSums":
        """What she holds of the skills each vacancy names."""
        return SkillSums.of(self)


@dataclass(frozen=True)
class SkillSums:
    """Weights of skills summed over each pair; all float64, shape (n,).

    Attributes
    ----------
    asked, held : float64
        Rarity of the skills named (wished ones at `WISHED_SHARE`), and of those held, by level.
    shared : float64
        Number of essential skills held.
    """

    asked: FloatArray
    held: FloatArray
    shared: FloatArray

    @classmethod
    def of(cls, pairs: Pairs) -> "SkillSums":
        """Look each named skill up among hers."""
        market, level = pairs.market, pairs.people.skill_level
        asked, held, shared = (np.zeros(len(pairs)) for _ in range(3))
        for column, share in ((market.essential, 1.0), (market.wished, WISHED_SHARE)):
            for a, b in slices(column.lengths()[pairs.vacancy]):
                positions, owner = expand(column.offsets, pairs.vacancy[a:b])
                skill = column.values[positions]
                hers = level[pairs.local[a:b][owner], skill]
                weight = share * market.rarity[skill]
                asked[a:b] += np.bincount(owner, weights=weight, minlength=b - a)
                held[a:b] += np.bincount(owner, weights=weight * SKILL_LEVEL[hers], minlength=b - a)
                if share == 1.0:
                    shared[a:b] = np.bincount(owner, weights=hers > 0, minlength=b - a)
        return cls(asked, held, shared)
