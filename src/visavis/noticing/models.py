"""Why somebody needed to open many files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
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
