"""What people were told, and what somebody still has to tell them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Channel, Role
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# Things of which somebody is told although the account is closed: an app above that has one adds its name.
THOUGH_CLOSED: set[str] = set()


def is_told(way: str = "") -> Q:
    """Say of news, or of what leads to it, that its person may be told: an open account, or such a thing."""
    return Q(**{f"{way}user__is_active": True}) | Q(**{f"{way}thing__in": sorted(THOUGH_CLOSED)})


class NewsQuerySet(models.QuerySet["News"]):
    """Readings of what is told."""

    def to_do_by(self, actor: User) -> "NewsQuerySet":
        """Keep what a counsellor has to tell by hand, to those he follows and to employers."""
        return self.of_followed(actor).untold().wanted()

    def of_followed(self, actor: User) -> "NewsQuerySet":
        """Keep what is told by hand, already or not, to the people a counsellor follows, and to any employer."""
        hers = Q(user__in=people_of(actor, Capacity.COUNSELLOR), role=Role.JOBSEEKER)
        if actor.has_role(Role.COUNSELLOR):
            hers |= Q(role=Role.EMPLOYER)
        return self.filter(hers, state__in=[*News.UNTOLD, News.State.TOLD])

    def untold(self) -> "NewsQuerySet":
        """Keep what a person of the service has to tell."""
        return self.filter(News.IS_LEFT, state__in=News.UNTOLD)

    def wanted(self) -> "NewsQuerySet":
        """Leave out what waits for who closed her account: it waits until she comes back, or goes with her."""
        return self.filter(is_told())

    def unsent(self) -> "NewsQuerySet":
        """Keep the messages that have not left yet, and that nobody is sending."""
        is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=clock.now() - News.CLAIM)
        return self.filter(News.IS_LEFT, is_free, state=News.State.WAITING, handed_at__isnull=True)


class News(models.Model):
    """One row = one piece of news for one person, by the channel she chose. The message never says what."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not sent yet")
        SENT = "sent", _("Sent")
        TO_TELL = "to-tell", _("To be told by phone, letter or at the counter")
        FAILED = "failed", _("The message did not leave: to be told otherwise")
        UNKNOWN = "unknown", _("Nobody knows whether the message left: to be told otherwise")
        TOLD = "told", _("Told by somebody of the service")

    MOST_TRIES = 5
    # Who sends for longer has stopped in the middle: it is sent again.
    CLAIM = dt.timedelta(minutes=10)
    # Where nobody answers for longer, somebody tells it by hand.
    PATIENCE = dt.timedelta(days=1)
    UNTOLD = (State.TO_TELL, State.FAILED, State.UNKNOWN)
    # As the index of what is left says it: a database that is given states as values does not know that they are of it.
    IS_LEFT = Q(told_at__isnull=True)

    id = NumberedField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # As what she is told: only jobseekers are followed by a counsellor, who tells them by hand.
    role = models.CharField(max_length=10, choices=Role)
    # What it is, by a code of the app that tells it (`wording.name_news`), and of what: as in the journal.
    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    # Of an opening, or the words of her search.
    title = EncryptedText(max_length=250, person="user_id")
    link = models.CharField(max_length=250)
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State)
    at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    # From here on it may have left: who stops then is not followed by another sender.
    handed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # What she knows until this reaches her, as a number of the app that tells it: where that stands again, what has
    # not left is taken back, and nothing is told.
    known_before = models.BigIntegerField(null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["state", "at"],
                condition=Q(told_at__isnull=True),
                name="news_to_do",
            ),
            # Of each of a caseload, without all that she was told over the years.
            models.Index(
                fields=["user", "state"], condition=Q(told_at__isnull=True), name="news_untold_of_user"
            ),
            models.Index(fields=["thing", "thing_id"], name="news_by_thing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "told"], told_at__isnull=False)
                | (~Q(state__in=["sent", "told"]) & Q(told_at__isnull=True)),
                name="what_was_told_says_when",
            ),
            models.CheckConstraint(condition=Q(title__sealed=True), name="titles_of_news_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"news {self.pk} {self.kind} {self.state}"

    @property
    def came_back(self) -> bool:
        """Say whether a letter told it and came back."""
        return self.channel == Channel.POST and self.state == self.State.FAILED
