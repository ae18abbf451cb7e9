"""The doors of the lists: everybody's by night (`night.py`), one person's or one vacancy's by day (`day.py`)."""

from visavis.matches import bridge
from visavis.matches.bridge import ENGINE_VERSION, KEPT, SERVED
from visavis.matches.day import rank_jobseekers, rank_vacancies, serve_more
from visavis.matches.night import rank_everybody
from visavis.vacancies.models import Vacancy

__all__ = [
    "ENGINE_VERSION",
    "KEPT",
    "SERVED",
    "open_vacancies",
    "rank_everybody",
    "rank_jobseekers",
    "rank_vacancies",
    "serve_more",
]


def open_vacancies() -> list[Vacancy]:
    """Return all that one can answer today, in a fixed order."""
    return list(bridge.with_all_asked(Vacancy.objects.open().order_by("pk")))
