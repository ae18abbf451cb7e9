"""Who is invited to choose a time, until when, and the times that are asked for because too few are free."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.appointments.models.appointment import Appointment
from visavis.appointments.models.kind import Kind
from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import User


class InvitedQuerySet(models.QuerySet["Invitation"]):
    """Who may see which invitation."""

    def visible_to(self, actor: User) -> "InvitedQuerySet":
        """Hers; of those a counsellor follows or stands in for, and his own; of the agency of reception and head."""
        hers = Q(person=actor.pk)
        if actor.has_role(Role.COUNSELLOR):
            agencies = actor.organisation_ids(Role.COUNSELLOR)
            hers |= Q(person__in=people_of(actor, Capacity.COUNSELLOR))
            hers |= Q(by=actor.pk, kind__agency__organisation__in=agencies)
        desks = actor.organisation_ids(Role.RECEPTION, Role.HEAD)
        return self.filter(hers | Q(kind__agency__organisation__in=desks) if desks else hers)

    def open(self) -> "InvitedQuerySet":
        """Keep those of whom an answer is waited for."""
        return self.filter(state=Invitation.State.OPEN)

    def with_words(self) -> "InvitedQuerySet":
        """Fetch with each what its sentences need."""
        return self.select_related("kind__agency__commune", "person", "by", "appointment")


class Invitation(models.Model):
    """One row = one person invited to choose a time of a kind, until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("Not chosen yet")
        BOOKED = "booked", _("A time is chosen")
        EXPIRED = "expired", _("No time chosen by the last day")
        ENDED = "ended", _("Taken back")

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    changed_at = models.DateTimeField(default=clock.now)
    remind_on = models.DateField()
    until = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Since when no time is free for her, as the sweep last saw it, and when it looked.
    none_free_since = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    appointment = models.OneToOneField(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    objects = InvitedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["until"], condition=Q(state="open"), name="invitations_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="open"),
                name="a_person_is_invited_once_to_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("remind_on")), name="an_invitation_reminds_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "booked", "expired", "ended"]),
                name="invitation_is_in_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} {self.state}"

    @property
    def url(self) -> str:
        return reverse("appointments:invited", kwargs={"invitation_id": self.pk})

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def state_words(self) -> str:
        return str(self.State(self.state).label)


class TimesAskedQuerySet(models.QuerySet["TimesAsked"]):
    """Who may open more times."""

    def visible_to(self, actor: User) -> "TimesAskedQuerySet":
        """The counsellor of whom they are asked, any of the agency where nobody is named, and the head."""
        agencies = actor.organisation_ids(Role.COUNSELLOR)
        hers = Q(counsellor=actor.pk) | Q(counsellor__isnull=True)
        asked = hers & Q(kind__agency__organisation__in=agencies)
        return self.filter(asked | Q(kind__agency__organisation__in=actor.organisation_ids(Role.HEAD)))

    def waiting(self) -> "TimesAskedQuerySet":
        """Keep what nobody has done yet, and that is still of use."""
        return self.filter(done_at__isnull=True, until__gte=clock.today())


class TimesAsked(models.Model):
    """One row = more times of a kind asked for, of one counsellor or of the agency, until a day."""

    kind = models.ForeignKey(Kind, on_delete=models.CASCADE, related_name="+")
    counsellor = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until = models.DateField()
    missing = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TimesAskedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "times asked"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "counsellor"],
                condition=Q(done_at__isnull=True, counsellor__isnull=False),
                name="times_are_asked_once_of_a_counsellor",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(done_at__isnull=True, counsellor__isnull=True),
                name="times_are_asked_once_of_an_agency",
            ),
            models.CheckConstraint(condition=Q(missing__gte=1), name="times_asked_are_some"),
        ]

    def __str__(self) -> str:
        return f"times asked {self.pk}"

    @property
    def url(self) -> str:
        return reverse("appointments:times_asked", kwargs={"asked_id": self.pk})
