"""A file that is being sent, and the parts of it that are here."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q

from visavis.common import clock
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# Since the last part that came.
LIFE = dt.timedelta(hours=24)


def until() -> dt.datetime:
    """Return until when a file waits for its next part."""
    return clock.now() + LIFE


class Partial(models.Model):
    """One row = one file on its way to a document: what came of it is sealed, what is missing may come for a day."""

    id = NumberedField(primary_key=True)
    # Its address, which nobody guesses.
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="partials")
    # Who sends it; nobody where a letter or a phone's link lets in.
    by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    entrance = models.CharField(max_length=30, blank=True)
    length = models.PositiveIntegerField()
    offset = models.PositiveIntegerField(default=0)
    # Of what the sender says the whole file comes to, keyed for its person: chosen again, it goes on.
    digest = models.CharField(max_length=64, blank=True)
    # What the client said of it, given back as it was.
    said = EncryptedText(blank=True, person="person_id")
    until = models.DateTimeField(default=until)

    class Meta:
        indexes = [
            models.Index(fields=["person", "until"], name="partials_of_a_person"),
            models.Index(fields=["until"], name="partials_to_throw_away"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="no_more_came_than_was_said"),
            models.CheckConstraint(condition=Q(said__sealed=True), name="partial_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"partial {self.pk}"

    @property
    def is_whole(self) -> bool:
        return self.offset == self.length

    @property
    def is_over(self) -> bool:
        return self.until <= clock.now()


class Part(models.Model):
    """One row = some bytes of it in a file of their own, on the disk before the sender was told so."""

    partial = models.ForeignKey(Partial, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    file = models.UUIDField(unique=True)

    class Meta:
        ordering = ["partial", "start"]
        constraints = [
            models.UniqueConstraint(fields=["partial", "start"], name="parts_follow_each_other"),
        ]

    def __str__(self) -> str:
        return f"part {self.pk}"
