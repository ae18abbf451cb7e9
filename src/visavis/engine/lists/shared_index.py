"""All whom vacancies suit, found from the vacancies' side by the compiled kernels."""

import threading

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.fast.reverse import ReverseIndex
from visavis.engine.market.market import Market
from visavis.engine.market.numbered import together

AT_ONCE = 256
"""Vacancies that are best laid out together."""


class SharedIndex:
    """Jobseekers laid out once; threads may ask at the same time, and are answered one after the other.

    Parameters
    ----------
    market : Market
        The jobseekers before the vacancies whose rarities and n-grams are used.
    floor : float
        What a score must reach.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["F1703"]), Jobseeker(wishes=["J1506"])])
    >>> market = Market(people, vacancy_columns([Vacancy(occupation="J1506")]), today=0)
    >>> place, jobseeker, score = SharedIndex(market).find(market, np.array([0]))
    >>> place.tolist(), jobseeker.tolist(), score.round(3).tolist()
    ([0], [1], [0.6])
    """

    def __init__(self, market: Market, floor: float = -np.inf) -> None:
        """Lay out the jobseekers."""
        self._index = ReverseIndex(market, np.full(len(market.jobseekers), floor))
        self._lock = threading.Lock()

    def find(self, market: Market, vacancies: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """Find who suits some vacancies.

        Parameters
        ----------
        market : Market
            The market laid out, or newcomers to it (`newcomers.with_newcomers`, `numbered.together`).
        vacancies : array of int64, shape (m,)
            Its rows; lay out a few at once (`AT_ONCE`).

        Returns
        -------
        place, jobseeker, score : arrays of shape (n,)
            Place in `vacancies`, never falling, and row of the jobseeker, rising within it.
        """
        none = np.zeros(0, np.int64)
        small = together((market, vacancies))
        found: list[tuple[IntArray, IntArray, FloatArray]] = [(none, none, np.zeros(0))]
        for place in range(len(vacancies)):
            with self._lock:
                jobseeker, score = self._index.find(small, place)
            found.append((np.full(len(jobseeker), place, np.int64), jobseeker, score))
        places, jobseekers, scores = zip(*found, strict=True)
        return np.concatenate(places), np.concatenate(jobseekers), np.concatenate(scores)
