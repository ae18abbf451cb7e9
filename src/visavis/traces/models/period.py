"""The quarters in which reports are collected: how they are drawn, and the key that signs permits."""

from django.db import models
from django.db.models import Q

from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Survey


class Period(models.Model):
    """One row = one quarter: how its reports are drawn, and its own signing key, sealed.

    What stands here does not change once somebody has a permit: every report of a quarter is drawn in one way.
    """

    code = models.CharField(max_length=7, primary_key=True)
    starts_on = models.DateField(unique=True)
    ends_on = models.DateField()
    table = models.CharField(max_length=40)
    # Codes of the interests in the order of the table: reports hold their numbers.
    interests = models.JSONField()
    epsilon_thousandths = models.PositiveIntegerField()
    m = models.PositiveSmallIntegerField()
    s = models.PositiveSmallIntegerField()
    sealed_key = models.BinaryField()
    modulus = models.TextField()
    # Reports counted in the figures last made; 0 when none were made.
    counted = models.PositiveIntegerField(default=0)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="period_has_days"),
            models.CheckConstraint(condition=Q(epsilon_thousandths__gte=1), name="a_report_costs_something"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def mechanism(self) -> PrivSet:
        return PrivSet(len(self.interests), self.m, self.s, self.epsilon_thousandths)

    @property
    def survey(self) -> Survey:
        """Return what a report of this quarter must say."""
        return Survey(self.table, self.mechanism)
