"""What the queue says to the homes: a ticket in one's hand, and those that wait for one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.days import MOST_LINES, TICKETS, Day, Line, OfDay
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, MayWait, Said, Urgency, Waiting
from visavis.queues.enums import AT_A_DESK, HERE, OVER, State
from visavis.queues.models import Ticket

HERS = Prepared(
    lambda user, day: here(day).filter(person=user).order_by("-pk").values_list("code", "number")[:1]
)
FOR_ONE = Prepared(
    lambda user, day: (
        Ticket.objects.filter(to=user, day=day, state=State.WAITING)
        .order_by("came_at")
        .values_list("came_at", "agency")
    )
)

# Whoever waits for one alone, and whom one served.
AT_HER_DESK = Prepared(
    lambda user, day: (
        Ticket.objects.filter(Q(served_by=user) | Q(to=user), day=day)
        .select_related("person")
        .order_by("came_at", "pk")[: MOST_LINES + 1]
    )
)


def here(day: dt.date) -> QuerySet[Ticket]:
    """Keep the tickets of a day of who is still here."""
    return Ticket.objects.filter(day=day, state__in=HERE)


class Queue(App):
    """The tickets of today."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return her ticket to a person, and to a counsellor who waits for him alone."""
        today = clock.today()
        if role == Role.JOBSEEKER:
            return [
                Waiting(
                    _("You have ticket %(number)s. See when it is your turn.") % {"number": number},
                    reverse("queues:place", args=[code]),
                    Urgency.TO_SETTLE,
                    is_hot=True,
                    due=today,
                )
                for code, number in HERS(actor.pk, today)
            ]
        if role != Role.COUNSELLOR or not (found := list(FOR_ONE(actor.pk, today))):
            return []
        sentence = ngettext(
            "%(number)s person waits for you at the door.",
            "%(number)s people wait for you at the door.",
            len(found),
        )
        url = reverse("queues:board", args=[found[0][1]])
        words = sentence % {"number": len(found)}
        return [Waiting(words, url, Urgency.TO_SETTLE, is_hot=True, due=found[0][0])]

    def may_wait(self) -> Sequence[MayWait]:
        return [MayWait(here(clock.today()), "person")]

    def reached(self) -> Sequence[Said]:
        """Who took a ticket in her name stood in the agency."""
        return [Said(Ticket.objects.filter(person__isnull=False), "person", "came_at", is_account=True)]

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return the tickets of her desk: those kept for her, and those she served."""
        if day.on > day.today:
            return []
        lines = [_ticket(row) for row in AT_HER_DESK(actor.pk, day.on)]
        return [OfDay(TICKETS, lines, reverse("queues:index"), _("Who is at the door"))]


def _ticket(row: Any) -> Line:
    """Return one ticket: by its number alone where nobody said whose it is."""
    number = _("Ticket %(number)s") % {"number": row.number}
    kind = "good" if row.state in OVER else "info" if row.state in AT_A_DESK else "wait"
    return Line(
        row.person.name if row.person else number,
        number if row.person else "",
        reverse("queues:board", args=[row.agency_id]),
        row.came_at,
        row.state_words,
        kind,
        is_hot=row.state == State.WAITING,
    )
