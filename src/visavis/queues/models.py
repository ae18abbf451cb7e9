"""Tickets of a day, and what happened to each."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from visavis.acts import models as acts
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User
from visavis.queues.enums import AT_A_DESK, HERE, Ended, Priority, State
from visavis.queues.table import TABLE


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Who may see which tickets, and in which order they are called."""

    def visible_to(self, actor: User) -> "TicketQuerySet":
        """Those of the agencies in which the actor works; a person follows hers by its code (`views/public.py`)."""
        return self.filter(agency__in=Agency.objects.of(actor))

    def of_day(self, agency: Agency, day: dt.date) -> "TicketQuerySet":
        return self.filter(agency=agency, day=day)

    def here(self) -> "TicketQuerySet":
        """Keep those whose holder is in the agency."""
        return self.filter(state__in=HERE)

    def waiting(self) -> "TicketQuerySet":
        """Keep those that wait, in the order in which they are called: priority, then arrival."""
        return self.filter(state=State.WAITING).order_by("priority", "ranks_at", "pk")

    def for_desk_of(self, user: User) -> "TicketQuerySet":
        """Keep those that somebody may call: for anybody, or for this colleague."""
        return self.filter(Q(to__isnull=True) | Q(to=user))


class Ticket(acts.Moving):
    """One row = one person who came to a door on a day: a number, and how far it came; who she is only where said."""

    TABLE = TABLE
    THING = "ticket"
    KEPT = ("state",)

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="tickets")
    # The day at the door; numbers start anew each day.
    day = models.DateField()
    number = models.PositiveIntegerField()
    # Opens the place in line, and nothing else.
    code = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets")
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.USUAL)
    came_at = models.DateTimeField(default=clock.now)
    # What its place is reckoned from: when it came, or the hour of an appointment that is still to come.
    ranks_at = models.DateTimeField(default=clock.now)
    # A matter of a few minutes, for any desk: called between the others (`turns.py`).
    is_short = models.BooleanField(default=False)
    # For one colleague only.
    to = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The first call is kept, however often it is called again.
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    last_called_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    served_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    desk = models.CharField(max_length=12, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "number"], name="a_number_is_given_once_a_day"),
            models.UniqueConstraint(
                fields=["agency", "day", "served_by"],
                condition=Q(state__in=AT_A_DESK),
                name="nobody_serves_two_tickets_at_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AT_A_DESK) | ~Q(desk=""), name="a_called_ticket_has_a_desk"
            ),
            models.CheckConstraint(
                condition=Q(is_short=False) | Q(priority=Priority.USUAL, to__isnull=True),
                name="a_short_matter_is_for_any_desk",
            ),
        ]
        indexes = [models.Index(fields=["agency", "day", "state"], name="tickets_of_a_day")]

    def __str__(self) -> str:
        return f"ticket {self.number} {self.state}"

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)


class TicketStep(acts.Step):
    """One row = one act on a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["ticket", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "number"], name="steps_of_a_ticket_follow"),
        ]

    def moved(self) -> Any:
        return Ticket.objects.select_for_update(of=("self",)).get(pk=self.ticket_id)


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Who sees which alarms: whoever works in that agency, nobody else."""

    def visible_to(self, actor: User) -> "AlarmQuerySet":
        return self.filter(agency__in=Agency.objects.of(actor))

    def not_ended(self) -> "AlarmQuerySet":
        """Keep those that nobody has ended."""
        return self.filter(ended_at__isnull=True)


class Alarm(models.Model):
    """One row = one colleague who called for help at once from a desk or a room, until somebody ends it with a word."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="alarms")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    place = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    end = models.CharField(max_length=8, choices=Ended, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "by"],
                condition=Q(ended_at__isnull=True),
                name="one_alarm_of_a_colleague_stands",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False, end__in=Ended.values),
                name="an_alarm_ends_with_a_word",
            ),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"

    @property
    def end_words(self) -> str:
        return str(Ended(self.end).label) if self.end else ""


class AlarmAnswer(models.Model):
    """One row = one colleague who said that he comes."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["alarm", "by"], name="one_says_once_that_one_comes")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
