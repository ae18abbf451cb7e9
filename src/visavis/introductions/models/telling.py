"""What people were told, and what somebody still has to tell them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.introductions.models.introduction import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.models.jobseeker import accompanied_by
from visavis.people.enums import Channel
from visavis.people.models import User


class TellingQuerySet(models.QuerySet["Telling"]):
    """Readings of what is told."""

    def to_do_by(self, actor: User) -> "TellingQuerySet":
        """Keep what a counsellor has to tell by phone, by letter or at the counter to the people he follows."""
        return self.of_followed(actor).filter(told_at__isnull=True)

    def of_followed(self, actor: User) -> "TellingQuerySet":
        """Keep what is told by hand, already or not, to the people a counsellor follows."""
        followed = Jobseeker.objects.filter(accompanied_by(actor))
        return self.filter(
            by_hand=True,
            user=models.F("introduction__jobseeker__user"),
            introduction__jobseeker__in=followed,
        )

    def unsent(self) -> "TellingQuerySet":
        """Keep the messages that have not left yet."""
        return self.filter(told_at__isnull=True, by_hand=False, tries__lt=Telling.MOST_TRIES)


class Telling(models.Model):
    """One row = one piece of news for one person, by the channel she chose. The message never says what."""

    MOST_TRIES = 5

    class News(models.TextChoices):
        PROPOSED = "proposed", _("A vacancy is proposed: she says yes or no before the last day.")
        TO_ANSWER = "to-answer", _("Somebody wishes to work there: the employer says yes or no.")
        AGREED = "agreed", _("Both said yes: each reads how to reach the other.")
        TIME = "time", _("A time to meet is proposed.")
        TIME_TAKEN = "time-taken", _("The time to meet is agreed.")
        DECLINED = "declined", _("The answer is no.")
        EXPIRED = "expired", _("It ended because nobody answered.")
        CLOSED = "closed", _("It ended: the vacancy is filled or closed, or work was found.")
        WITHDRAWN = "withdrawn", _("The other side withdrew.")
        DECLARED = "declared", _("A hire was declared: is it so?")
        HIRED = "hired", _("The hire is confirmed.")
        DISPUTED = "disputed", _("The two sides do not say the same of the hire.")
        NOT_HIRED = "not-hired", _("It does not lead to a hire.")
        UNDONE = "undone", _("The last answer was taken back.")
        REMINDER = "reminder", _("An answer is still awaited.")
        FOLLOW_UP = "follow-up", _("Still in the job? One question, asked once.")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="tellings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    news = models.CharField(max_length=12, choices=News)
    channel = models.CharField(max_length=8, choices=Channel)
    # By phone, by letter or at the counter: a person of the service tells it.
    by_hand = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TellingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["by_hand", "at"], condition=Q(told_at__isnull=True), name="telling_to_do"),
        ]
