"""The answers that are lists: wishes, experience, skills, languages, interests."""

from django.db import models
from django.db.models import F, Q

from visavis.catalog.enums import EducationLevel, LanguageLevel, SkillLevel, SpokenLanguage
from visavis.catalog.models import Interest, Occupation, Skill
from visavis.common import clock
from visavis.jobseekers.models.jobseeker import Jobseeker


class WantedOccupation(models.Model):
    """One row = one occupation she wants, 1 first; what she typed is kept beside what it was taken for."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="wishes")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, blank=True)
    typed = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "position"], name="one_wish_per_position"),
        ]


class Experience(models.Model):
    """One row = one job held. Dates may be partial or missing; months are what the engine reads.

    `is_current` tells a job she still holds from one whose end she did not give.
    """

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="experiences")
    title = models.CharField(max_length=250)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, blank=True)
    employer = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    starts_in_year_only = models.BooleanField(default=False)
    ends_in_year_only = models.BooleanField(default=False)
    is_current = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="experience_ends_after_start",
            )
        ]


class Qualification(models.Model):
    """One row = one diploma or training."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="qualifications")
    name = models.CharField(max_length=250)
    level = models.PositiveSmallIntegerField(choices=EducationLevel, null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = [F("year").desc(nulls_last=True), "pk"]


class SkillHeld(models.Model):
    """One row = one skill she has, and how well."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="skills_held")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField(choices=SkillLevel, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["jobseeker", "skill"], name="skill_is_held_once")]


class SpokenLanguageHeld(models.Model):
    """One row = one language she speaks, and how well."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=2, choices=SpokenLanguage)
    level = models.PositiveSmallIntegerField(choices=LanguageLevel)

    class Meta:
        ordering = ["-level", "language"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "language"], name="language_is_spoken_once")
        ]


class ApprovedInterest(models.Model):
    """One row = one interest that she put in her file herself."""

    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="interests")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT)
    approved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["interest"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "interest"], name="interest_is_approved_once")
        ]
