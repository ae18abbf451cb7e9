"""Who joins an employer: by a code that a member gives, or by asking for the same SIRET."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.employers.models.account import Account
from visavis.people.enums import Role
from visavis.people.models import User


class Invitation(models.Model):
    """One row = one code that a member gives to a colleague: for a week, for one person. Kept as a digest."""

    LIFE = dt.timedelta(days=7)

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class JoiningQuerySet(models.QuerySet["Joining"]):
    """Who may answer whom."""

    def visible_to(self, actor: User) -> "JoiningQuerySet":
        """The employer's people, but not of oneself; counsellors and heads."""
        if actor.has_role(Role.COUNSELLOR, Role.HEAD):
            return self
        return self.filter(account__in=Account.objects.joined_by(actor)).exclude(user=actor.pk)

    def answerable_by(self, actor: User) -> "JoiningQuerySet":
        """Keep what waits for the employer's people, or for the agency's word."""
        return self.visible_to(actor).filter(state=Joining.State.ASKED)


class Joining(models.Model):
    """One row = one person who asks to join an employer, and the answer."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Has joined")
        DECLINED = "declined", _("Was declined")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="joinings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = JoiningQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "user"], condition=Q(state="asked"), name="one_asks_to_join_once"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="a_joining_answered_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"joining {self.pk} {self.state}"
