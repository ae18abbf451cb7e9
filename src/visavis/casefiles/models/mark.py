"""What somebody of the service puts on a file for those who follow it: a colour with its word, and a day."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.casefiles.enums import Colour
from visavis.common import clock
from visavis.people.acting import AT_WORK, people_of
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class MarkQuerySet(models.QuerySet["Mark"]):
    """Who may see which marks."""

    def visible_to(self, actor: User) -> "MarkQuerySet":
        """Those on files that are open to him; never her own page: she is given it when she asks for what is kept."""
        return self.filter(person__in=people_of(actor, *AT_WORK)).exclude(person=actor.pk)


class Mark(models.Model):
    """One row = the mark on a person's file: it goes with the file, so that who stands in misses nothing."""

    LONGEST = 200

    id = NumberedField(primary_key=True)
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="file_mark")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    colour = models.CharField(max_length=7, choices=Colour, blank=True)
    # On which day somebody wants to be reminded, and when that day begins.
    remind_on = models.DateField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    words = EncryptedText(_("In a few words"), max_length=LONGEST, blank=True, person="person_id")

    objects = MarkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="marks_to_remind")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(colour="") | Q(colour__in=Colour.values), name="colour_of_a_mark_has_a_word"
            ),
            models.CheckConstraint(
                condition=~Q(colour="") | Q(remind_on__isnull=False), name="a_mark_says_something"
            ),
            models.CheckConstraint(
                condition=Q(remind_on__isnull=True, remind_at__isnull=True)
                | Q(remind_on__isnull=False, remind_at__isnull=False),
                name="a_reminder_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_mark_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"

    @property
    def is_due(self) -> bool:
        return self.remind_at is not None and self.remind_at <= clock.now()

    def remind(self, day: dt.date | None) -> None:
        """Set the day on which somebody is reminded."""
        self.remind_on = day
        self.remind_at = clock.start_of(day) if day else None
