"""Some jobseekers of a market, with dense tables about them; a block is small enough for these."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.facts.occupations import UNKNOWN, numbered
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged, expand
from visavis.engine.weights import RELATION_LOGIT, TRANSFER, WISH_STEP, WORK_LOGIT

LEVEL_UNKNOWN = 5
"""Stands for a skill held at a level nobody gave."""


@dataclass(frozen=True)
class OccupationFit:
    """How people stand to the occupations of the vacancies; all shapes (B, occupations)."""

    logit: FloatArray  # the occupation part, 0 when nothing is known
    relation: npt.NDArray[np.uint8]  # the relation behind it, `UNKNOWN` … `SAME`
    wish: IntArray  # the wish behind it from 1, 0 when it comes from past work
    # int64, place of the code behind it in the values of `wishes` (of `experience` when `wish` is 0), or -1
    source: IntArray
    months: FloatArray  # months of work that count in the occupation

    def offer(
        self, who: IntArray, value: FloatArray, relation: npt.NDArray[np.uint8], of: tuple[int, IntArray]
    ) -> None:
        """Keep for `who` (b,) what beats what was there; `of` is the wish and the places of its codes."""
        wish, source = of
        old_value, old_relation = self.logit[who], self.relation[who]
        better = (old_relation == UNKNOWN) | (value > old_value)
        better |= (value == old_value) & (relation > old_relation)
        self.logit[who] = np.where(better, value, old_value)
        self.relation[who] = np.where(better, relation, old_relation)
        self.wish[who] = np.where(better, wish, self.wish[who])
        self.source[who] = np.where(better, source[:, None], self.source[who])


class People:
    """Some jobseekers of a market.

    Parameters
    ----------
    market : Market
    rows : array of int64, shape (B,)
        Jobseekers of the market, each once.
    """

    def __init__(self, market: Market, rows: IntArray) -> None:
        """Remember who; each table is made when first needed."""
        self.market = market
        self.rows = rows

    def __len__(self) -> int:
        """Count them."""
        return len(self.rows)

    @cached_property
    def fit(self) -> OccupationFit:
        """How they stand to each occupation, by their wishes, else by their past work."""
        market, columns = self.market, self.market.jobseekers
        shape = (len(self), len(market.occupations))
        fit = OccupationFit(
            np.zeros(shape),
            np.zeros(shape, np.uint8),
            np.zeros(shape, np.int64),
            np.full(shape, -1),
            np.zeros(shape),
        )
        for turn, (who, source, relation) in enumerate(self._turns(columns.wishes)):
            value = RELATION_LOGIT[relation]
            value -= WISH_STEP * min(turn, 2) * (value > 0)
            fit.offer(who, value, relation, (turn + 1, source))
        for who, source, relation in self._turns(columns.experience):
            fit.months[who] += TRANSFER[relation] * columns.experience_months.values[source][:, None]
            silent = ~self.has_wish[who]
            fit.offer(who[silent], WORK_LOGIT[relation[silent]], relation[silent], (0, source[silent]))
        return fit

    def _turns(self, codes: Ragged) -> list[tuple[IntArray, IntArray, npt.NDArray[np.uint8]]]:
        """For the first, second … code of each: who has one, its place, its relations to occupations."""
        positions, owner, turn = _known(codes, self.rows)
        distinct, code = np.unique(codes.values[positions], return_inverse=True)
        table = self.market.relations_of(distinct)
        turns = []
        for number in range(int(turn.max(initial=-1)) + 1):
            now = turn == number
            turns.append((owner[now], positions[now], table[code[now]]))
        return turns

    @cached_property
    def has_wish(self) -> BoolArray:
        """Whether each gave an occupation she wants, shape (B,)."""
        return _any_known(self.market.jobseekers.wishes, self.rows)

    @cached_property
    def has_work(self) -> BoolArray:
        """Whether each gave an occupation she worked in, shape (B,)."""
        return _any_known(self.market.jobseekers.experience, self.rows)

    @cached_property
    def has_skill(self) -> BoolArray:
        """Whether each gave a skill, shape (B,)."""
        return _any_known(self.market.jobseekers.skills, self.rows)

    @cached_property
    def has_text(self) -> BoolArray:
        """Whether each gave a text with a letter in it, shape (B,)."""
        return self.market.texts.is_worded[self.rows]

    @cached_property
    def skill_level(self) -> npt.NDArray[np.int8]:
        """Level 1 to 4 of each skill vacancies name, shape (B, skills): 5 for a level unknown, 0 for none."""
        columns = self.market.jobseekers
        positions, owner = expand(columns.skills.offsets, self.rows)
        place = numbered(columns.skills.values[positions], self.market.skills)
        levels = columns.skill_levels.values[positions].astype(np.int8)
        levels[levels == 0] = LEVEL_UNKNOWN
        table = np.zeros((len(self), len(self.market.skills)), np.int8)
        known = place >= 0
        np.maximum.at(table, (owner[known], place[known]), levels[known])
        return table

    @cached_property
    def interest(self) -> npt.NDArray[np.bool_]:
        """Whether each has each interest of `Market.interests`, shape (B, interests)."""
        columns = self.market.jobseekers
        positions, owner = expand(columns.interests.offsets, self.rows)
        place = numbered(columns.interests.values[positions], self.market.interests)
        table = np.zeros((len(self), len(self.market.interests)), np.bool_)
        table[owner[place >= 0], place[place >= 0]] = True
        return table

    @cached_property
    def ideal(self) -> FloatArray:
        """What each earns in each ideal profile, logits before `saturated`, shape (B, profiles)."""
        return self.market.ideal.earned(self.market.jobseekers, self.rows)


def _known(codes: Ragged, rows: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Places of the codes that are not empty, whose they are, and their turn from 0 among the person's."""
    positions, owner = expand(codes.offsets, rows)
    known = codes.values[positions] != ""
    positions, owner = positions[known], owner[known]
    first = np.searchsorted(owner, owner, side="left")
    return positions, owner, np.arange(len(owner)) - first


def _any_known(codes: Ragged, rows: IntArray) -> BoolArray:
    _, owner, _ = _known(codes, rows)
    return np.bincount(owner, minlength=len(rows)) > 0
