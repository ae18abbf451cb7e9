"""Occupations, their titles and skills, and the ways from one to another."""

from django.db import models
from django.db.models import F, Q

from visavis.catalog.models.labels import Labelled


class Domain(Labelled):
    """One row = one of the 14 ROME domains, a letter."""

    code = models.CharField(max_length=1, primary_key=True)


class Occupation(Labelled):
    """One row = one occupation (ROME code). A retired one is kept: people and vacancies point to it."""

    code = models.CharField(max_length=5, primary_key=True)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    definition_fr = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)
    riasec_major = models.CharField(max_length=1, blank=True)
    riasec_minor = models.CharField(max_length=1, blank=True)
    isco = models.CharField(max_length=4, blank=True)
    esco_uri = models.CharField(max_length=120, blank=True)
    is_current = models.BooleanField(default=True)
    source = models.CharField(max_length=20)

    class Meta:
        ordering = ["code"]

    @property
    def family(self) -> str:
        """Return the three characters of the ROME professional domain, as M18."""
        return self.code[:3]


class Title(models.Model):
    """One row = one name people give to an occupation, in one language."""

    code = models.CharField(max_length=80, unique=True)
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="titles")
    label = models.CharField(max_length=250)
    language = models.CharField(max_length=2)
    is_principal = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    source = models.CharField(max_length=20)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Skill(Labelled):
    """One row = one skill: know-how, knowledge or attitude."""

    class Kind(models.TextChoices):
        KNOW_HOW = "know_how"
        KNOWLEDGE = "knowledge"
        ATTITUDE = "attitude"

    code = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    is_current = models.BooleanField(default=True)
    source = models.CharField(max_length=20)

    class Meta:
        ordering = ["label_fr"]


class OccupationSkill(models.Model):
    """One row = one skill that an occupation asks for."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="occupation_links")
    is_essential = models.BooleanField()
    source = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "skill"], name="occupation_asks_skill_once")
        ]


class Mobility(models.Model):
    """One row = one occupation within reach of another."""

    class Kind(models.TextChoices):
        NEAR = "near"
        EVOLUTION = "evolution"

    origin = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="ways_out")
    target = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="ways_in")
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "target"], name="one_way_between_two_occupations"),
            models.CheckConstraint(condition=~Q(origin=F("target")), name="mobility_leads_elsewhere"),
        ]
