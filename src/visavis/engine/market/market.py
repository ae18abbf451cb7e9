"""Both sides of the market, prepared once: codes numbered, places as vectors, texts as sparse rows."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import AnyArray, FloatArray, IntArray
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.geo import unit_vectors
from visavis.engine.facts.occupations import Links, jobs, links_by_pair, numbered, relations
from visavis.engine.facts.vocabulary import UNKNOWN_DAY
from visavis.engine.ideal.table import IdealProfiles, IdealTable
from visavis.engine.ragged import Ragged
from visavis.engine.text.texts import Texts, Titles


class Codes(NamedTuple):
    """Codes of the three kinds that a vacancy names."""

    occupations: Sequence[str] = ()
    skills: Sequence[str] = ()
    languages: Sequence[str] = ()


class Market:
    """Jobseekers and vacancies, with what relates their occupations.

    Parameters
    ----------
    jobseekers : JobseekerColumns
        N rows.
    vacancies : VacancyColumns
        M rows.
    today : int
        Days since 1970-01-01; a vacancy that should have started before is wanted as soon as possible.
    occupation_links : iterable of (from, to, kind)
        Mobility between occupations, kind ``near`` or ``evolution``, in the direction a person moves.
    occupation_interests : mapping of str to iterable of str
        Interests that go with each occupation.

    Raises
    ------
    ValueError
        A kind of mobility is unknown.

    Notes
    -----
    What is prepared for the vacancies stays when `with_jobseekers` puts other people before them, so a
    country can be streamed region by region past one set of vacancies.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["J1506"])])
    >>> market = Market(people, vacancy_columns([Vacancy(occupation="J1506")]), today=20_000)
    >>> market.vacancy_occupation.tolist(), market.occupations.tolist()
    ([0], ['J1506'])
    """

    def __init__(
        self,
        jobseekers: JobseekerColumns,
        vacancies: VacancyColumns,
        *,
        today: int,
        occupation_links: Iterable[tuple[str, str, str]] = (),
        occupation_interests: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        """Number the codes of the vacancies; the rest is prepared when first needed."""
        self.jobseekers = jobseekers
        self.vacancies = vacancies
        self.today = today
        self.links: Links = links_by_pair(occupation_links)
        self.asked_interests = {code: tuple(asked) for code, asked in (occupation_interests or {}).items()}
        self._number(Codes())

    def _number(self, known: Codes) -> None:
        vacancies = self.vacancies
        self.occupations: AnyArray = _distinct(vacancies.occupation, known.occupations)
        self.vacancy_occupation: IntArray = numbered(vacancies.occupation, self.occupations)
        skills = vacancies.essential_skills.values, vacancies.wished_skills.values
        self.skills: AnyArray = _distinct(np.concatenate(skills), known.skills)
        self.languages: AnyArray = _distinct(vacancies.languages.values, known.languages)
        self.vacancy_language: IntArray = numbered(vacancies.languages.values, self.languages)
        self.interests: AnyArray = _distinct(
            np.array([i for asked in self.asked_interests.values() for i in asked], np.str_)
        )
        self.occupation_interest = self._interest_table(self.asked_interests)
        self.ideal = IdealTable({}, self.occupations)
        self.relations: dict[str, npt.NDArray[np.uint8]] = {}

    def knowing(self, known: Codes) -> "Market":
        """Give the same market with a number for more codes: those that newcomers may name; before ideal profiles.

        Examples
        --------
        >>> from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
        >>> market = Market(jobseeker_columns([]), vacancy_columns([]), today=20_000)
        >>> market.knowing(Codes(occupations=["J1506"])).occupations.tolist()
        ['J1506']
        """
        other = copy(self)
        for name in (
            *("essential", "wished", "rarity", "essential_weight", "wished_weight"),
            "jobseeker_language",
        ):
            other.__dict__.pop(name, None)
        other._number(known)
        return other

    def _interest_table(self, interests: Mapping[str, Sequence[str]]) -> npt.NDArray[np.bool_]:
        table = np.zeros((len(self.occupations), len(self.interests)), np.bool_)
        for row, code in zip(table, self.occupations.tolist(), strict=True):
            asked = [one for job in jobs(code)[:1] for one in interests.get(job, ())]
            row[numbered(np.array(asked, np.str_), self.interests)] = True
        return table

    def relations_of(self, codes: AnyArray) -> npt.NDArray[np.uint8]:
        """Relate occupations to those of the vacancies, as `relations`; each is related once in a market."""
        new = [code for code in codes.tolist() if code not in self.relations]
        if new:
            rows = relations(np.array(new, np.str_), self.occupations, self.links)
            self.relations.update(zip(new, rows, strict=True))
        shape = (len(codes), len(self.occupations))
        found = np.array([self.relations[code] for code in codes.tolist()], np.uint8)
        return found.reshape(shape)

    def with_ideal_profiles(self, profiles: IdealProfiles) -> "Market":
        """Give the same market with what hires have taught: for each occupation what each trait adds, logits.

        Raises
        ------
        ValueError
            A trait is of no known kind, or adds less than 0.
        """
        other = copy(self)
        other.ideal = IdealTable(profiles, self.occupations)
        return other

    def with_jobseekers(self, jobseekers: JobseekerColumns) -> "Market":
        """Put other people before the same vacancies, keeping all that was prepared for the vacancies."""
        other = copy(self)
        for name in ("jobseeker_points", "jobseeker_language", "texts"):
            other.__dict__.pop(name, None)
        other.jobseekers = jobseekers
        return other

    def with_changed(self, jobseekers: JobseekerColumns, rows: IntArray) -> "Market":
        """Put people before the same vacancies who are those at some rows, but for what is not their place or texts."""
        other = self.with_jobseekers(jobseekers)
        texts = self.texts
        other.__dict__["texts"] = replace(
            texts, row_of=texts.row_of.take(rows), is_worded=texts.is_worded[rows]
        )
        other.__dict__["jobseeker_points"] = self.jobseeker_points[rows]
        return other

    @cached_property
    def jobseeker_points(self) -> FloatArray:
        """Unit vectors of the jobseekers' places, shape (N, 3), NaN when unknown."""
        return unit_vectors(self.jobseekers.latitude, self.jobseekers.longitude)

    @cached_property
    def vacancy_points(self) -> FloatArray:
        """Unit vectors of the vacancies' places, shape (M, 3), NaN when unknown."""
        return unit_vectors(self.vacancies.latitude, self.vacancies.longitude)

    @cached_property
    def offered_pay(self) -> FloatArray:
        """The best pay a vacancy names, € an hour, shape (M,): its maximum, else its minimum, else NaN."""
        return np.where(np.isnan(self.vacancies.pay_max), self.vacancies.pay_min, self.vacancies.pay_max)

    @cached_property
    def fixed_start(self) -> IntArray:
        """Starting days still to come, shape (M,); `UNKNOWN_DAY` for as soon as possible."""
        starts = self.vacancies.starts_on
        return np.where(starts >= self.today, starts, UNKNOWN_DAY).astype(np.int64)

    @cached_property
    def jobseeker_language(self) -> npt.NDArray[np.int8]:
        """Levels of the languages asked for, shape (N, L): -1 not spoken, 7 spoken at a level unknown."""
        people = self.jobseekers
        table = np.full((len(people), len(self.languages)), -1, np.int8)
        rows = np.repeat(np.arange(len(people)), people.languages.lengths())
        places = numbered(people.languages.values, self.languages)
        levels = np.where(people.language_levels.values == 0, 7, people.language_levels.values).astype(
            np.int8
        )
        np.maximum.at(table, (rows[places >= 0], places[places >= 0]), levels[places >= 0])
        return table

    @cached_property
    def essential(self) -> Ragged:
        """Numbers of the essential skills of each vacancy, M rows."""
        skills = self.vacancies.essential_skills
        return Ragged(numbered(skills.values, self.skills), skills.offsets)

    @cached_property
    def wished(self) -> Ragged:
        """Numbers of the wished skills of each vacancy, M rows."""
        skills = self.vacancies.wished_skills
        return Ragged(numbered(skills.values, self.skills), skills.offsets)

    @cached_property
    def rarity(self) -> FloatArray:
        """Weight of each skill, shape (skills,): ``ln(1 + M / (1 + times it is essential))``.

        References
        ----------
        K. Spärck Jones, "A statistical interpretation of term specificity and its application in
        retrieval", Journal of Documentation 28 (1972).
        """
        counts = np.bincount(self.essential.values, minlength=len(self.skills))
        return np.asarray(np.log1p(len(self.vacancies) / (1.0 + counts)), np.float64)

    @cached_property
    def essential_weight(self) -> FloatArray:
        """The rarity of the essential skills of each vacancy, in sum, shape (M,)."""
        return _weights(self.essential, self.rarity)

    @cached_property
    def wished_weight(self) -> FloatArray:
        """The rarity of the wished skills of each vacancy, in sum, shape (M,)."""
        return _weights(self.wished, self.rarity)

    @cached_property
    def titles(self) -> Titles:
        """The titles of the vacancies as rows."""
        return Titles.of(self.vacancies.title)

    @cached_property
    def texts(self) -> Texts:
        """The texts of the jobseekers as rows."""
        return self.titles.texts(self.jobseekers.texts)


def _weights(skills: Ragged, rarity: FloatArray) -> FloatArray:
    """Sum the rarity of what each row names, in its order."""
    owner = np.repeat(np.arange(len(skills)), skills.lengths())
    return np.bincount(owner, weights=rarity[skills.values], minlength=len(skills)).astype(np.float64)


def _distinct(values: AnyArray, known: Iterable[str] = ()) -> AnyArray:
    return np.array(sorted({*values.tolist(), *known} - {""}), np.str_)
