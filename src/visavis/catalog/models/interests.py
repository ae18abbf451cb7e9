"""Interests: the six RIASEC types and the centres of interest."""

from django.db import models

from visavis.catalog.models.labels import Labelled
from visavis.catalog.models.occupations import Occupation


class Interest(Labelled):
    """One row = one interest, `riasec:R` or `interest:diy`."""

    class Kind(models.TextChoices):
        RIASEC = "riasec"
        CENTRE = "centre"

    code = models.CharField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=6, choices=Kind)
    riasec = models.CharField(max_length=1, blank=True)

    class Meta:
        ordering = ["code"]


class OccupationInterest(models.Model):
    """One row = one interest that goes with an occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="interest_links")
    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="occupation_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "interest"], name="occupation_has_interest_once")
        ]
