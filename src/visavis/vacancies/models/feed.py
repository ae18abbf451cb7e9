"""Feeds of vacancies from elsewhere, and what each run did."""

from django.db import models

from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User


class Feed(models.Model):
    """One row = one source of vacancies."""

    name = models.CharField(max_length=80, unique=True)
    format = models.CharField(max_length=30)
    # Of a CSV: which field of feeds.mapping each column holds, or nothing.
    columns = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name


class FeedAddress(models.Model):
    """One row = where a source is fetched from each day, and what became of the last try.

    `due_at` is the next try; `asked_at` says that a worker has it in hand. `refusal` is a code of `fetching`, or
    the sentence of what could not be read.
    """

    # The source's: there is no feed before its first reading.
    name = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=500)
    hour = models.PositiveSmallIntegerField(default=4)
    # Each file is a part of the source: what it does not hold is not closed.
    is_partial = models.BooleanField(default=False)
    due_at = models.DateTimeField(db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hour__lte=23), name="a_feed_is_fetched_at_an_hour_of_the_day"
            ),
            models.CheckConstraint(
                condition=models.Q(failing_since__isnull=True, refusal="")
                | (models.Q(failing_since__isnull=False) & ~models.Q(refusal="")),
                name="a_feed_that_fails_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"


class FeedRun(models.Model):
    """One row = one reading of a feed, with its counts."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="runs")
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    is_whole = models.BooleanField(default=False)
    # What the files seemed to hold, for the progress.
    expected = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Vacancies of this feed that another source brings too: shown once.
    merged = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]


class FeedFall(models.Model):
    """One row = a run that no longer holds half of what its source had: what it would close waits for a yes."""

    class Answer(models.TextChoices):
        WAITING = "waiting"
        CLOSED = "closed"
        KEPT = "kept"
        # A later run of the whole source came first.
        OVER = "over"

    run = models.OneToOneField(FeedRun, on_delete=models.CASCADE, related_name="fall")
    # How many of the source were open before, and how many of these the run still holds.
    before = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    gone = models.ManyToManyField("vacancies.Vacancy", related_name="+")
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="waiting", answered_at__isnull=True)
                | (~models.Q(answer="waiting") & models.Q(answered_at__isnull=False)),
                name="an_answer_to_a_fall_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"fall {self.pk}"

    @property
    def would_close(self) -> int:
        return self.before - self.left


class FeedRunNote(models.Model):
    """One row = one thing that fell back or was refused, where, and why."""

    class Kind(models.TextChoices):
        FELL_BACK = "fell_back"
        REFUSED = "refused"

    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    # Which file, and the line or the record of it.
    position = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=80, blank=True)
    field = models.CharField(max_length=60, blank=True)
    # A code of vacancies.feeds.reasons; the sentence is written in the reader's language.
    reason = models.CharField(max_length=40)
    value = models.CharField(max_length=250, blank=True)


class FeedUploadQuerySet(models.QuerySet["FeedUpload"]):
    """Files that wait."""

    def visible_to(self, actor: User) -> "FeedUploadQuerySet":
        """Counsellors and heads: a colleague may finish what another began."""
        return self if actor.has_role(Role.COUNSELLOR, Role.HEAD) else self.none()

    def waiting(self) -> "FeedUploadQuerySet":
        """Keep those that were not read to the end."""
        return self.filter(models.Q(run__isnull=True) | models.Q(run__ended_at__isnull=True))


class FeedUpload(models.Model):
    """One row = one file put here to be read; it is thrown away once read, or after a day.

    `asked_at` is when its reading was asked for, `run` what came of it, `refusal` why nothing did.
    """

    name = models.CharField(max_length=80)
    format = models.CharField(max_length=30)
    file_name = models.CharField(max_length=120)
    file = models.FileField(upload_to="feeds/", max_length=200)
    # Records that the file seems to hold.
    count = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict, blank=True)
    # The first records as they were understood, and of a table its first rows: feeds.uploads.Preview.
    preview = models.JSONField(default=dict, blank=True)
    is_partial = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(FeedRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    refusal = models.CharField(max_length=500, blank=True)

    objects = FeedUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"upload {self.pk}"
