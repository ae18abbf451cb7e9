"""A cover sheet: whose paper lies behind it, and what for."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.documents.models import Expected
from visavis.documents.models.expected import HANDLING
from visavis.people.acting import people_of
from visavis.people.models import User
from visavis.scans.enums import Purpose
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class CoverQuerySet(models.QuerySet["Cover"]):
    """Whose sheets somebody prints, and which still say something."""

    def visible_to(self, actor: User) -> "CoverQuerySet":
        """Keep hers; of those whom a counsellor follows, or who are received at his counter."""
        return self.filter(person__in=people_of(actor, *HANDLING))

    def living(self) -> "CoverQuerySet":
        """Keep those whose day has not come."""
        return self.filter(until__gte=clock.today(), person__is_active=True)


class Cover(models.Model):
    """One row = one sheet to lay before paper. Its code says nothing: it is looked up here."""

    LIFE = dt.timedelta(days=180)

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="covers")
    purpose = models.CharField(max_length=8, choices=Purpose)
    expected = models.ForeignKey(
        Expected, on_delete=models.CASCADE, null=True, blank=True, related_name="covers"
    )
    # Kept to be printed again; found by its digest alone.
    code = EncryptedText(max_length=20, person="person_id")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until = models.DateField()

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="cover_has_a_known_purpose"),
            models.CheckConstraint(condition=Q(code__sealed=True), name="code_of_cover_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"
