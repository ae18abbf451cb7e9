"""What an agency gives appointments for, and its workshops."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.appointments.enums import Books, Channel, Nature
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui import dates

# An appointment begins and ends on these minutes: they are what nobody takes twice.
STEP_MINUTES = 5
LONGEST_MINUTES = 480
MOST_PLACES = 100


def read_in(french: str, english: str) -> str:
    """Return a text of the agency in the language that is on; the other one where it is not written in this."""
    return (english or french) if (get_language() or "").startswith("en") else (french or english)


class KindQuerySet(models.QuerySet["Kind"]):
    """Which kinds somebody may know of."""

    def visible_to(self, actor: User | AnonymousUser) -> "KindQuerySet":
        """Keep what is given today; who works in the agency sees also what is not."""
        if isinstance(actor, AnonymousUser):
            return self.filter(is_open=True)
        ids = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)
        return self.filter(Q(is_open=True) | Q(agency__organisation__in=ids))


class Kind(models.Model):
    """One row = one kind of appointment that an agency gives: what for, how long, how one meets, who may book it."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="kinds")
    nature = models.CharField(_("What for"), max_length=10, choices=Nature)
    # In French, and in English: who reads English and finds none reads the French one.
    name = models.CharField(_("Name, in French"), max_length=80)
    name_en = models.CharField(_("Name, in English"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("How long, in minutes"))
    # Codes of `Channel`, in the order in which they are offered.
    channels = models.JSONField(default=list)
    books = models.CharField(_("Who may book it"), max_length=8, choices=Books, default=Books.ANYBODY)
    bring = models.CharField(_("What to bring, in French"), max_length=300, blank=True)
    bring_en = models.CharField(_("What to bring, in English"), max_length=300, blank=True)
    is_open = models.BooleanField(_("Given today"), default=True)

    objects = KindQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="a_kind_has_one_name_in_its_agency"),
            models.CheckConstraint(
                condition=Q(minutes__gte=STEP_MINUTES, minutes__lte=LONGEST_MINUTES)
                & Q(Exact(Mod(F("minutes"), STEP_MINUTES), 0)),
                name="a_kind_lasts_whole_steps",
            ),
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="kind_has_a_known_nature"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Return its name in the language of who reads."""
        return read_in(self.name, self.name_en)

    @property
    def to_bring(self) -> str:
        """Return what to bring in the language of who reads."""
        return read_in(self.bring, self.bring_en)

    @property
    def is_workshop(self) -> bool:
        return self.nature == Nature.WORKSHOP

    @property
    def may_be_chosen(self) -> bool:
        """Say whether people are invited to choose a time of it."""
        return self.is_open and self.books != Books.AGENCY

    @property
    def channel_words(self) -> list[str]:
        return [str(Channel(one).label) for one in self.channels]

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.minutes)


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Which workshops are to come, and how many places are left."""

    def visible_to(self, actor: User | AnonymousUser) -> "WorkshopQuerySet":
        """Keep those of kinds that somebody may know of."""
        return self.filter(kind__in=Kind.objects.visible_to(actor))

    def to_come(self) -> "WorkshopQuerySet":
        return self.given().filter(starts_at__gt=clock.now())

    def given(self) -> "WorkshopQuerySet":
        """Keep those that nobody called off."""
        return self.filter(is_off=False)

    def of_calendar(self, user: User) -> "WorkshopQuerySet":
        """Keep what the calendar of who leads shows: of a month ago and to come."""
        return self.given().filter(holder=user, ends_at__gt=clock.now() - dt.timedelta(days=30))

    def with_left(self) -> "WorkshopQuerySet":
        """Say of each how many places nobody has taken, as `left`."""
        return self.annotate(left=F("places") - models.Count("seats"))


class Workshop(models.Model):
    """One row = one workshop: its time, who leads it, and how many places it has."""

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="workshops")
    holder = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(_("How many places"))
    is_off = models.BooleanField(default=False)

    objects = WorkshopQuerySet.as_manager()
    quanta: Any

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="workshop_ends_after_start"),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES), name="workshop_has_places"
            ),
        ]

    def __str__(self) -> str:
        return f"workshop {self.pk}"

    @property
    def hour(self) -> str:
        """Return its hour as the wall of the agency shows it."""
        with timezone.override(self.kind.agency.zone):
            return dates.hour(self.starts_at)
