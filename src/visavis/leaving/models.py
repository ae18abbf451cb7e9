"""An account that is closed until it is erased, that nobody uses, that something holds."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.models import User

UNDONE_FOR = dt.timedelta(days=30)


class Closing(models.Model):
    """One row = one account that is closed: nobody signs in or lists it; until `last_day` it can come back."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="closing")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    erased_on = models.DateField()

    @property
    def last_day(self) -> dt.date:
        """Return the last whole day on which it can come back: the night after it is erased."""
        return self.erased_on - dt.timedelta(days=1)


class Notice(models.Model):
    """One row = somebody who has not used her account for nearly two years, and is told before it is closed."""

    THING = "account"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)


class HoldQuerySet(models.QuerySet["Hold"]):
    """Readings of holds."""

    def in_force(self, on: dt.date | None = None) -> "HoldQuerySet":
        """Keep those that hold on a day, today if none is given."""
        return self.filter(ended_at__isnull=True, until__gte=on or clock.today())


class Hold(models.Model):
    """One row = why an account is neither closed by itself nor erased, until a day."""

    class Why(models.TextChoices):
        REQUEST = "request", _("A request about the person’s data is being answered")
        DISPUTE = "dispute", _("A complaint or a dispute is open")
        WISH = "wish", _("The person wants to keep the account")

    LONGEST = dt.timedelta(days=366)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="holds")
    why = models.CharField(max_length=8, choices=Why)
    until = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "why"], condition=Q(ended_at__isnull=True), name="one_standing_hold_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(why__in=["request", "dispute", "wish"]), name="a_hold_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")),
                name="a_hold_ends_after_it_began",
            ),
        ]
