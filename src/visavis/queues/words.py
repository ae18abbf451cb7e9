"""The queue of a door in words, and in figures for programs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.agencies.models import Agency
from visavis.queues import services, waits
from visavis.queues.models import Ticket


@dataclass(frozen=True)
class Crowd:
    """How many wait at a door now, and the minutes of who comes now, at best and at worst."""

    number: int
    best: int
    worst: int


def crowd(agency: Agency) -> Crowd:
    """Return who waits at a door now."""
    day = services.today(agency)
    number = Ticket.objects.of_day(agency, day).waiting().count()
    return Crowd(number, *waits.pace(agency, day).wait(number))


def waiting_now(agency: Agency) -> str:
    """Say it on the page of the door, while the door is open."""
    found = crowd(agency)
    if not found.number:
        return _("Nobody waits now.")
    people = ngettext("%(number)s person waits.", "%(number)s people wait.", found.number)
    wait = _("Who comes now waits %(best)s to %(worst)s minutes.")
    return f"{people % {'number': found.number}} {wait % {'best': found.best, 'worst': found.worst}}"
