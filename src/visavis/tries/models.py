"""What was tried, in the database: every process of the site counts in the same place, and nothing empties it.

No row says who: keys are keyed digests, of an address or a network for instance, and go within two days.
"""

from django.db import models
from django.db.models import Q

from visavis.common import clock

MOST_TRIES = 5


class Code(models.Model):
    """One row = one code that was sent: how often it was tried, whether it was used. Neither code nor address."""

    key = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="code_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="a_code_is_tried_five_times")
        ]


class Spent(models.Model):
    """One row = something that works once and has worked: the step of an application's code."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="spent_by_time")]
        constraints = [models.UniqueConstraint(fields=["key"], name="what_works_once_is_spent_once")]


class Count(models.Model):
    """One row = how often one key was used since its window began."""

    key = models.CharField(max_length=64)
    number = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="count_by_time")]
        constraints = [models.UniqueConstraint(fields=["key"], name="a_key_is_counted_once")]
