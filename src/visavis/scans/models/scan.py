"""A scan as it came, sealed, and each of its pages drawn anew."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User
from visavis.scans.enums import ScanState, Way, Why
from visavis.scans.models.part import Part, opened_by
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# The key of a scan is of its own: no account has a number below nothing, and no message so far below.
KEYS_BELOW = 1 << 40


class ScanQuerySet(models.QuerySet["Scan"]):
    """Who opens which scans."""

    def visible_to(self, actor: User) -> "ScanQuerySet":
        """Keep those of the agencies where he opens the post, and of no agency: counsellors and the counter."""
        return self.filter(opened_by(actor, ""))


class Scan(models.Model):
    """One row = one file that came from a scanner: kept whole before anything of it is read."""

    KEPT = dt.timedelta(days=30)

    id = NumberedField(primary_key=True)
    # Of the file, keyed: the same scan twice is one.
    digest = models.CharField(max_length=64, unique=True)
    file = models.UUIDField(unique=True)
    size = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=ScanState, default=ScanState.RECEIVED)
    why = models.CharField(max_length=9, choices=Why, blank=True)
    # How many pages it has; nothing before the first were drawn.
    pages_in = models.PositiveIntegerField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # Who saw that it cannot be opened, and took it off the tray.
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["state", "at"], condition=Q(state="received"), name="scans_to_draw"),
            models.Index(fields=["at"], name="scans_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ScanState.values), name="scan_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"scan {self.pk} {self.state}"

    @property
    def own_key(self) -> int:
        """Return the number of the key of its own."""
        return -(KEYS_BELOW + self.pk)

    @property
    def url(self) -> str:
        return reverse("scans:scan", kwargs={"scan_id": self.pk})


class ScanPage(models.Model):
    """One row = one page of a scan: drawn, or broken, and always shown somewhere."""

    id = NumberedField(primary_key=True)
    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    part = models.ForeignKey(Part, on_delete=models.SET_NULL, null=True, blank=True, related_name="pages")
    # Nothing where the page could not be drawn.
    file = models.UUIDField(unique=True, null=True, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # The same page, small, for lists.
    small = models.UUIDField(unique=True, null=True, blank=True)
    is_blank = models.BooleanField(default=False)
    # The sheet itself: it is no page of the document that lies behind it.
    is_sheet = models.BooleanField(default=False)
    codes = EncryptedText(blank=True, person="scan.own_key")
    words = EncryptedText(blank=True, person="scan.own_key")
    is_read = models.BooleanField(default=False)
    # By how many degrees clockwise it has to be turned to be read, when its words say so.
    turn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["scan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "number"], name="pages_of_a_scan_follow"),
            models.CheckConstraint(
                condition=Q(codes__sealed=True, words__sealed=True), name="page_of_scan_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number} of scan {self.scan_id}"
