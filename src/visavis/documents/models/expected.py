"""What is expected of a person: which document, why, until when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.documents.enums import Kind, State
from visavis.people.acting import people_of
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class ExpectedQuerySet(models.QuerySet["Expected"]):
    """Who may see what is expected of whom, and what is still missing."""

    def visible_to(self, actor: User) -> "ExpectedQuerySet":
        """Keep hers; of those whom a counsellor follows, or who are received at his counter."""
        return self.filter(person__in=people_of(actor, *HANDLING))

    def missing(self) -> "ExpectedQuerySet":
        """Keep what is still asked for and of which nothing came that can be used."""
        usable = [State.RECEIVED, State.TO_CHECK, State.CHECKED]
        return self.filter(ended_at__isnull=True).exclude(documents__state__in=usable)


HANDLING = (Capacity.HERSELF, Capacity.COUNSELLOR, Capacity.COUNTER)


class Expected(models.Model):
    """One row = one document asked of a person."""

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="expected_documents")
    kind = models.CharField(_("Document"), max_length=10, choices=Kind)
    title = EncryptedText(_("Which one exactly"), blank=True, max_length=120, person="person_id")
    why = EncryptedText(_("What it is for"), max_length=300, person="person_id")
    until = models.DateField(_("Until when"))
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # It is no longer asked for.
    ended_at = models.DateTimeField(null=True, blank=True)
    # The form that asked: a second click asks nothing twice.
    form = models.UUIDField(unique=True)

    objects = ExpectedQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(title__sealed=True, why__sealed=True), name="what_is_expected_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"expected {self.pk}"

    @property
    def named(self) -> str:
        """Return which document it is, as it is shown."""
        return self.title or str(Kind(self.kind).label)

    @property
    def is_late(self) -> bool:
        return self.until < clock.today()
