"""What the score has learned from answers, version by version."""

from django.db import models
from django.db.models import Q

from visavis.common import clock


class ScoreModelQuerySet(models.QuerySet["ScoreModel"]):
    """Readings of the versions."""

    def newest(self) -> "ScoreModel | None":
        """Return the last version, used or not."""
        return self.order_by("-version").first()

    def in_use(self) -> "ScoreModel | None":
        """Return the version that lists are ranked by; None while the experts' weights rank alone."""
        return self.filter(is_used=True).order_by("-version").first()


class ScoreModel(models.Model):
    """One row = one version of what the score learned from answers: weights, counts and checks, no person."""

    version = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(default=clock.now)
    # Answers it was learned from: jobseekers' and employers'.
    hers = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()
    # Whether it foresaw later answers and kept what people asked for first in their lists; else it only stands here.
    is_used = models.BooleanField()
    # Weights of both heads with their intervals: `engine.learned.Learned.as_dict`.
    weights = models.JSONField(default=dict)
    # How it foresaw answers it had not seen: `matches.learning.Figures`.
    figures = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20)

    objects = ScoreModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="score_versions_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"score model {self.version}"
