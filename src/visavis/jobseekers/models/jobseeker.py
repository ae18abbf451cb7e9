"""The jobseeker's file. Every field may be empty: what is missing never blocks."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.catalog.enums import EducationLevel, Transport
from visavis.catalog.models import Commune
from visavis.common import clock
from visavis.jobseekers.enums import PayUnit
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


def works_today(on: dt.date | None = None) -> models.QuerySet[Membership]:
    """Find, for one jobseeker of the outer query, her counsellor's work in her agency today."""
    return Membership.objects.current(on).filter(
        role=Role.COUNSELLOR,
        user=OuterRef("counsellor"),
        user__is_active=True,
        organisation=OuterRef("agency__organisation"),
    )


class JobseekerQuerySet(models.QuerySet["Jobseeker"]):
    """Who may see whose file, and who is accompanied."""

    def visible_to(self, actor: User) -> "JobseekerQuerySet":
        """Herself; who acts for her; the head and the reception of her agency. Nobody else.

        Whom no agency follows, every head sees, so that nobody is lost: the head of the file only,
        her name and her town. Reception too sees the file's head only: the views that show more ask
        `can_read_profile`.
        """
        desks = actor.organisation_ids(Role.RECEPTION, Role.HEAD)
        seen = Q(user__in=people_of(actor)) | Q(agency__organisation__in=desks)
        return self.filter(seen | Q(agency__isnull=True) if actor.has_role(Role.HEAD) else seen)

    def acted_for_by(self, actor: User, *among: Capacity) -> "JobseekerQuerySet":
        """Keep those for whom the actor may act today, in one of the capacities asked or in any."""
        return self.filter(user__in=people_of(actor, *among))

    def with_presence(self, on: dt.date | None = None) -> "JobseekerQuerySet":
        """Say of each whether her counsellor works in her agency today, as `is_accompanied`."""
        return self.annotate(is_accompanied=Exists(works_today(on)))

    def without_counsellor(self) -> "JobseekerQuerySet":
        """Keep those whom nobody accompanies: no counsellor, no agency, or a counsellor who left it.

        Nobody has to be found for who is not followed any more.
        """
        return self.filter(~Exists(works_today()), ended_at__isnull=True)

    def followed_now(self) -> "JobseekerQuerySet":
        """Keep those whose follow-up has not ended."""
        return self.filter(ended_at__isnull=True)

    def looking(self) -> "JobseekerQuerySet":
        """Keep those who look for work today."""
        return self.filter(is_looking=True, user__is_active=True)


class Jobseeker(models.Model):
    """One row = one jobseeker's profile. `version` grows with each saved answer: two tabs are noticed."""

    id = NumberedField(primary_key=True)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="jobseeker")
    agency = models.ForeignKey(
        Agency, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobseekers"
    )
    counsellor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="caseload"
    )
    # Since when nobody follows her, because her follow-up ended; her file and her pages stay.
    ended_at = models.DateTimeField(null=True, blank=True)
    is_looking = models.BooleanField(default=True)

    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    radius_km = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    transport = models.CharField(max_length=8, choices=Transport, blank=True)

    education_level = models.PositiveSmallIntegerField(choices=EducationLevel, null=True, blank=True)
    # Lists of codes of catalog.enums; `licences` is null until she answers, [] when she has none.
    licences = models.JSONField(null=True, blank=True)
    contracts = models.JSONField(default=list, blank=True)
    avoided_conditions = models.JSONField(default=list, blank=True)
    hours_min = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    available_on = models.DateField(null=True, blank=True)
    # As she said it: the amount and its unit; then gross euros per hour, which the engine reads.
    pay_amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    pay_unit = models.CharField(max_length=5, choices=PayUnit, blank=True)
    lowest_pay_hour = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    about = EncryptedText(_("In her own words"), blank=True, max_length=5000, person="user_id")

    version = models.PositiveIntegerField(default=1)
    answered = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects = JobseekerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_min__isnull=True)
                | Q(hours_max__isnull=True)
                | Q(hours_max__gte=F("hours_min")),
                name="most_hours_not_below_least_hours",
            ),
            models.CheckConstraint(
                condition=Q(lowest_pay_hour__isnull=True) | Q(lowest_pay_hour__gte=0),
                name="pay_is_not_negative",
            ),
            models.CheckConstraint(condition=Q(about__sealed=True), name="own_words_are_sealed"),
        ]
        indexes = [
            models.Index(fields=["changed_at"], name="jobseeker_by_change"),
            # Those of an agency are counted by it alone.
            models.Index(fields=["agency", "counsellor", "ended_at"], name="jobseeker_by_who_follows"),
            models.Index(
                fields=["ended_at"], condition=Q(ended_at__isnull=False), name="jobseeker_not_followed"
            ),
        ]

    def __str__(self) -> str:
        return f"jobseeker {self.pk}"

    def is_available(self, on: dt.date) -> bool:
        return self.available_on is None or self.available_on <= on

    @property
    def says_what_she_can_do(self) -> bool:
        """Whether her skills or her past work are told: without, nobody can say how well work suits her."""
        return not {"skills", "experience"}.isdisjoint(self.answered)
