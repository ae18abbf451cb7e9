"""What a helper did for a person under a mandate: an act each, told together."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext

from visavis.common import clock
from visavis.mandates.models.mandate import Mandate
from visavis.people import wording


class Visit(models.Model):
    """One row = what a helper did for one person in one sitting; the person is told of it once, when it is over."""

    # Without an act for so long, it is over.
    PAUSE = dt.timedelta(minutes=30)

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="visits")
    begun_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["last_at"], condition=models.Q(told_at__isnull=True), name="visits_to_tell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=models.Q(told_at__isnull=True), name="one_visit_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"


class Stamp(models.Model):
    """One row = one act by a helper for a person under a mandate: of which thing, which entry, which step of it.

    `step` is the number of the ledger's step; none where the thing moves through no states.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="stamps")
    entry = models.BigIntegerField(unique=True)
    action = models.CharField(max_length=12)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=40, blank=True)
    step = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thing", "thing_id"], name="stamps_of_a_thing")]

    def __str__(self) -> str:
        return f"stamp {self.pk}"

    @property
    def words(self) -> str:
        """Return what was done, as the journal calls it."""
        said = {"act": wording.action(self.action), "thing": wording.thing(self.thing)}
        return gettext("%(act)s: %(thing)s") % said
