"""A visit at the counter, and what was done in it."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.counter.enums import Ground
from visavis.people.acting import people_of
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.queues.enums import AT_A_DESK
from visavis.queues.models import Ticket
from visavis.ui import dates


class CounterVisitQuerySet(models.QuerySet["CounterVisit"]):
    """Who may see which visit, and which hold."""

    def visible_to(self, actor: User) -> "CounterVisitQuerySet":
        """Hers, to the person; to whoever received her, while the counter is still his."""
        if actor.pk is None:
            return self.none()
        return self.filter(
            Q(person=actor.pk) | Q(clerk=actor.pk, person__in=people_of(actor, Capacity.COUNTER))
        )

    def open(self) -> "CounterVisitQuerySet":
        """Keep those that nobody and nothing has ended, whatever the clock says."""
        return self.filter(ended_at__isnull=True)

    def in_force(self) -> "CounterVisitQuerySet":
        """Keep those in which her pages open at this moment: in time, and her ticket still at this very desk."""
        at_the_desk = Q(ticket__state__in=AT_A_DESK, ticket__served_by=F("clerk"))
        without = Q(ticket__isnull=True) & ~Q(ground=Ground.TICKET)
        return self.open().filter(
            at_the_desk | without, ends_at__gt=clock.now(), person__is_active=True, clerk__is_active=True
        )

    def of_clerk(self, actor: User) -> "CounterVisitQuerySet":
        """Keep those in which somebody may act at this moment: his own, at a counter that is still his."""
        return self.in_force().filter(clerk=actor.pk, person__in=people_of(actor, Capacity.COUNTER))

    def with_words(self) -> "CounterVisitQuerySet":
        """Fetch with each what its sentences need."""
        return self.select_related("person__jobseeker", "clerk", "agency", "ticket")


class CounterVisit(models.Model):
    """One row = one time that reception opened a person's own pages, with her standing there: until when, by what."""

    LASTS = dt.timedelta(minutes=30)
    # Prolonged or not, who needs longer is asked for the ticket or the card again.
    AT_MOST = dt.timedelta(hours=2)

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="counter_visits")
    clerk = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    # At this desk when it was opened, hers or without a name: the visit ends with it.
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ground = models.CharField(max_length=6, choices=Ground)
    begun_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CounterVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clerk"],
                condition=Q(ended_at__isnull=True),
                name="a_clerk_receives_one_person_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="a_person_stands_at_one_counter"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values), name="a_counter_visit_has_a_ground"
            ),
            models.CheckConstraint(condition=~Q(clerk=F("person")), name="nobody_is_her_own_clerk"),
        ]
        indexes = [models.Index(fields=["begun_at"], name="counter_visits_by_time")]

    def __str__(self) -> str:
        return f"counter visit {self.pk}"

    @property
    def url(self) -> str:
        """Return where the person reads what was done."""
        return reverse("counter:mine", kwargs={"visit_id": self.pk})

    @property
    def until(self) -> str:
        """Return when it ends, as the wall of the agency shows it."""
        with timezone.override(self.agency.zone):
            return dates.hour(self.ends_at)

    @property
    def ground_words(self) -> str:
        return str(Ground(self.ground).label)


class Deed(models.Model):
    """One row = one act by reception in a visit, on which thing: whose hand it was is said beside it."""

    visit = models.ForeignKey(CounterVisit, on_delete=models.CASCADE, related_name="deeds")
    entry = models.BigIntegerField(unique=True)
    action = models.CharField(max_length=12)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thing", "thing_id"], name="deeds_on_a_thing")]

    def __str__(self) -> str:
        return f"deed {self.pk}"
