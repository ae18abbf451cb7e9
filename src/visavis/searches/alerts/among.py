"""Ask many searches of a few openings, which are laid out once."""

from functools import cache

import numpy as np

from visavis.jobseekers.models import Jobseeker
from visavis.searches import filters, services
from visavis.searches.asked import Asked
from visavis.searches.openings import Bools, Floats, Openings
from visavis.vacancies.models.vacancy import VacancyQuerySet


class Among:
    """Openings to ask of: an answer is what `services.find` would find among them, newest first."""

    def __init__(self, rows: VacancyQuerySet) -> None:
        self.rows = rows
        self.openings = Openings.of(rows)
        self.said_in = cache(self._said_in)
        self.distances = cache(self._distances)

    def answers(self, asked: Asked, jobseeker: Jobseeker | None) -> list[int]:
        ground = filters.Ground(self.openings, self.distances(asked.commune))
        kept, _masks = filters.kept(ground, asked, self.said_in(asked.words, asked.literally))
        places = np.flatnonzero(kept)
        newest = np.lexsort((-self.openings.ids[places], -self.openings.published[places]))
        return [int(number) for number in self.openings.ids[places[newest]]]

    def _said_in(self, words: str, literally: tuple[str, ...]) -> Bools:
        return services.hits_among(self.openings.ids, words, literally)

    def _distances(self, commune: str) -> Floats | None:
        return filters.distances(self.openings, services.commune_of(Asked(commune=commune)))
