"""Whose file is open to whom because she is at his desk."""

from django.db.models import QuerySet

from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.queues.enums import AT_A_DESK, State
from visavis.queues.models import Ticket, TicketQuerySet


def _served_today(actor: User) -> TicketQuerySet:
    """Find the tickets of today that he has called to his desk, or served, at an agency where he is a counsellor."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    here = {"served_by": actor.pk, "day": clock.today(), "state__in": [*AT_A_DESK, State.FINISHED]}
    return Ticket.objects.filter(**here, agency__organisation__in=desks, person__isnull=False)


def serves(actor: User, person: User) -> bool:
    """Say whether she is at his desk, or was today: a way of `people/acting.py`."""
    is_there = actor.has_role(Role.COUNSELLOR) and actor.pk != person.pk
    return is_there and _served_today(actor).filter(person=person.pk).exists()


def brought(actor: User) -> QuerySet[Ticket, int]:
    """Give the numbers of the users who have a ticket of today where somebody receives (`noticing/limits.py`)."""
    here = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION)
    today = Ticket.objects.filter(day=clock.today(), agency__organisation__in=here, person__isnull=False)
    return today.order_by().values_list("person_id", flat=True)


def served(actor: User) -> QuerySet[Ticket, int]:
    """Give the numbers of the users whom he serves today: the other half of the same way."""
    return _served_today(actor).exclude(person=actor.pk).order_by().values_list("person_id", flat=True)
