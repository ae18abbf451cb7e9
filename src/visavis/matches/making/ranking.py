"""The doors of the lists: everybody's by night (`night.py`), one person's or one vacancy's by day (`day.py`)."""

from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge.serving import KEPT, SERVED
from visavis.matches.making.day import rank_jobseekers, rank_vacancies, serve_more
from visavis.matches.making.night import rank_everybody
from visavis.matches.making.places import standing_at
from visavis.matches.models import Edition
from visavis.vacancies.models import Vacancy

__all__ = [
    "KEPT",
    "SERVED",
    "is_full",
    "rank_everybody",
    "rank_jobseekers",
    "rank_vacancies",
    "serve_more",
]


def is_full(vacancy: Vacancy, *, but: Jobseeker) -> bool:
    """Say whether a vacancy is shown to as many other people as it may be."""
    served = Edition.objects.filter(is_served=True).first()
    if served is None or served.times is None:
        return False
    shown, _kept = standing_at(served, [vacancy.pk], [but.pk])[vacancy.pk]
    return shown >= served.times * vacancy.positions
