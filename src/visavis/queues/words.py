"""The queue of a door in words, and in figures for programs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.agencies.models import Agency
from visavis.queues import services, waits
from visavis.queues.enums import Light
from visavis.queues.models import Ticket

# What apps above offer to who follows her ticket: in words, and where.
ON_A_TICKET: list[Callable[[Ticket], tuple[str, str] | None]] = []
# What apps above say on the board: in words, and where it is done.
ON_THE_BOARD: list[Callable[[Agency], list[tuple[str, str]]]] = []


# Up to how many minutes, at worst, a door is quiet; and up to how many it is busy.
GREEN_MINUTES, AMBER_MINUTES = 30, 60


@dataclass(frozen=True)
class Crowd:
    """How many wait at a door now, and the minutes of who comes now, at best and at worst."""

    number: int
    best: int
    worst: int

    @property
    def light(self) -> Light:
        """Say it by a traffic light: by the longest wait of who comes now."""
        if not self.number or self.worst <= GREEN_MINUTES:
            return Light.GREEN
        return Light.AMBER if self.worst <= AMBER_MINUTES else Light.RED


def crowd(agency: Agency) -> Crowd:
    """Return who waits at a door now."""
    day = services.today(agency)
    kinds = list(Ticket.objects.of_day(agency, day).waiting().values_list("is_short", flat=True))
    return Crowd(len(kinds), *waits.pace(agency, day).among([*kinds, False]).wait(len(kinds)))


def waiting_now(agency: Agency) -> str:
    """Say it to those who are at the door."""
    return _in_words(crowd(agency))


def light_now(agency: Agency) -> str:
    """Say it on the page of the door, while the door is open: to those who may still choose their hour."""
    found = crowd(agency)
    return f"{found.light.label} {_in_words(found)}"


def _in_words(found: Crowd) -> str:
    if not found.number:
        return _("Nobody waits now.")
    people = ngettext("%(number)s person waits.", "%(number)s people wait.", found.number)
    wait = _("Who comes now waits %(best)s to %(worst)s minutes.")
    minutes = {"best": found.best, "worst": found.worst}
    return f"{people % {'number': found.number}} {wait % minutes}"
