"""Ask many searches of a few openings, which are laid out once."""

from collections.abc import Iterable
from functools import cache, cached_property

import numpy as np

from visavis.catalog.places import commune_with
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import one_person
from visavis.matches.bridge.market import Work, work_of
from visavis.matches.bridge.reading import records_of_work
from visavis.searches import filters, services
from visavis.searches.asked import Asked
from visavis.searches.index.openings import Floats, Numbers, Openings
from visavis.vacancies.models.vacancy import VacancyQuerySet

WELL = 0.55
"""How well an opening answers the words of a search to be told: the search itself shows less near ones too."""


class Among:
    """Openings to ask of: an answer is what `services.find` would find first among them; given newest first."""

    def __init__(self, rows: VacancyQuerySet) -> None:
        self.rows = rows
        self.openings = Openings.of(rows)
        self.said_in = cache(self._said_in)
        self.distances = cache(self._distances)

    def answers(self, asked: Asked, allowed: Numbers | None = None) -> list[int]:
        """Return the numbers of those that answer; `allowed` are those that a person's limits leave (`limits_of`)."""
        mask = None if allowed is None else np.isin(self.openings.ids, allowed)
        whole = filters.Ground(self.openings, self.distances(asked.commune), mask)
        said = self.said_in(asked.words, asked.literally)
        places = said[filters.kept(whole.cut(said), asked)]
        newest = np.lexsort((-self.openings.ids[places], -self.openings.published[places]))
        return [int(number) for number in self.openings.ids[places[newest]]]

    def limits_of(self, people: Iterable[Jobseeker]) -> dict[int, Numbers]:
        """Return what the limits of each person leave of these openings, by the number of her account."""
        hers = {one.pk: one.user_id for one in people}
        found = one_person.allowed(self._work, people) if hers else {}
        return {hers[pk]: numbers for pk, numbers in found.items()}

    @cached_property
    def _work(self) -> Work:
        return work_of(records_of_work(self.rows))

    def _said_in(self, words: str, literally: tuple[str, ...]) -> Numbers:
        return np.flatnonzero(services.hits_among(self.openings.ids, words, literally, WELL))

    def _distances(self, commune: str) -> Floats | None:
        return filters.distances(self.openings, commune_with(commune))
