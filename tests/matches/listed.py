"""Places of lists as plain tuples, and lists that are no longer there."""

from collections.abc import Iterable
from typing import Any

from visavis.matches.making import places
from visavis.matches.models import Edition, Match

ENDS = {"jobseeker": "jobseeker_id", "vacancy": "vacancy_id"}


def values(rows: Iterable[Match], *names: str) -> list[tuple[Any, ...]]:
    """Return some values of each place, what is packed included."""
    return [tuple(getattr(row, ENDS.get(name, name)) for name in names) for row in rows]


def without(*vacancies: int) -> None:
    """Take vacancies out of all lists, and empty their own."""
    edition = Edition.objects.served()
    places.take_out(edition, Match.Whose.JOBSEEKER, vacancies)
    shelves = places.shelves_of(edition, Match.Whose.VACANCY, vacancies)
    for shelf in shelves.values():
        shelf.rows = []
    places.save(edition, Match.Whose.VACANCY, shelves.values())
