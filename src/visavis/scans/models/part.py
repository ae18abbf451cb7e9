"""A part of a scan: the pages from one sheet to the next, and where they are."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse

from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.scans.enums import Doubt, PartState, Purpose
from visavis.vault.numbers import NumberedField


def opened_by(actor: User, scan: str) -> Q:
    """Say of a scan that the actor opens the post of its agency, or that it is of none; `scan` leads to it."""
    if not actor.has_role(Role.COUNSELLOR, Role.RECEPTION):
        return Q(pk__in=[])
    desks = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION)
    return Q(**{f"{scan}agency__isnull": True}) | Q(**{f"{scan}agency__organisation__in": desks})


class PartQuerySet(models.QuerySet["Part"]):
    """Who sorts which parts."""

    def visible_to(self, actor: User) -> "PartQuerySet":
        """Keep those of the scans he opens, and what was filed as cards of whom he follows."""
        hers = Q(
            person__in=people_of(actor, Capacity.COUNSELLOR), purpose=Purpose.CARDS, state=PartState.FILED
        )
        return self.filter(opened_by(actor, "scan__") | hers)

    def cards_of(self, actor: User) -> "PartQuerySet":
        """Keep the answer sheets of whom a counsellor follows that nobody has entered."""
        return self.unentered().filter(person__in=people_of(actor, Capacity.COUNSELLOR))

    def unentered(self) -> "PartQuerySet":
        """Keep the answer sheets that nobody has entered."""
        return self.filter(purpose=Purpose.CARDS, state=PartState.FILED, thing_id__isnull=True)

    def to_sort(self) -> "PartQuerySet":
        """Keep what waits for somebody to say whose it is."""
        return self.filter(state=PartState.TO_SORT)


class Part(models.Model):
    """One row = some pages of a scan that belong together, and what became of them."""

    UNDO = dt.timedelta(days=1)

    id = NumberedField(primary_key=True)
    scan = models.ForeignKey("scans.Scan", on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PartState)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True)
    # What its sheet says, or who sorted it: whose it is, and what it is.
    person = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="scanned_parts"
    )
    purpose = models.CharField(max_length=8, choices=Purpose, blank=True)
    cover = models.ForeignKey(
        "scans.Cover", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    # The letter of ours that came back as its sheet.
    envelope = models.ForeignKey(
        "news.Envelope", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The document or the message that it became.
    thing_id = models.BigIntegerField(null=True, blank=True)
    # How often it was filed: what is taken back and filed again is a new document.
    turn = models.PositiveSmallIntegerField(default=0)
    # Whose turn it was in the thread before the message, to put it back.
    before = models.JSONField(default=dict, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["scan", "number"]
        indexes = [
            models.Index(fields=["state", "at"], condition=Q(state="to-sort"), name="parts_to_sort"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scan", "number"], name="parts_of_a_scan_follow"),
            models.CheckConstraint(condition=Q(state__in=PartState.values), name="part_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(filed_at__isnull=False), name="what_is_filed_says_since_when"
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of scan {self.scan_id}"

    @property
    def url(self) -> str:
        return reverse("scans:part", kwargs={"part_id": self.pk})

    @property
    def sheet_url(self) -> str:
        """Return where an answer sheet is entered."""
        return reverse("scans:sheet", kwargs={"part_id": self.pk})

    @property
    def is_fresh(self) -> bool:
        """Say whether it was filed so lately that it can be taken back."""
        return self.filed_at is not None and clock.now() - self.filed_at < self.UNDO
