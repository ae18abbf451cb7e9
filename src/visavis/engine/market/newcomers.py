"""New vacancies before jobseekers already laid out, scored with the rarities and n-grams of the night."""

from copy import copy

import numpy as np
import numpy.typing as npt

from visavis.engine.facts.columns import VacancyColumns
from visavis.engine.facts.occupations import numbered
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged

_KEPT = (
    "jobseekers",
    "today",
    "links",
    "occupations",
    "skills",
    "languages",
    "interests",
    "occupation_interest",
)


def with_newcomers(
    market: Market, vacancies: VacancyColumns, vectors: npt.NDArray[np.float32] | None = None
) -> Market:
    """Put new vacancies before the same jobseekers, keeping all that was prepared for these.

    Parameters
    ----------
    market : Market
    vacancies : VacancyColumns
        M new rows.
    vectors : array of float32, shape (M, d), optional
        Their dense vectors, when the market has some.

    Returns
    -------
    Market
        The same jobseekers before the new vacancies only. A title is compared by the n-grams that titles of
        the night have; a skill weighs what it weighed then.

    Raises
    ------
    ValueError
        A vacancy names an occupation, a skill or a language that none of the market names: such a market must
        be laid out anew, or a constraint would be lost.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["J1506"])])
    >>> market = Market(people, vacancy_columns([Vacancy(occupation="J1506")]), today=0)
    >>> with_newcomers(market, vacancy_columns([Vacancy(occupation="J1506")])).vacancy_occupation.tolist()
    [0]
    """
    small = without_vacancies(market)
    for name in ("jobseeker_points", "jobseeker_language", "texts"):
        small.__dict__[name] = getattr(market, name)
    small.vacancies = vacancies
    small.vectors = None if market.vectors is None or vectors is None else (market.vectors[0], vectors)
    small.vacancy_occupation = _places(vacancies.occupation, market.occupations, "occupation")
    small.vacancy_language = _places(vacancies.languages.values, market.languages, "language")
    for name, column in (("essential", vacancies.essential_skills), ("wished", vacancies.wished_skills)):
        small.__dict__[name] = Ragged(_places(column.values, market.skills, "skill"), column.offsets)
    small.__dict__["titles"] = market.titles.more(vacancies.title)
    return small


def without_vacancies(market: Market) -> Market:
    """Give the jobseekers of a market and what vacancies are scored by, for others to be put before them."""
    small = copy(market)
    small.__dict__.clear()
    for name in (*_KEPT, "ideal"):
        small.__dict__[name] = market.__dict__[name]
    small.__dict__["rarity"] = market.rarity
    return small


def _places(codes: npt.NDArray[np.str_], known: npt.NDArray[np.str_], what: str) -> npt.NDArray[np.int64]:
    places = numbered(codes, known)
    strange = (places < 0) & (codes != "")
    if strange.any():
        raise ValueError(
            f"no vacancy of the market names the {what} {str(codes[strange][0])!r}; lay it out anew"
        )
    return places
