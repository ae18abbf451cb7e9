"""Ideal profiles: what people hired for an occupation have in common, and how counsellors corrected it."""

from typing import NotRequired, TypedDict

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.people.models import User

LEAST_PEOPLE = 10
LEAST_REASON = 20
LONGEST_REASON = 500


class TraitRow(TypedDict):
    """A trait as it is kept: counts, shares of 0 to 1, effect and credit in logits. See `engine.ideal.Trait`."""

    code: str
    hired: int
    hired_known: int
    introduced: int
    introduced_known: int
    share: float
    low: float
    high: float
    introduced_share: float
    effect: float
    credit: float
    # Among those who wish for the work, once a version has counted them.
    wished: NotRequired[int]
    wished_known: NotRequired[int]


class IdealProfileQuerySet(models.QuerySet["IdealProfile"]):
    """Readings of the versions."""

    def current(self) -> "IdealProfileQuerySet":
        """Keep the last version of each occupation."""
        newer = IdealProfile.objects.filter(
            occupation=OuterRef("occupation"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def of(self, occupation: Occupation) -> "IdealProfileQuerySet":
        """Return the versions of an occupation, the last one first."""
        return self.filter(occupation=occupation).order_by("-version")


class IdealProfile(models.Model):
    """One row = one version of an occupation's ideal profile: counts of people, never who.

    A seed has no trait: fewer than ten people were hired, and the catalogue speaks alone.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="ideal_profiles")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    introduced = models.PositiveIntegerField()
    hired = models.PositiveIntegerField()
    # Who looked for work and wished for this one, on that day.
    wished = models.PositiveIntegerField(default=0)
    family = models.ForeignKey(
        "matches.FamilyProfile", on_delete=models.PROTECT, null=True, related_name="occupations"
    )
    is_seed = models.BooleanField()
    traits = models.JSONField(default=list)
    engine_version = models.CharField(max_length=20)

    objects = IdealProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "version"], name="one_ideal_profile_a_version"),
            models.CheckConstraint(
                condition=Q(is_seed=True) | Q(hired__gte=LEAST_PEOPLE), name="shares_come_from_ten_people"
            ),
            models.CheckConstraint(
                condition=Q(introduced__gte=models.F("hired")), name="who_is_hired_was_introduced"
            ),
        ]

    def __str__(self) -> str:
        return f"ideal profile {self.occupation_id} {self.version}"

    @property
    def rows(self) -> list[TraitRow]:
        """Return the traits, typed."""
        return list(self.traits)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Readings of the corrections."""

    def present(self) -> "CorrectionQuerySet":
        """Keep those that nobody took back."""
        return self.filter(ended_at__isnull=True)


class Correction(models.Model):
    """One row = one correction of one trait by a counsellor, with its reason; taken back, it says when."""

    class What(models.TextChoices):
        DROPPED = "dropped", _("Take it out: it should not be here")
        SET_ASIDE = "set-aside", _("Show it, but do not count it")
        EMPHASISED = "emphasised", _("Count it more: it matters for this work")
        KEPT = "kept", _("Count it all the same: the work needs it, though groups do not have it equally")

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="ideal_corrections")
    # As in the engine: skill:S0001, occupation:D1106, experience:2, training:4.
    trait = models.CharField(max_length=100)
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "trait"],
                condition=Q(ended_at__isnull=True),
                name="a_trait_is_corrected_one_way_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"correction {self.occupation_id} {self.trait} {self.what}"
