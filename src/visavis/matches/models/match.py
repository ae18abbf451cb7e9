"""Lists of matches, and the runs that make them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches import permissions
from visavis.people.models import User
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
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    engine_version = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
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


class MatchQuerySet(models.QuerySet["Match"]):
    """Who may see which match: both ends must be visible."""

    def visible_to(self, actor: User) -> "MatchQuerySet":
        """People’s lists: of whom one may read. Vacancies’ lists: of one’s own; any, for counsellors and heads."""
        people = permissions.people_with_openings(actor)
        vacancies = permissions.vacancies_with_candidates(actor)
        return self.filter(
            Q(side=Match.Side.JOBSEEKER, jobseeker__in=people)
            | Q(side=Match.Side.VACANCY, vacancy__in=vacancies)
        )

    def for_jobseeker(self, jobseeker: Jobseeker) -> "MatchQuerySet":
        """Return her list, best first."""
        return self.filter(jobseeker=jobseeker, side=Match.Side.JOBSEEKER).order_by("rank")

    def for_vacancy(self, vacancy: Vacancy) -> "MatchQuerySet":
        """Return a vacancy's list, best first."""
        return self.filter(vacancy=vacancy, side=Match.Side.VACANCY).order_by("rank")


class Match(models.Model):
    """One row = one place in one list: in a jobseeker's list of vacancies, or in a vacancy's of people."""

    class Side(models.TextChoices):
        JOBSEEKER = "jobseeker"
        VACANCY = "vacancy"

    side = models.CharField(max_length=10, choices=Side)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="matches")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField()
    # Logit of the engine; its parts in `reasons` sum to it.
    score = models.FloatField()
    distance_km = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    engine_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(
                fields=["side", "jobseeker", "vacancy"], name="a_pair_stands_once_in_a_list"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="rank_starts_at_one"),
        ]
        indexes = [
            models.Index(fields=["jobseeker", "side", "rank"], name="match_by_jobseeker"),
            models.Index(fields=["vacancy", "side", "rank"], name="match_by_vacancy"),
        ]

    def __str__(self) -> str:
        return f"match {self.jobseeker_id}-{self.vacancy_id} {self.rank}"
