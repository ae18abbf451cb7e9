"""One person once a change: what is known of her is looked up once, and again only where a change touches it."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import AnyArray, BoolArray, FloatArray, IntArray
from visavis.engine.market.market import Market
from visavis.engine.score.people import OccupationFit, People


class Trials(People):
    """One person with a change a row: each table is hers but in the rows whose change touches it.

    No change is tried that names a first wish or a first skill, so what she has told at all stays.

    Parameters
    ----------
    her : People
        The person as she is, alone.
    market : Market
        She before the same vacancies, once a change.
    kinds : sequence of str, length n
        The kind of each change.
    """

    def __init__(self, her: People, market: Market, kinds: Sequence[str]) -> None:
        """Remember which rows another wish and another skill touch."""
        super().__init__(market, np.arange(len(kinds)))
        self.her = her
        self.wishing = np.array([row for row, kind in enumerate(kinds) if kind == "occupation"], np.int64)
        self.learning = np.array([row for row, kind in enumerate(kinds) if kind == "skill"], np.int64)

    def _with(self, rows: IntArray, look_up: Callable[[People], AnyArray]) -> AnyArray:
        """Give her one row of a table for each change, but in some rows what it is with the change."""
        table = look_up(self.her).repeat(len(self), axis=0)
        if len(rows):
            table[rows] = look_up(People(self.market, rows))
        return table

    @cached_property
    def fit(self) -> OccupationFit:
        """How she stands to each occupation; which wish or code says so is not told."""
        hers, rows = self.her.fit, self.wishing
        nothing = np.broadcast_to(np.int64(-1), (len(self), hers.logit.shape[1]))
        fit = OccupationFit(
            hers.logit.repeat(len(self), axis=0),
            hers.relation.repeat(len(self), axis=0),
            nothing,
            nothing,
            hers.months.repeat(len(self), axis=0),
        )
        if len(rows):
            again = People(self.market, rows).fit
            for name in ("logit", "relation", "months"):
                getattr(fit, name)[rows] = getattr(again, name)
        return fit

    @cached_property
    def has_wish(self) -> BoolArray:
        """Whether she gave an occupation she wants, shape (n,)."""
        return self.her.has_wish.repeat(len(self), axis=0)

    @cached_property
    def has_work(self) -> BoolArray:
        """Whether she gave an occupation she worked in, shape (n,)."""
        return self.her.has_work.repeat(len(self), axis=0)

    @cached_property
    def has_skill(self) -> BoolArray:
        """Whether she gave a skill, shape (n,)."""
        return self.her.has_skill.repeat(len(self), axis=0)

    @cached_property
    def skill_level(self) -> npt.NDArray[np.int8]:
        """Level of each skill that vacancies name, shape (n, skills)."""
        return self._with(self.learning, lambda people: people.skill_level)

    @cached_property
    def interest(self) -> npt.NDArray[np.bool_]:
        """Whether she has each interest, shape (n, interests)."""
        return self.her.interest.repeat(len(self), axis=0)

    @cached_property
    def ideal(self) -> FloatArray:
        """What she earns in each ideal profile, shape (n, profiles)."""
        return self._with(self.learning, lambda people: people.ideal)
