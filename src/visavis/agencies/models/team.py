"""Who is away from an agency, and who is invited to work there."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from visavis.agencies.models.agency import Agency
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Who is away when, and who may know it."""

    def visible_to(self, actor: User) -> "AbsenceQuerySet":
        """Those of the agencies that the actor heads; one's own; those in which one stands in."""
        headed = Q(agency__organisation__in=actor.organisation_ids(Role.HEAD))
        return self.filter(headed | Q(user=actor.pk) | Q(substitute=actor.pk))

    def on(self, day: dt.date | None = None) -> "AbsenceQuerySet":
        """Keep those that hold on a day, today if none is given."""
        today = day or clock.today()
        return self.filter(starts_on__lte=today, ends_on__gte=today)

    def to_come(self) -> "AbsenceQuerySet":
        """Keep those that have not ended."""
        return self.filter(ends_on__gte=clock.today())

    def covered_by(self, actor: User) -> "AbsenceQuerySet":
        """Keep those of today in which the actor stands in."""
        return self.on().filter(substitute=actor.pk)


class Absence(models.Model):
    """One row = one time in which somebody does not work in an agency, and who then acts in her place."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="absences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    substitute = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # When the people were told that somebody stands in, and that it is over: each once.
    begun_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="nobody_stands_in_for_herself",
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"

    @property
    def is_now(self) -> bool:
        return self.starts_on <= clock.today() <= self.ends_on


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations work."""

    def visible_to(self, actor: User) -> "InvitationQuerySet":
        """Those of the agencies that the actor heads."""
        return self.filter(agency__organisation__in=actor.organisation_ids(Role.HEAD))

    def working(self) -> "InvitationQuerySet":
        """Keep those that are neither used, taken back nor too old."""
        return self.filter(ended_at__isnull=True, at__gt=clock.now() - Invitation.LIFE)


class Invitation(models.Model):
    """One row = one colleague invited to an agency: the code on paper and her e-mail, together, as a digest only."""

    LIFE = dt.timedelta(days=7)

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def works_until(self) -> dt.datetime:
        return self.at + self.LIFE
