"""Who may report: a permit a quarter, that cannot be told from another once it is used."""

import uuid

from django.db import models
from django.db.models import Q

from visavis.people.models import User
from visavis.traces.models.period import Period


class PermitQuerySet(models.QuerySet["Permit"]):
    """Readings of permits: only a person's own."""

    def visible_to(self, actor: User) -> "PermitQuerySet":
        """Keep her own. Nobody else reads them, whatever the role."""
        return self.filter(user=actor)


class Permit(models.Model):
    """One row = one permit of one person for one quarter: what it costs, and what was signed, unseen.

    No time finer than the quarter. The number of the row is drawn by chance: rows in the order of their making
    beside reports in the order of their coming would tell whose is whose.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="permits")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="permits")
    epsilon_thousandths = models.PositiveIntegerField()
    # SHA-256 of the blinded message: the same one is signed again, another is refused.
    blinded_digest = models.CharField(max_length=64)

    objects = PermitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "period"], name="one_permit_a_person_and_period"),
            models.CheckConstraint(condition=Q(epsilon_thousandths__gte=1), name="a_permit_costs_something"),
        ]


class Stop(models.Model):
    """One row = a person who wants no permit any more, until she says otherwise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="permits_stopped")
