"""Ideal profiles laid out for many people at once: what each person's traits are worth in each occupation."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from visavis.engine import weights as w
from visavis.engine.arrays import AnyArray, FloatArray, IntArray
from visavis.engine.facts.columns import JobseekerColumns
from visavis.engine.facts.occupations import jobs, numbered
from visavis.engine.ideal.traits import BAND_MONTHS, KINDS
from visavis.engine.ragged import Ragged, expand

type IdealProfiles = Mapping[str, Mapping[str, float]]
"""By occupation, then by trait (``skill:S0001``): what having it adds, logits, at least 0."""

LEVELS = 9
"""Levels of training, 0 to 8."""


@dataclass(frozen=True)
class Credits:
    """What codes are worth."""

    codes: AnyArray  # str, (K,): skills, or occupations worked in; sorted, each once
    # (K, P): what each adds in each profile; whole steps
    logits: "csr_array[np.float64]"

    @classmethod
    def of(cls, profiles: list[Mapping[str, float]], kind: str) -> "Credits":
        """Gather the traits of one kind."""
        found = [
            (code.partition(":")[2], number, value)
            for number, profile in enumerate(profiles)
            for code, value in profile.items()
            if code.startswith(f"{kind}:") and value > 0
        ]
        if not found:
            return cls(np.array([], np.str_), csr_array((0, len(profiles)), dtype=np.float64))
        codes = np.array(sorted({code for code, _, _ in found}), np.str_)
        rows = numbered(np.array([code for code, _, _ in found], np.str_), codes)
        columns = np.array([number for _, number, _ in found], np.int64)
        values = _whole_steps(np.array([value for _, _, value in found], np.float64))
        return cls(codes, csr_array((values, (rows, columns)), shape=(len(codes), len(profiles))))

    def earned(self, column: Ragged, rows: IntArray) -> FloatArray:
        """Sum what people's codes are worth, each code once; shape (len(rows), P)."""
        positions, owner = expand(column.offsets, rows)
        place = numbered(column.values[positions], self.codes)
        known = place >= 0
        shape = (len(rows), len(self.codes))
        held = csr_array((np.ones(int(known.sum())), (owner[known], place[known])), shape=shape)
        held.sum_duplicates()
        held.data[:] = 1.0
        return np.asarray((held @ self.logits).toarray(), np.float64)

    def worth(self, codes: AnyArray, profile: IntArray) -> FloatArray:
        """What each code is worth in the profile beside it, both shape (n,); 0 where the profile is -1."""
        row = numbered(codes, self.codes)
        known = (row >= 0) & (profile >= 0)
        found = np.zeros(len(codes))
        found[known] = np.asarray(self.logits[row[known], profile[known]]).ravel()
        return found


class IdealTable:
    """The profiles of the occupations of a market.

    Parameters
    ----------
    profiles : mapping
        By occupation; those of other occupations are left aside.
    occupations : array of str, shape (O,)
        Occupations of the vacancies; of a joint one the foremost job's profile counts.

    Raises
    ------
    ValueError
        A trait is of no known kind, or adds less than 0.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns
    >>> table = IdealTable({"D1102": {"skill:S1": 0.25, "training:3": 0.125}}, np.array(["D1102", "K1304"]))
    >>> people = jobseeker_columns([Jobseeker(skills=[("S1", 2)], education=3), Jobseeker()])
    >>> table.place.tolist(), table.earned(people, np.array([0, 1])).tolist()
    ([0, -1], [[0.375], [0.0]])
    """

    def __init__(self, profiles: IdealProfiles, occupations: AnyArray) -> None:
        """Check the profiles and lay them out."""
        check(profiles)
        foremost = [jobs(code)[0] for code in occupations.tolist()]
        kept = sorted({code for code in foremost if profiles.get(code)})
        ordered = [profiles[code] for code in kept]
        self.codes: AnyArray = np.array(kept, np.str_)
        self.profiles = ordered
        self.place: IntArray = numbered(np.array(foremost, np.str_), self.codes)
        self.skills = Credits.of(ordered, "skill")
        self.jobs = Credits.of(ordered, "occupation")
        self.experience = _by_number(ordered, "experience", len(BAND_MONTHS) + 1)
        self.training = _by_number(ordered, "training", LEVELS)

    def __len__(self) -> int:
        """Count the profiles."""
        return len(self.codes)

    def earned(self, people: JobseekerColumns, rows: IntArray) -> FloatArray:
        """Sum what the traits of some people add in each profile, logits before `saturated`; shape (B, P)."""
        total = self.skills.earned(people.skills, rows) + self.jobs.earned(people.experience, rows)
        level = people.education[rows]
        total += np.where(level[:, None] >= 0, self.training[np.maximum(level, 0)], 0.0)
        if self.experience.any():
            months, has_work = self._months(people, rows)
            bands = np.searchsorted(np.array(BAND_MONTHS), months, side="right")
            worth = self.experience[bands, np.arange(len(self))]
            total += np.where(has_work[:, None], worth, 0.0)
        return total

    def _months(self, people: JobseekerColumns, rows: IntArray) -> tuple[FloatArray, AnyArray]:
        """Months of each person in the occupation of each profile, and whether she gave any job."""
        positions, owner = expand(people.experience.offsets, rows)
        codes = people.experience.values[positions]
        place = numbered(codes, self.codes)
        months = np.zeros((len(rows), len(self)))
        known = place >= 0
        np.add.at(months, (owner[known], place[known]), people.experience_months.values[positions[known]])
        return months, np.bincount(owner[codes != ""], minlength=len(rows)) > 0


def check(profiles: IdealProfiles) -> None:
    """Refuse what no profile may hold.

    Raises
    ------
    ValueError
        A trait is of no known kind, or adds less than 0.
    """
    for occupation, profile in profiles.items():
        for code, value in profile.items():
            kind, _, rest = code.partition(":")
            if kind not in KINDS or not rest:
                raise ValueError(
                    f"unknown trait {code!r} of {occupation}; expected one of {', '.join(KINDS)}"
                )
            if not 0.0 <= value < np.inf:
                raise ValueError(f"{code} of {occupation} must add at least 0, got {value}")


def saturated(earned: FloatArray) -> FloatArray:
    """Bend sums of credits, any shape, so that they never pass `IDEAL_BEST`: ``best (1 - exp(-sum / best))``.

    Traits come together (who has the skill has the diploma): each more counts for less.

    Examples
    --------
    >>> saturated(np.array([0.0, 0.3, 30.0])).round(3).tolist()
    [0.0, 0.236, 0.6]
    """
    return np.asarray(w.IDEAL_BEST * -np.expm1(-earned / w.IDEAL_BEST), np.float64)


def _by_number(profiles: list[Mapping[str, float]], kind: str, count: int) -> FloatArray:
    """What each number of a kind is worth in each profile, shape (count, P)."""
    table = np.zeros((count, len(profiles)))
    for column, profile in enumerate(profiles):
        for number in range(count):
            table[number, column] = profile.get(f"{kind}:{number}", 0.0)
    return _whole_steps(table)


def _whole_steps(logits: FloatArray) -> FloatArray:
    """Round to whole steps, so that sums are the same in any order."""
    return np.rint(logits / w.LOGIT_STEP) * w.LOGIT_STEP
