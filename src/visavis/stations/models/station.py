"""Which devices are stations of an agency, and by which rules one sits there."""

import datetime as dt

from django.db import models
from django.db.models import Q

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User


class StationQuerySet(models.QuerySet["Station"]):
    """Who may see which stations."""

    def visible_to(self, actor: User) -> "StationQuerySet":
        """Those of the agencies in which the actor works."""
        return self.filter(agency__in=Agency.objects.of(actor))

    def headed_by(self, actor: User) -> "StationQuerySet":
        """Those that the actor may revoke."""
        return self.filter(agency__organisation__in=actor.organisation_ids(Role.HEAD))

    def working(self) -> "StationQuerySet":
        """Keep those that are enrolled today."""
        return self.filter(enrolled_at__isnull=False, revoked_at__isnull=True)


class Station(models.Model):
    """One row = one device at which people sit: its key and its code of enrolment as digests only."""

    # So long a code of enrolment works.
    CODE_LIFE = dt.timedelta(minutes=30)
    # A station that has not been heard for so long is not counted as free.
    SILENT = dt.timedelta(minutes=5)

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="stations")
    name = models.CharField(max_length=40)
    code = models.CharField(max_length=64, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)
    # By which `visavis station` is known, or the browser of a device without it.
    key = models.CharField(max_length=64, blank=True)
    # By which the browser is known that `visavis station` started last.
    browser = models.CharField(max_length=64, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    # Whether `visavis station` runs it, and throws the whole browser away; else a browser alone.
    is_machine = models.BooleanField(default=False)
    # Whether it has camera, headset and a private corner: kept for interviews (`booths.py`).
    is_booth = models.BooleanField(default=False)
    heard_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StationQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="a_key_is_of_one_station"),
            models.UniqueConstraint(
                fields=["browser"], condition=~Q(browser=""), name="a_browser_is_of_one_station"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(key="", browser="", code=""),
                name="a_revoked_station_has_no_key",
            ),
        ]

    def __str__(self) -> str:
        return f"station {self.pk}"

    @property
    def waits_for_device(self) -> bool:
        """Say whether its code may still be typed on a device."""
        return bool(self.code and self.code_at and self.code_at > clock.now() - self.CODE_LIFE)

    @property
    def is_silent(self) -> bool:
        return self.heard_at is None or self.heard_at < clock.now() - self.SILENT


class Rules(models.Model):
    """One row = how one sits at the stations of an agency: how long, how many pages, which other sites."""

    MINUTES, MORE, PAGES = 30, 15, 20

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="station_rules")
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    # What one extension adds while nobody waits.
    more = models.PositiveSmallIntegerField(default=MORE)
    # Pages handed out to print: a day for a badge, a sitting else.
    pages = models.PositiveSmallIntegerField(default=PAGES)
    # Hosts of other sites, one a line: opened by `visavis station` alone.
    sites = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "rules"

    def __str__(self) -> str:
        return f"rules of stations {self.agency_id}"

    @property
    def hosts(self) -> list[str]:
        return self.sites.split()


def rules_of(agency: Agency) -> Rules:
    """Return the rules of an agency: the usual ones until its head changes them."""
    return Rules.objects.filter(agency=agency).first() or Rules(agency=agency)
