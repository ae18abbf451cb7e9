"""A whole market from a seed: the door of this package.

The same seed, departments and date always give the same people, employers and vacancies, and each of the three
is drawn from its own stream, so that asking for more of one changes nothing of the others.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from visavis.synthetic import employers as employers_
from visavis.synthetic import people, vacancies
from visavis.synthetic.dice import Dice
from visavis.synthetic.employers import Employer
from visavis.synthetic.people import Jobseeker
from visavis.synthetic.setting import Setting
from visavis.synthetic.vacancies import Vacancy

VACANCIES_PER_EMPLOYER = 4


class SyntheticMarket:
    """People, employers and vacancies of the whole country or of some departments.

    Raises `visavis.synthetic.places.UnknownDepartmentError` for a department that does not exist.
    """

    def __init__(self, rng: np.random.Generator, today: dt.date, departments: Iterable[str] = ()) -> None:
        self.setting = Setting(today, departments)
        self._people, self._employers, self._vacancies = (Dice(stream) for stream in rng.spawn(3))

    def jobseekers(self, count: int) -> Iterator[Jobseeker]:
        """Draw that many jobseekers, one at a time."""
        return islice(people.draw(self._people, self.setting), count)

    def jobseeker_on(self, day: dt.date, number: int) -> Jobseeker:
        """Draw one jobseeker as she was on a day."""
        return people.one(self._people, self.setting.on(day), number)

    def vacancy_on(self, day: dt.date, employer: Employer, number: int) -> Vacancy:
        """Draw one vacancy as its employer published it around a day."""
        return vacancies.one(self._vacancies, self.setting.on(day), employer, number)

    def employers(self, count: int) -> list[Employer]:
        """Draw that many employers."""
        return employers_.draw_some(self._employers, self.setting.hiring, self.setting.towns, count)

    def vacancies(self, count: int, employers: list[Employer] | None = None) -> Iterator[Vacancy]:
        """Draw that many vacancies, one at a time, of these employers or of one for four vacancies."""
        if employers is None:
            employers = self.employers(max(count // VACANCIES_PER_EMPLOYER, 1))
        return islice(vacancies.draw(self._vacancies, self.setting, employers), count)
