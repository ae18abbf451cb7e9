"""The log of every ranking shown: its inputs, the engine's version, and what the human did (AI Act, art. 12 and 26)."""

from django.db import models

from visavis.common import clock


class Showing(models.Model):
    """One row = one list shown to one person; kept at least six months. Append-only: numbers, no names."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.BigIntegerField()
    page = models.CharField(max_length=30)
    jobseeker_id = models.BigIntegerField(null=True)
    vacancy_id = models.BigIntegerField(null=True)
    engine_version = models.CharField(max_length=20)
    # The version of the row whose list it is, and the list as shown: [[id, rank, score, version], …].
    inputs = models.JSONField()
    shown = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["jobseeker_id", "-at"], name="showing_by_jobseeker")]
