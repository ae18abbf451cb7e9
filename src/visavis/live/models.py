"""Bulletins: what open pages are told, each with its number."""

from django.db import models

from visavis.common import clock


class Bulletin(models.Model):
    """One row = one thing that the open pages of a topic are told, in the order of its number; gone after an hour.

    `body` says that something changed, by numbers and codes: the page asks for the rest, with its own right to it.
    On PostgreSQL the number is given at the commit, under one lock: until then it is below nothing, so that a lower
    number never comes after a higher one, and nobody misses it.
    """

    topic = models.CharField(max_length=64)
    # Who alone hears it; everybody who may hear the topic, where there is none.
    for_user = models.BigIntegerField(null=True, blank=True)
    body = models.JSONField()
    # Drawn by whoever posts, so that what is sent again is one row.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="bulletin_by_topic")]

    def __str__(self) -> str:
        return f"bulletin {self.pk}"
