"""Lists of matches, and the runs that make them."""

from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches import permissions
from visavis.matches.models.edition import Edition
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


MatchManager = models.Manager.from_queryset(MatchQuerySet)


class ServedManager(MatchManager["Match"]):
    """The lists that people read: those of the edition that is served, found in the same statement."""

    def get_queryset(self) -> MatchQuerySet:
        served = Edition.objects.filter(is_served=True).order_by().values("pk")[:1]
        return MatchQuerySet(self.model, using=self._db).filter(edition=Subquery(served))


class Match(models.Model):
    """One row = one place in one list: in a jobseeker's list of vacancies, or in a vacancy's of people.

    `objects` gives the lists served; `everything` those of the night in making as well. Of a jobseeker's
    fifty places the first twenty that she can answer are shown.
    """

    class Side(models.TextChoices):
        JOBSEEKER = "jobseeker"
        VACANCY = "vacancy"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="matches")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField()
    # Logit of the engine; its parts in `reasons` sum to it.
    score = models.FloatField()
    # What gives the rank: the logarithm of the chance, turned for the day, less the vacancy's price; in a
    # vacancy's list the score.
    worth = models.FloatField(default=0.0)
    distance_km = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    engine_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)

    objects = ServedManager()
    everything = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "side", "jobseeker", "vacancy"], name="a_pair_stands_once_in_a_list"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="rank_starts_at_one"),
        ]
        indexes = [
            models.Index(fields=["jobseeker", "side", "rank"], name="match_by_jobseeker"),
            models.Index(fields=["vacancy", "side", "rank"], name="match_by_vacancy"),
        ]

    def __str__(self) -> str:
        return f"match {self.jobseeker_id}-{self.vacancy_id} {self.rank}"
