"""What the agency checked: whom it called, at which number, and where it found that number."""

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.employers.enums import Found, Outcome, Way
from visavis.employers.models.account import Account
from visavis.people.addresses import phone_as_written
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class Check(models.Model):
    """One row = one call, or one look at papers, to know whether an employer is who it says."""

    id = NumberedField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="checks")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    way = models.CharField(max_length=8, choices=Way)
    spoken_to = EncryptedText(max_length=120)
    number = EncryptedText(blank=True, max_length=20)
    found = models.CharField(max_length=12, choices=Found, blank=True)
    # Where else, or which papers.
    details = EncryptedText(blank=True, max_length=200)
    # The number is the one of the request, and somebody of the agency saw it published elsewhere.
    is_published = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=Outcome)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(way="call") & ~Q(number="") & ~Q(found="")) | (Q(way="papers") & ~Q(details="")),
                name="a_check_says_what_was_called_or_seen",
            ),
            models.CheckConstraint(condition=~Q(spoken_to=""), name="a_check_says_with_whom"),
            models.CheckConstraint(
                condition=Q(spoken_to__sealed=True, number__sealed=True, details__sealed=True),
                name="words_of_a_check_are_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk} {self.outcome}"

    @property
    def number_shown(self) -> str:
        return phone_as_written(self.number) if self.number else ""
