"""The runs that make lists."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy


class Run(models.Model):
    """One row = one computation of lists: everybody's, one person's or one vacancy's."""

    class Scope(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        JOBSEEKER = "jobseeker", _("One person")
        VACANCY = "vacancy", _("One vacancy")

    class State(models.TextChoices):
        DUE = "due", _("Waiting")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    scope = models.CharField(max_length=10, choices=Scope)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, null=True, blank=True)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # How many answers of jobseekers and of employers the night found to learn from.
    hers = models.PositiveIntegerField(null=True, blank=True)
    theirs = models.PositiveIntegerField(null=True, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    # When it was last seen to go on: a run that stands still belongs to a worker that died.
    moved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="everybody", jobseeker__isnull=True, vacancy__isnull=True)
                | Q(scope="jobseeker", jobseeker__isnull=False, vacancy__isnull=True)
                | Q(scope="vacancy", jobseeker__isnull=True, vacancy__isnull=False),
                name="run_is_about_what_it_says",
            ),
            # Asking twice for what is already due is one run.
            models.UniqueConstraint(
                fields=["scope"],
                condition=Q(state="due", scope="everybody"),
                name="one_run_for_everybody_due",
            ),
            models.UniqueConstraint(
                fields=["jobseeker"], condition=Q(state="due", scope="jobseeker"), name="one_run_due_a_person"
            ),
            models.UniqueConstraint(
                fields=["vacancy"], condition=Q(state="due", scope="vacancy"), name="one_run_due_a_vacancy"
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk} {self.scope} {self.state}"

    @property
    def part(self) -> float | None:
        """Return how far it is, 0 to 1; None before it is known."""
        return self.done / self.total if self.total else None
