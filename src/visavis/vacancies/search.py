"""Look for vacancies by words, distance and contract."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from visavis.catalog.distances import km_from
from visavis.catalog.models import Commune
from visavis.people.models import User
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Asked:
    words: str = ""
    commune: Commune | None = None
    km: float = 20
    contract: str = ""


def find(asked: Asked, *, actor: User) -> VacancyQuerySet:
    """Return the open vacancies that the actor may see and that answer what is asked, newest first."""
    found = Vacancy.objects.visible_to(actor).open()
    for word in asked.words.split()[:6]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(occupation__label_fr__icontains=word)
            | Q(occupation__label_en__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(description__icontains=word)
        )
    if asked.contract:
        found = found.filter(contract=asked.contract)
    if asked.commune and asked.commune.latitude is not None and asked.commune.longitude is not None:
        found = found.filter(pk__in=within(found, asked.commune.latitude, asked.commune.longitude, asked.km))
    return found


def within(found: VacancyQuerySet, latitude: float, longitude: float, km: float) -> list[int]:
    """Return the numbers of the vacancies that may be this near: a vague place counts from its nearest edge."""
    wide = km + 150
    box = found.filter(
        latitude__range=(latitude - wide / KM_PER_DEGREE, latitude + wide / KM_PER_DEGREE),
        longitude__isnull=False,
    ).values_list("pk", "latitude", "longitude", "precision_km")
    rows = np.array(list(box.iterator()), np.float64).reshape(-1, 4)
    near = km_from(latitude, longitude, rows[:, 1:3]) <= km + np.minimum(rows[:, 3], 150)
    return [int(pk) for pk in rows[near, 0]]
