"""What is published: shares good enough to be shown, and how far the others are."""

from django.db import models
from django.db.models import Q

from visavis.traces.models.period import Period


class Figure(models.Model):
    """One row = one published share: of people of a group, in a quarter, who name an interest among five.

    `group` is empty for everybody, else a domain ("m") or a family of occupations ("m18"). Shares in [0, 1].
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="figures")
    group = models.CharField(max_length=5, blank=True)
    interest = models.CharField(max_length=60)
    share = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        ordering = ["-share", "interest"]
        constraints = [
            models.UniqueConstraint(fields=["period", "group", "interest"], name="one_figure_an_interest"),
            models.CheckConstraint(
                condition=Q(low__gte=0, share__gte=models.F("low"), high__gte=models.F("share"), high__lte=1),
                name="a_share_lies_in_its_interval",
            ),
        ]


class Standing(models.Model):
    """One row = how far one group is in one quarter: its reports, and how many more its figures need."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="standings")
    group = models.CharField(max_length=5, blank=True)
    reports = models.PositiveIntegerField()
    more_needed = models.PositiveIntegerField()
    # Interests of the table that are not published, those whose interval came out too wide included.
    left_out = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["group"]
        constraints = [models.UniqueConstraint(fields=["period", "group"], name="one_standing_a_group")]
