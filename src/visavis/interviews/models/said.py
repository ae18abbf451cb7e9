"""What is kept of the room itself: what was written in it, and which documents lay on the table."""

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.documents.models import Document
from visavis.interviews.models.interview import Interview
from visavis.interviews.models.seat import Seat
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class Remark(models.Model):
    """One row = one thing written in the room, read by all who sit in it."""

    LONGEST = 2_000

    id = NumberedField(primary_key=True)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="remarks")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    words = EncryptedText(max_length=LONGEST, person="interview.appointment.person_id")
    # Drawn by the page: what is sent again is written once.
    form = models.UUIDField(unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(words__sealed=True), name="remark_is_sealed")]

    def __str__(self) -> str:
        return f"remark {self.pk}"


class Laid(models.Model):
    """One row = one document laid on the table of a room, from when to when, open at which page."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="laid")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    page = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "laid"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(taken_away_at__isnull=True),
                name="one_document_lies_on_a_table",
            ),
        ]

    def __str__(self) -> str:
        return f"laid {self.pk}"
