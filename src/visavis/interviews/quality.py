"""How a room was carried: told once by each page as it goes, kept by month and agency, without whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.db import transaction

from visavis.appointments import free
from visavis.interviews.models import Quality, Seat
from visavis.interviews.models.quality import MOST_DROPS, MOST_TENTHS
from visavis.people.requests import number_in

HUNDRED_MS = 100


@dataclass(frozen=True)
class Told:
    """What a page says as it goes, within bounds."""

    first_tenths: int | None
    is_relayed: bool
    lost_percent: int
    drops: int

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Read it from a form; what is not there, or no number, is nothing."""
        first_ms, lost, came, drops = (
            number_in(given.get(name, "")) for name in ("first", "lost", "came", "drops")
        )
        return cls(
            min(max(1, round(first_ms / HUNDRED_MS)), MOST_TENTHS) if first_ms else None,
            given.get("relayed") == "1",
            round(100 * lost / (lost + came)) if lost else 0,
            min(drops, MOST_DROPS),
        )


@transaction.atomic
def note(*, seat: Seat, connection: int, told: Told) -> None:
    """Keep what the page of a seat that was let in says of its line: once a page, the last one opened alone."""
    row = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if row.admitted_at is None or connection != row.connection or row.told_of >= connection:
        return
    row.told_of = connection
    row.save(update_fields=["told_of"])
    agency = seat.interview.appointment.agency
    Quality.objects.create(agency=agency, month=Quality.month_of(free.today_at(agency)), **vars(told))
