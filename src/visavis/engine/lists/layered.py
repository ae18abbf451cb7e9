"""A side of a market in two layers: a base laid out once, and beside it the few rows that changed since.

Rows of either layer have lasting numbers and are counted together in the order of these, as if laid out at once.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.rows import take_jobseekers
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.lists.layers import best_per_jobseeker, top_of_those_left
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import top_jobseekers
from visavis.engine.market.joined import joined_columns, together
from visavis.engine.market.market import Market
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import with_vacancies

if TYPE_CHECKING:
    from visavis.engine.lists.listening import Listening

type Missing = Callable[[IntArray], IntArray]
"""Which of some lasting numbers are there no longer."""


class LayeredVacancies:
    """Vacancies in two layers; what is rare is what was rare in the base.

    Parameters
    ----------
    base : Market
        M vacancies.
    base_ids : array of int64, shape (M,)
        Their numbers, rising.
    late : VacancyColumns
        The rows beside it.
    late_ids : array of int64
        Their numbers, rising.
    replaced : collection of int
        Numbers of the base that count no more, those of `late` among them.

    Attributes
    ----------
    ids, positions : array of int64, shape (rows,)
        Numbers, rising, and how many people each looks for.

    Raises
    ------
    ValueError
        A late vacancy names a code that the base does not know: a base must be laid out anew.
    """

    def __init__(
        self,
        base: Market,
        base_ids: IntArray,
        late: VacancyColumns,
        late_ids: IntArray,
        replaced: Collection[int],
    ) -> None:
        """Lay out what is late."""
        self.base, self.late = base, with_newcomers(base, late)
        self._layer_ids = base_ids, late_ids
        self._is_gone, where = _without(base_ids, late_ids, replaced)
        self.ids: IntArray = np.insert(base_ids[~self._is_gone], where, late_ids)
        positions = base.vacancies.positions[~self._is_gone]
        self.positions = np.insert(positions, where, late.positions).astype(np.int64)

    def cut(self, places: IntArray | None = None) -> Market:
        """Give a market with nobody in it of the vacancies at some places, or of all."""
        ids = self.ids if places is None else self.ids[places]
        order, row, late_row = _rows(ids, *self._layer_ids)
        return with_vacancies(together(self.base, row, self.late, late_row), order)

    def best(self, people: JobseekerColumns, k: int, missing: Missing) -> Matches:
        """Give each person her `k` best vacancies, by place; what is missing gives way to the next."""
        gone = self._is_gone.copy(), np.zeros(len(self.late.vacancies), np.bool_)
        while True:
            found = best_per_jobseeker(self._of_layers(people, k, gone), k)
            went = missing(self.ids[np.unique(found.vacancy)])
            if not len(went):
                return found
            for ids, without in zip(self._layer_ids, gone, strict=True):
                without |= np.isin(ids, went)

    def _of_layers(
        self, people: JobseekerColumns, k: int, gone: tuple[BoolArray, BoolArray]
    ) -> list[Matches]:
        found = []
        for market, ids, without in zip((self.base, self.late), self._layer_ids, gone, strict=True):
            some = top_of_those_left(market.with_jobseekers(people), k, without)
            found.append(replace(some, vacancy=np.searchsorted(self.ids, ids[some.vacancy])))
        return found


class Hearers:
    """A base of jobseekers, laid out to hear vacancies once for each base of these; threads share it.

    Parameters
    ----------
    columns : JobseekerColumns
    floor : float
        Scores below it are not heard.
    """

    def __init__(self, columns: JobseekerColumns, floor: float) -> None:
        """Keep the columns; they are laid out when a base of vacancies is there."""
        self.columns, self.floor = columns, floor
        self._lock = threading.Lock()
        self._heard: list[tuple[Market, Listening]] = []

    def before(self, market: Market) -> "Listening | None":
        """Give them laid out before the vacancies of a base; None without the compiled kernels."""
        if not AVAILABLE:
            return None
        from visavis.engine.lists.listening import Listening  # noqa: PLC0415 (it needs the extra)

        with self._lock:
            for known, listening in self._heard:
                if known is market:
                    return listening
            laid_out = Listening(market.with_jobseekers(self.columns), self.floor)
            # The last two: one base gives way to the next while others still ask.
            self._heard = [*self._heard[-1:], (market, laid_out)]
            return laid_out


class LayeredJobseekers:
    """Jobseekers in two layers.

    Parameters
    ----------
    base : Hearers
        N rows.
    base_ids : array of int64, shape (N,)
        Their numbers, rising.
    late : JobseekerColumns
        The rows beside it.
    late_ids : array of int64
        Their numbers, rising.
    replaced : collection of int
        Numbers of the base that count no more, those of `late` among them.

    Attributes
    ----------
    ids : array of int64, shape (rows,)
        Numbers, rising.
    """

    def __init__(
        self,
        base: Hearers,
        base_ids: IntArray,
        late: JobseekerColumns,
        late_ids: IntArray,
        replaced: Collection[int],
    ) -> None:
        """Number both layers together."""
        self.base, self.late = base, late
        self._layer_ids = base_ids, late_ids
        self._is_gone, where = _without(base_ids, late_ids, replaced)
        self.ids: IntArray = np.insert(base_ids[~self._is_gone], where, late_ids)

    def take(self, places: IntArray | None = None) -> JobseekerColumns:
        """Give the columns of the people at some places, or of all."""
        ids = self.ids if places is None else self.ids[places]
        order, row, late_row = _rows(ids, *self._layer_ids)
        both = (self.base.columns, row), (self.late, late_row)
        return take_jobseekers(joined_columns([take_jobseekers(some, rows) for some, rows in both]), order)

    def suited(self, asked: Market, base: Market | None) -> tuple[IntArray, IntArray, FloatArray]:
        """Find all whom some vacancies suit.

        Parameters
        ----------
        asked : Market
            The vacancies; nobody in it.
        base : Market, optional
            The base of vacancies whose codes and rarities `asked` has, if it is to stay.

        Returns
        -------
        jobseeker, vacancy, score : arrays of shape (n,)
            Place among the people, row of `asked`, score; those under the floor may be left out.
        """
        found = []
        row, vacancy, score = self._heard(asked, base)
        here = ~self._is_gone[row]
        found.append((self._layer_ids[0][row[here]], vacancy[here], score[here]))
        met = top_jobseekers(asked.with_jobseekers(self.late), max(1, len(self.late)))
        found.append((self._layer_ids[1][met.jobseeker], met.vacancy, met.score))
        ids, vacancies, scores = (np.concatenate(column) for column in zip(*found, strict=True))
        return np.searchsorted(self.ids, ids), vacancies, scores

    def _heard(self, asked: Market, base: Market | None) -> tuple[IntArray, IntArray, FloatArray]:
        listening = self.base.before(base) if base is not None else None
        if listening is None:
            met = top_jobseekers(asked.with_jobseekers(self.base.columns), max(1, len(self.base.columns)))
            return met.jobseeker, met.vacancy, met.score
        vacancy, row, score = listening.hear(asked, np.arange(len(asked.vacancies)))
        return row, vacancy, score


def _without(base: IntArray, late: IntArray, replaced: Collection[int]) -> tuple[BoolArray, IntArray]:
    """Say which rows of a base count no more, and where among the others those that are late stand."""
    is_gone = np.isin(base, np.array([*replaced, *late.tolist()], np.int64))
    return is_gone, np.searchsorted(base[~is_gone], late)


def _rows(ids: IntArray, base: IntArray, late: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Give the rows of some numbers in the base and beside it, and how to order these once they are joined."""
    is_late = np.isin(ids, late)
    order = np.empty(len(ids), np.int64)
    order[np.argsort(is_late, kind="stable")] = np.arange(len(ids))
    return order, np.searchsorted(base, ids[~is_late]), np.searchsorted(late, ids[is_late])
