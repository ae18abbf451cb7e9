"""What the agency checked: whom it called, at which number, and where it found that number."""

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.employers.enums import Found, Outcome, Way
from visavis.employers.models.account import Account
from visavis.people.addresses import phone_as_written
from visavis.people.models import User


class Check(models.Model):
    """One row = one call, or one look at papers, to know whether an employer is who it says."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="checks")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    way = models.CharField(max_length=8, choices=Way)
    spoken_to = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True)
    found = models.CharField(max_length=12, choices=Found, blank=True)
    # Where else, or which papers.
    details = models.CharField(max_length=200, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"check {self.pk} {self.outcome}"

    @property
    def number_shown(self) -> str:
        return phone_as_written(self.number) if self.number else ""
