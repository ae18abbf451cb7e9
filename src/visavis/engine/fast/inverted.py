"""What the vacancies of each occupation name: their skills, and the words of their titles."""

from typing import NamedTuple

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, Floats, IntArray, Words
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged


class SkillIndex(NamedTuple):
    """Which occupations name which skills, and how many: the last occupation is the unknown one."""

    at: IntArray  # (skills + 1,): skill ``s`` is named by the vacancies of ``occupation[at[s]:at[s + 1]]``
    occupation: IntArray  # (total,)
    # (O + 1,): the fewest skills that a vacancy of the occupation names, 0 when none names any
    fewest: FloatArray
    rarest: FloatArray  # (O + 1,): the least rarity among them
    some_none: BoolArray  # (O + 1,): whether some vacancy of the occupation names none


class NgramIndex(NamedTuple):
    """Which occupations have titles with which n-grams; the last occupation is the unknown one."""

    at: IntArray  # (n-grams + 1,): n-gram ``g`` is in a title of ``occupation[at[g]:at[g + 1]]``
    occupation: Words  # (total,)
    weight: Floats  # (total,): the greatest weight of the n-gram in one of those titles


def skill_index(market: Market, skills: Ragged) -> SkillIndex:
    """Gather which occupations name which of these skills, a row for each vacancy."""
    count = len(market.occupations)
    occupation = np.where(market.vacancy_occupation >= 0, market.vacancy_occupation, count)
    lengths = skills.lengths()
    owner = np.repeat(occupation, lengths)
    pair = np.unique(skills.values * (count + 1) + owner)
    fewest, rarest = np.full(count + 1, np.inf), np.full(count + 1, np.inf)
    np.minimum.at(fewest, occupation[lengths > 0], lengths[lengths > 0])
    np.minimum.at(rarest, owner, market.rarity[skills.values])
    some_none = np.bincount(occupation[lengths == 0], minlength=count + 1) > 0
    at = np.searchsorted(pair // (count + 1), np.arange(len(market.skills) + 1))
    zero = ~np.isfinite(fewest)
    return SkillIndex(
        at.astype(np.int64),
        (pair % (count + 1)).astype(np.int64),
        np.where(zero, 0.0, fewest),
        np.where(zero, 0.0, rarest),
        some_none,
    )


def ngram_index(market: Market) -> NgramIndex:
    """Gather the n-grams of the titles of each occupation."""
    count, titles = len(market.occupations), market.titles
    occupation = np.where(market.vacancy_occupation >= 0, market.vacancy_occupation, count)
    pair = np.unique(occupation[titles.is_worded] * len(titles.rows.indptr) + titles.row_of[titles.is_worded])
    whose, row = pair // len(titles.rows.indptr), pair % len(titles.rows.indptr)
    lengths = np.diff(titles.rows.indptr)[row]
    entry = np.repeat(titles.rows.indptr[row] - np.cumsum(lengths) + lengths, lengths) + np.arange(
        lengths.sum()
    )
    key = titles.rows.indices[entry] * np.int64(count + 1) + np.repeat(whose, lengths)
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    weight = titles.rows.data[entry][order].astype(np.float32)
    gram = key[order][first] // (count + 1)
    return NgramIndex(
        np.searchsorted(gram, np.arange(titles.rows.shape[1] + 1)).astype(np.int64),
        (key[order][first] % (count + 1)).astype(np.int32),
        np.maximum.reduceat(weight, first) if len(first) else weight,
    )
