"""What a jobseeker said of a vacancy she was shown."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.vacancies.models import Vacancy


class Opinion(models.Model):
    """One row = her present answer to one vacancy; `said_by` is she, or who noted it for her."""

    class Kind(models.TextChoices):
        INTERESTED = "interested", _("Interested")
        KEPT = "kept", _("Kept for later")
        NOT_FOR_ME = "not_for_me", _("Not for me")

    class Reason(models.TextChoices):
        TOO_FAR = "too_far", _("Too far away")
        PAY = "pay", _("The pay is too low")
        HOURS = "hours", _("The hours do not suit me")
        CONTRACT = "contract", _("The contract does not suit me")
        OCCUPATION = "occupation", _("It is not the work I want")
        SKILLS = "skills", _("I do not have the skills")
        CONDITIONS = "conditions", _("The working conditions do not suit me")
        EMPLOYER = "employer", _("Not this employer")
        ALREADY = "already", _("I have already applied")
        OTHER = "other", _("Another reason")

    jobseeker = models.ForeignKey(
        Jobseeker, on_delete=models.CASCADE, related_name="opinions", db_index=False
    )
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="opinions")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        # When she last said something, for a caseload at once.
        indexes = [models.Index(fields=["jobseeker", "said_at"], name="opinion_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "vacancy"], name="one_opinion_per_vacancy"),
            models.CheckConstraint(
                condition=Q(kind="not_for_me") | Q(reason=""), name="only_a_no_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"opinion {self.kind}"
