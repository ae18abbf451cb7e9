"""New vacancies before jobseekers already laid out, scored with the rarities and n-grams of the night."""

import numpy as np
import numpy.typing as npt

from visavis.engine.facts.columns import VacancyColumns
from visavis.engine.facts.occupations import numbered
from visavis.engine.market.market import Market
from visavis.engine.market.numbered import Numbered
from visavis.engine.ragged import Ragged


def with_newcomers(market: Market, vacancies: VacancyColumns) -> Market:
    """Put new vacancies before the same jobseekers, keeping all that was prepared for these.

    Parameters
    ----------
    market : Market
    vacancies : VacancyColumns
        M new rows.

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
    languages, essential = vacancies.languages, vacancies.essential_skills
    wished = vacancies.wished_skills
    new = Numbered(
        columns=vacancies,
        occupation=_places(vacancies.occupation, market.occupations, "occupation"),
        language=Ragged(_places(languages.values, market.languages, "language"), languages.offsets),
        essential=Ragged(_places(essential.values, market.skills, "skill"), essential.offsets),
        wished=Ragged(_places(wished.values, market.skills, "skill"), wished.offsets),
        titles=market.titles.more(vacancies.title),
    )
    small = new.before(market)
    for name in ("jobseeker_points", "jobseeker_language", "texts"):
        small.__dict__[name] = getattr(market, name)
    return small


def _places(codes: npt.NDArray[np.str_], known: npt.NDArray[np.str_], what: str) -> npt.NDArray[np.int64]:
    places = numbered(codes, known)
    strange = (places < 0) & (codes != "")
    if strange.any():
        raise ValueError(
            f"no vacancy of the market names the {what} {str(codes[strange][0])!r}; lay it out anew"
        )
    return places
