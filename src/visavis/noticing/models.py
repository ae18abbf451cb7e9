"""Why somebody needed to open many files, or one outside his own people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.noticing.enums import Why
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Readings of reasons."""

    def visible_to(self, actor: User) -> "ReasonQuerySet":
        """Keep those of the people whose head the actor is; all, for the data protection officer."""
        if actor.has_role(Role.PROTECTION):
            return self.all()
        return self.filter(by__in=led_by(actor))


def led_by(actor: User) -> models.QuerySet[Membership, int]:
    """Give the numbers of the users who work, or worked, where the actor is head."""
    agencies = actor.organisation_ids(Role.HEAD)
    return Membership.objects.filter(organisation__in=agencies).values_list("user", flat=True)


class Reason(models.Model):
    """One row = what somebody said who was asked why she opens many files."""

    id = NumberedField(primary_key=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = EncryptedText(_("Why do you need these files?"), max_length=200, person="by_id")
    opened = models.PositiveIntegerField(help_text="How many people's files she had opened that day.")

    objects = ReasonQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"], name="noticing_by_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_reason_has_words"),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_reason_are_sealed"),
        ]


class AdmissionQuerySet(models.QuerySet["Admission"]):
    """Readings of admissions."""

    def visible_to(self, actor: User) -> "AdmissionQuerySet":
        """Hers, and his own; of the people whose head the actor is; all, for the data protection officer."""
        if actor.has_role(Role.PROTECTION):
            return self.all()
        return self.filter(Q(person=actor.pk) | Q(by=actor.pk) | Q(by__in=led_by(actor)))

    def holding(self) -> "AdmissionQuerySet":
        """Keep those that open a file now."""
        return self.filter(until__gt=clock.now())


class Admission(models.Model):
    """One row = a file that somebody opened outside his own people: why, and until when it is open to him."""

    LONGEST = 200

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=8, choices=Why)
    words = EncryptedText(_("In a few words"), max_length=LONGEST, person="person_id")
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["by", "until"], name="admissions_that_hold"),
            models.Index(fields=["at"], name="admissions_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="an_admission_says_why"),
            models.CheckConstraint(condition=~Q(words=""), name="an_admission_has_words"),
            models.CheckConstraint(condition=Q(until__gte=F("at")), name="an_admission_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_an_admission_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"admission {self.pk}"
