"""Who is told what happens, and what is to be told."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Readings of who is told."""

    def visible_to(self, actor: User) -> "EndpointQuerySet":
        """Keep those of the agencies that the actor heads."""
        return self.filter(agency__in=Agency.objects.headed_by(actor))

    def on(self) -> "EndpointQuerySet":
        """Keep those that are told."""
        return self.filter(off_at__isnull=True)


class Endpoint(models.Model):
    """One row = one address of a program to which an agency has events told."""

    class Off(models.TextChoices):
        BY_HAND = "by-hand", _("Turned off by the agency")
        FAILING = "failing", _("Turned off: it did not answer for five days")
        GONE = "gone", _("Turned off: it said that it is gone")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="webhooks")
    address = models.CharField(_("Address"), max_length=500)
    tells_introductions = models.BooleanField(default=False)
    tells_vacancies = models.BooleanField(default=False)
    # Sealed by the site's keys; the former one signs as well for a day.
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    failing_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_why = models.CharField(max_length=8, choices=Off, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(off_at__isnull=True, off_why="") | (Q(off_at__isnull=False) & ~Q(off_why="")),
                name="a_webhook_that_is_off_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Readings of what is to be told."""

    def visible_to(self, actor: User) -> "DeliveryQuerySet":
        """Keep those of the agencies that the actor heads."""
        return self.filter(endpoint__in=Endpoint.objects.visible_to(actor))

    def due(self) -> "DeliveryQuerySet":
        """Keep what may be sent now and nobody is sending."""
        now = clock.now()
        is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - Delivery.CLAIM)
        return self.filter(is_free, state=Delivery.State.WAITING, due_at__lte=now)


def drawn_key() -> str:
    return f"msg_{uuid.uuid4().hex}"


class Delivery(models.Model):
    """One row = one event for one program, written with the act itself; it holds numbers and states, no person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Arrived")
        FAILED = "failed", _("Not received")

    # Who sends for longer has stopped in the middle: it is sent again, under the same key.
    CLAIM = dt.timedelta(minutes=2)

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=40, unique=True, default=drawn_key)
    kind = models.CharField(max_length=40)
    body = models.TextField()
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    # What it answered, by its number, or why nothing was answered, by a code of `wording.py`.
    answered = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.CharField(max_length=12, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["endpoint", "due_at"], condition=Q(state="waiting"), name="webhooks_to_send"
            ),
            models.Index(fields=["endpoint", "-at"], name="webhooks_log"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} {self.kind} {self.state}"
