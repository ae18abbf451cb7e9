"""How well rooms were carried, without whom."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.agencies.models import Agency

# What a page may say at most: a minute, in tenths; more breaks are many.
MOST_TENTHS, MOST_DROPS = 600, 20


class Quality(models.Model):
    """One row = how one page of a room was carried, in round numbers: of which month and agency, and nothing else."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    # From when somebody else is in the room to the first picture, in tenths of a second; nothing where none came.
    first_tenths = models.PositiveSmallIntegerField(null=True, blank=True)
    is_relayed = models.BooleanField()
    lost_percent = models.PositiveSmallIntegerField()
    drops = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["month"]
        indexes = [models.Index(fields=["agency", "month"], name="quality_of_an_agency_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lost_percent__lte=100)
                & Q(drops__lte=MOST_DROPS)
                & (Q(first_tenths__isnull=True) | Q(first_tenths__lte=MOST_TENTHS)),
                name="a_quality_is_told_in_bounds",
            )
        ]

    def __str__(self) -> str:
        return f"quality of {self.month:%Y-%m}"

    @staticmethod
    def month_of(day: dt.date) -> dt.date:
        """Return the finest time that is kept of a line."""
        return day.replace(day=1)
