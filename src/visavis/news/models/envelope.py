"""Letters: one for each piece of news that is told on paper, made in batches for who puts them into envelopes."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.news.models.news import News, is_told
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


def by_post(actor: User) -> Q:
    """Tell the news whose letters somebody makes: of whom he follows or receives at the counter; of employers."""
    hers = Q(user__in=people_of(actor, Capacity.COUNSELLOR, Capacity.COUNTER), role=Role.JOBSEEKER)
    return hers | Q(role=Role.EMPLOYER) if actor.has_role(Role.COUNSELLOR) else hers


class BatchQuerySet(models.QuerySet["Batch"]):
    """Which batches somebody prints and posts."""

    def visible_to(self, actor: User) -> "BatchQuerySet":
        """Keep his own: what is in a batch depends on who made it."""
        return self.filter(by=actor.pk) if actor.has_role(Role.COUNSELLOR, Role.RECEPTION) else self.none()


class Batch(models.Model):
    """One row = letters made at once, in the order in which they are printed."""

    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # The form that asked for it: a second click makes no second batch.
    form = models.UUIDField(unique=True)
    posted_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    """Which letters somebody may look at, and which codes open something."""

    def visible_to(self, actor: User) -> "EnvelopeQuerySet":
        """Keep those of the people whose post he opens and sends."""
        return self.filter(news__in=News.objects.filter(by_post(actor)))

    def opening(self) -> "EnvelopeQuerySet":
        """Keep those whose code opens what they tell: until the day printed, whatever was sent since."""
        return self.filter(is_told("news__"), until__gte=clock.today(), returned_at__isnull=True)


class Envelope(models.Model):
    """One row = one letter that tells one piece of news, and the code on it. One piece of news has one letter."""

    LIFE = dt.timedelta(days=90)

    id = NumberedField(primary_key=True)
    news = models.OneToOneField(News, on_delete=models.CASCADE, related_name="envelope")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="envelopes")
    # As it was when the letter was made: what is printed again is the same letter.
    address = EncryptedText(max_length=400, person="news.user_id")
    # Kept to be printed again after a jam; found by its digest alone.
    code = EncryptedText(max_length=20, person="news.user_id")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateField()
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(address__sealed=True), name="address_of_letter_is_sealed"),
            models.CheckConstraint(condition=Q(code__sealed=True), name="code_of_letter_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"envelope {self.pk}"
