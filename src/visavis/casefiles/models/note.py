"""What somebody of the service writes of a person for colleagues, with a reason; she may ask for it at any time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.casefiles.enums import Purpose
from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# Who reads them: who accompanies the person or stands in, and a colleague who said why he needs the file.
READERS = (Capacity.COUNSELLOR, Capacity.ADMITTED)


class NoteQuerySet(models.QuerySet["Note"]):
    """Who may see which notes."""

    def visible_to(self, actor: User) -> "NoteQuerySet":
        """Those of whom he follows, stands in for, or was admitted to; never those about himself on these pages."""
        return self.filter(person__in=people_of(actor, *READERS)).exclude(person=actor.pk)


class Note(models.Model):
    """One row = one note for colleagues about a person: it is never changed, only taken away."""

    LONGEST = 1000

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    purpose = models.CharField(max_length=8, choices=Purpose)
    words = EncryptedText(_("What do colleagues have to know?"), max_length=LONGEST, person="person_id")
    # A second click on one form writes one note.
    form = models.UUIDField(unique=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="notes_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="note_has_a_known_reason"),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_note_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
