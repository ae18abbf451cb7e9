"""What the machine read on an answer sheet of the cards, until somebody enters it."""

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.vault.fields import EncryptedJSON
from visavis.vault.numbers import NumberedField


class SheetReadingQuerySet(models.QuerySet["SheetReading"]):
    """Who sees what was read."""

    def visible_to(self, actor: User) -> "SheetReadingQuerySet":
        """Keep those of whom he follows: the counter hands sheets on, and does not read them."""
        return self.filter(person__in=people_of(actor, Capacity.COUNSELLOR))


class SheetReading(models.Model):
    """One row = the ticks that were read on the pages of one part; it enters nothing, and goes with the entry."""

    id = NumberedField(primary_key=True)
    part = models.OneToOneField("scans.Part", on_delete=models.CASCADE, related_name="reading")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    edition = models.CharField(max_length=8)
    # `jobseekers.cards.read.plain`: each page, how it lies in its picture, and its marks.
    pages = EncryptedJSON(default=list, person="person_id")
    at = models.DateTimeField(default=clock.now)

    objects = SheetReadingQuerySet.as_manager()

    class Meta:
        ordering = ["part"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pages__sealed=True), name="what_was_read_on_a_sheet_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"reading of part {self.part_id}"
