"""CVs read, waiting to be checked."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import people_of
from visavis.people.models import User
from visavis.vault.fields import EncryptedJSON
from visavis.vault.numbers import NumberedField

KEPT = dt.timedelta(days=30)


class SourceKind(models.TextChoices):
    """What a CV was read from, by the codes of `reading.document.Kind`."""

    PDF = "pdf", _("a PDF file")
    SCAN = "scan", _("a scanned PDF file")
    DOCX = "docx", _("a Word file")
    ODT = "odt", _("an OpenDocument file")
    EUROPASS = "europass", _("a Europass file")
    JSON_RESUME = "json_resume", _("a JSON Resume file")
    PHOTO = "photo", _("a photo")
    TEXT = "text", _("a text")


def in_thirty_days() -> dt.datetime:
    return clock.now() + KEPT


class CvReadingQuerySet(models.QuerySet["CvReading"]):
    """Who may see a reading, and until when."""

    def visible_to(self, actor: User) -> "CvReadingQuerySet":
        """The person of the CV, and her counsellor. Nobody once its time is over."""
        return self.in_time().filter(jobseeker__user__in=people_of(actor))

    def in_time(self) -> "CvReadingQuerySet":
        """Keep those that may still be looked at."""
        return self.filter(expires_at__gt=clock.now())

    def waiting(self) -> "CvReadingQuerySet":
        """Keep those of which nothing was put into the profile yet."""
        return self.filter(added_at__isnull=True)

    def over(self, now: dt.datetime) -> "CvReadingQuerySet":
        """Keep those that must be deleted."""
        return self.filter(expires_at__lte=now)


class CvReading(models.Model):
    """One row = one CV as it was understood, to be checked within thirty days; the file itself is not kept.

    `facts` are `reading.document.Fact` as plain data, with the codes of the catalogue found for them;
    `left` are the lines that were not understood; `added` says what was put into the profile.
    """

    id = NumberedField(primary_key=True)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="cv_readings")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=in_thirty_days, db_index=True)
    kind = models.CharField(max_length=11, choices=SourceKind)
    pages = models.PositiveIntegerField(default=1)
    pages_read = models.PositiveIntegerField(default=1)
    facts = EncryptedJSON(blank=True, default=list, person="jobseeker.user_id")
    left = EncryptedJSON(blank=True, default=list, person="jobseeker.user_id")
    left_out = models.PositiveIntegerField(default=0)
    added = EncryptedJSON(blank=True, default=dict, person="jobseeker.user_id")
    added_at = models.DateTimeField(null=True, blank=True)

    objects = CvReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(facts__sealed=True, left__sealed=True, added__sealed=True),
                name="what_was_read_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"CV read {self.pk}"
