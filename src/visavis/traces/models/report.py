"""Reports as they came, until they are counted; then their counts."""

from django.db import models

from visavis.traces.models.period import Period


class Report(models.Model):
    """One row = one report, of nobody known: its items and its group, its quarter, the digest of its permit.

    No person, address, device or time. `items` is null once whoever sent it took it back: the permit stays used.
    """

    # SHA-256 of the permit's message: as good as drawn by chance, and one report a permit.
    permit_digest = models.CharField(max_length=64, primary_key=True)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    group = models.CharField(max_length=5, blank=True)
    items = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["period", "group"], name="reports_by_group")]


class Tally(models.Model):
    """One row = the counts of one group's reports of one quarter, which outlive the reports."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="tallies")
    group = models.CharField(max_length=5, blank=True)
    reports = models.PositiveIntegerField()
    items = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "group"], name="one_tally_a_group")]
