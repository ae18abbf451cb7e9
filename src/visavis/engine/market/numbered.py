"""Vacancies with the numbers of their codes: some taken, joined, and put before the jobseekers of their market."""

from copy import copy
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import VacancyColumns
from visavis.engine.facts.rows import joined_columns, take_rows
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged, joined
from visavis.engine.text.texts import Titles

_KEPT = (
    "jobseekers",
    "today",
    "links",
    "occupations",
    "skills",
    "languages",
    "interests",
    "occupation_interest",
    "ideal",
    "relations",
)


class Numbered(NamedTuple):
    """Vacancies, M rows, with the places of their codes among those of a market."""

    columns: VacancyColumns
    occupation: IntArray  # (M,)
    language: Ragged  # int64: M rows
    essential: Ragged  # int64: M rows
    wished: Ragged  # int64: M rows
    titles: Titles

    @classmethod
    def of(cls, market: Market) -> "Numbered":
        """Give the vacancies of a market."""
        languages = Ragged(market.vacancy_language, market.vacancies.languages.offsets)
        return cls(
            columns=market.vacancies,
            occupation=market.vacancy_occupation,
            language=languages,
            essential=market.essential,
            wished=market.wished,
            titles=market.titles,
        )

    def take(self, rows: IntArray) -> "Numbered":
        """Give some of them, in the order asked."""
        row_of, is_worded = self.titles.row_of[rows], self.titles.is_worded[rows]
        return Numbered(
            columns=take_rows(self.columns, rows),
            occupation=self.occupation[rows],
            language=self.language.take(rows),
            essential=self.essential.take(rows),
            wished=self.wished.take(rows),
            titles=replace(self.titles, row_of=row_of, is_worded=is_worded),
        )

    def before(self, market: Market) -> Market:
        """Put them before the jobseekers of a market, scored by its rarities; none of its vacancies stays."""
        other = copy(market)
        other.__dict__.clear()
        other.__dict__.update({name: market.__dict__[name] for name in _KEPT})
        other.vacancies, other.vacancy_occupation = self.columns, self.occupation
        other.vacancy_language = self.language.values
        ready = {"rarity": market.rarity, "essential": self.essential, "wished": self.wished}
        other.__dict__.update(ready | {"titles": self.titles})
        return other


def with_vacancies(market: Market, rows: IntArray) -> Market:
    """Give the same people before some of the vacancies, in the order asked, scored as in the whole market."""
    small = Numbered.of(market).take(rows).before(market)
    small.__dict__["vacancy_points"] = market.vacancy_points[rows]
    return small


def together(*parts: tuple[Market, IntArray]) -> Market:
    """Put some vacancies of a market and of newcomers to it one after the other, before the same jobseekers.

    Parameters
    ----------
    *parts : pairs of Market and array of int64
        The market, then newcomers to it (`newcomers.with_newcomers`), and which of their vacancies, in any order.

    Returns
    -------
    Market
        All these vacancies, scored as in their markets.
    """
    columns, occupation, language, essential, wished, titles = zip(
        *(Numbered.of(market).take(rows) for market, rows in parts), strict=True
    )
    whole = Numbered(
        joined_columns(columns),
        np.concatenate(occupation),
        joined(language),
        joined(essential),
        joined(wished),
        _joined_titles(titles),
    )
    return whole.before(parts[0][0])


def _joined_titles(parts: tuple[Titles, ...]) -> Titles:
    """Put the titles of each part together, over the same n-grams."""
    rows, row_of, first = [], [], 0
    for titles in parts:
        distinct, place = np.unique(titles.row_of, return_inverse=True)
        rows.append(titles.rows[distinct])
        row_of.append(place.astype(np.int64) + first)
        first += len(distinct)
    return replace(
        parts[0],
        rows=sparse.csr_array(sparse.vstack(rows, format="csr")),
        row_of=np.concatenate(row_of),
        is_worded=np.concatenate([titles.is_worded for titles in parts]),
    )
