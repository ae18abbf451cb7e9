"""What a family of occupations says together, and what lines of profiles do to groups of people."""

from typing import NotRequired, TypedDict

from django.db import models
from django.db.models import Exists, OuterRef, Q

from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.matches.models.ideal import LEAST_PEOPLE, TraitRow

LONGEST_COLUMN = 40


class FamilyProfileQuerySet(models.QuerySet["FamilyProfile"]):
    """Readings of the versions."""

    def current(self) -> "FamilyProfileQuerySet":
        """Keep the last version of each family."""
        newer = FamilyProfile.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def of(self, code: str) -> "FamilyProfileQuerySet":
        """Return the versions of a family, the last one first."""
        return self.filter(code=code).order_by("-version")


class FamilyProfile(models.Model):
    """One row = one version of what a family of occupations says together: counts of people, never who.

    Its occupations are drawn towards it; those where fewer than ten people were hired take it as it is.
    """

    # Three characters of the ROME code, as M18.
    code = models.CharField(max_length=3)
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    introduced = models.PositiveIntegerField()
    hired = models.PositiveIntegerField()
    is_seed = models.BooleanField()
    traits = models.JSONField(default=list)
    # By trait: mean and variance, logits; and the variance of occupations around their family.
    priors = models.JSONField(default=dict)
    between = models.FloatField(default=0.0)
    engine_version = models.CharField(max_length=20)

    objects = FamilyProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_family_profile_a_version"),
            models.CheckConstraint(
                condition=Q(is_seed=True) | Q(hired__gte=LEAST_PEOPLE),
                name="a_family_s_shares_come_from_ten_people",
            ),
        ]

    def __str__(self) -> str:
        return f"family profile {self.code} {self.version}"

    @property
    def rows(self) -> list[TraitRow]:
        """Return the traits, typed."""
        return list(self.traits)


type Interval = tuple[float, float, float]


class GapRow(TypedDict):
    """One line between one group and the others: counts, shares of 0 to 1, then gap, low and high of each."""

    trait: str
    group: str
    # Empty: all the others together.
    against: str
    people: int
    others: int
    share: float
    share_others: float
    having: Interval
    logits: NotRequired[Interval]
    places: NotRequired[Interval]
    # A code of `engine.gaps`.
    verdict: str


class LineAudit(models.Model):
    """One row = what the lines of one occupation's profile do to the groups of one column; measured anew, replaced.

    Only what ten people or more of each side give is kept, and nobody's group.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    # sex, age, disability, place, department, or as the file of groups says.
    column = models.CharField(max_length=LONGEST_COLUMN)
    measured_at = models.DateTimeField(default=clock.now)
    # Of the profile; 0 when it was its family's.
    version = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    # Lines that stop counting, too unequal and not asked for by the work; lines so unequal that the work asks for.
    stopped = models.JSONField(default=list)
    justified = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "column"], name="one_line_audit_a_column")
        ]

    def __str__(self) -> str:
        return f"line audit {self.occupation_id} {self.column}"

    @property
    def gaps(self) -> list[GapRow]:
        """Return the comparisons, typed."""
        return list(self.rows)
