"""Both sides of the market, prepared once: codes numbered, places as vectors, texts as sparse rows."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from visavis.engine.arrays import AnyArray, FloatArray, IntArray
from visavis.engine.columns import JobseekerColumns, VacancyColumns
from visavis.engine.geo import unit_vectors
from visavis.engine.occupations import Links, links_by_pair, numbered
from visavis.engine.ragged import Ragged
from visavis.engine.text import clean_title, hashed_ngrams
from visavis.engine.vocabulary import UNKNOWN_DAY


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
    jobseeker_vectors, vacancy_vectors : array of float32, shapes (N, d) and (M, d), optional
        Dense text vectors of length 1, all zero when unknown. Both or neither.

    Raises
    ------
    ValueError
        The dense vectors do not fit the columns, or a kind of mobility is unknown.

    Notes
    -----
    What is prepared for the vacancies stays when `with_jobseekers` puts other people before them, so a
    country can be streamed region by region past one set of vacancies.

    Examples
    --------
    >>> from visavis.engine.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
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
        vectors: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]] | None = None,
    ) -> None:
        """Number the codes of the vacancies; the rest is prepared when first needed."""
        self.jobseekers = jobseekers
        self.vacancies = vacancies
        self.today = today
        self.links: Links = links_by_pair(occupation_links)
        self.vectors = vectors
        self._check_vectors()
        self.occupations: AnyArray = _distinct(vacancies.occupation)
        self.vacancy_occupation: IntArray = numbered(vacancies.occupation, self.occupations)
        self.skills: AnyArray = _distinct(
            np.concatenate([vacancies.essential_skills.values, vacancies.wished_skills.values])
        )
        self.languages: AnyArray = _distinct(vacancies.languages.values)
        self.vacancy_language: IntArray = numbered(vacancies.languages.values, self.languages)
        interests = {code: tuple(asked) for code, asked in (occupation_interests or {}).items()}
        self.interests: AnyArray = _distinct(
            np.array([i for asked in interests.values() for i in asked], np.str_)
        )
        self.occupation_interest = self._interest_table(interests)

    def _check_vectors(self) -> None:
        if self.vectors is None:
            return
        one, other = self.vectors
        expected = (len(self.jobseekers), len(self.vacancies))
        if (
            one.ndim != 2
            or other.ndim != 2
            or (len(one), len(other)) != expected
            or one.shape[1] != other.shape[1]
        ):
            raise ValueError(f"vectors have shapes {one.shape} and {other.shape}, expected rows {expected}")

    def _interest_table(self, interests: Mapping[str, Sequence[str]]) -> npt.NDArray[np.bool_]:
        table = np.zeros((len(self.occupations), len(self.interests)), np.bool_)
        for row, code in zip(table, self.occupations.tolist(), strict=True):
            row[numbered(np.array(interests.get(code, ()), np.str_), self.interests)] = True
        return table

    def with_jobseekers(
        self, jobseekers: JobseekerColumns, vectors: npt.NDArray[np.float32] | None = None
    ) -> "Market":
        """Put other people before the same vacancies, keeping all that was prepared for the vacancies.

        `vectors` are the dense vectors of the new people, shape (new N, d); without them none are used.
        """
        other = copy(self)
        for name in ("jobseeker_points", "jobseeker_language", "_jobseeker_texts"):
            other.__dict__.pop(name, None)
        other.jobseekers = jobseekers
        other.vectors = None if self.vectors is None or vectors is None else (vectors, self.vectors[1])
        other._check_vectors()
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
        """Weight of each skill, shape (skills,): ``ln(1 + M / (1 + vacancies naming it))``.

        References
        ----------
        K. Spärck Jones, "A statistical interpretation of term specificity and its application in
        retrieval", Journal of Documentation 28 (1972).
        """
        named = np.concatenate([self.essential.values, self.wished.values])
        counts = np.bincount(named, minlength=len(self.skills))
        return np.asarray(np.log1p(len(self.vacancies) / (1.0 + counts)), np.float64)

    @cached_property
    def _titles(self) -> tuple[sparse.csr_array, IntArray, IntArray]:
        """Rows of the distinct titles, the row of each vacancy, the number of each n-gram kept (-1: none)."""
        distinct, row_of = _distinct_texts(self.vacancies.title)
        rows = hashed_ngrams([clean_title(text) for text in distinct], smallest=3, longest=4)
        kept = np.unique(rows.indices)
        place = np.full(rows.shape[1], -1, np.int64)
        place[kept] = np.arange(len(kept))
        shape = (rows.shape[0], len(kept))
        return sparse.csr_array((rows.data, place[rows.indices], rows.indptr), shape=shape), row_of, place

    @property
    def title_rows(self) -> sparse.csr_array:
        """Distinct titles as rows of n-gram weights of length 1 (0 without a letter), shape (titles, F)."""
        return self._titles[0]

    @property
    def title_of(self) -> IntArray:
        """The row of `title_rows` of each vacancy, shape (M,)."""
        return self._titles[1]

    @cached_property
    def _jobseeker_texts(self) -> tuple[sparse.csr_array, Ragged, npt.NDArray[np.bool_]]:
        distinct, row_of = _distinct_texts(self.jobseekers.texts.values)
        rows = hashed_ngrams(distinct, smallest=3, longest=4)
        place = self._titles[2][rows.indices]
        kept = place >= 0
        indptr = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
        shape = (rows.shape[0], self.title_rows.shape[1])
        matrix = sparse.csr_array((rows.data[kept], place[kept], indptr), shape=shape)
        texts = Ragged(row_of, self.jobseekers.texts.offsets)
        worded = np.diff(rows.indptr)[row_of] > 0
        owner = np.repeat(np.arange(len(texts)), texts.lengths())
        return matrix, texts, np.bincount(owner[worded], minlength=len(texts)) > 0

    @cached_property
    def has_title(self) -> npt.NDArray[np.bool_]:
        """Whether each vacancy has a title with a letter in it, shape (M,)."""
        lengths: IntArray = np.diff(self.title_rows.indptr)
        return lengths[self.title_of] > 0

    @property
    def text_rows(self) -> sparse.csr_array:
        """Distinct texts of people over the n-grams of `title_rows`, shape (texts, F)."""
        return self._jobseeker_texts[0]

    @property
    def texts_of(self) -> Ragged:
        """Rows of `text_rows` of each jobseeker, N rows."""
        return self._jobseeker_texts[1]

    @property
    def has_text(self) -> npt.NDArray[np.bool_]:
        """Whether each jobseeker gave a text with a letter in it, shape (N,)."""
        return self._jobseeker_texts[2]


def _distinct(values: AnyArray) -> AnyArray:
    return np.array(sorted(set(values.tolist()) - {""}), np.str_)


def _distinct_texts(values: AnyArray) -> tuple[list[str], IntArray]:
    place: dict[str, int] = {}
    rows = [place.setdefault(text, len(place)) for text in values.tolist()]
    return list(place), np.array(rows, np.int64)
