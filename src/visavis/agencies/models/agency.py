"""Agencies: where the door is and when it is open."""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.agencies import hours
from visavis.agencies.holidays import department_of
from visavis.agencies.repeats import read
from visavis.agencies.timetable import Stretch, Timetable
from visavis.agencies.zones import zone_of
from visavis.people.addresses import phone_as_written
from visavis.people.enums import Role
from visavis.people.models import Organisation, User


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies are public: anybody may know where the door is."""

    def of(self, actor: User) -> "AgencyQuerySet":
        """Keep the agencies in which the actor works."""
        ids = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)
        return self.filter(organisation__in=ids)

    def visible_to(self, actor: User | AnonymousUser) -> "AgencyQuerySet":
        """Keep every agency: also for a visitor."""
        return self.all()

    def with_hours(self) -> "AgencyQuerySet":
        """Bring along what departs from each week: what is past as well, a few rows a year."""
        return self.prefetch_related("closures", "open_days")

    def headed_by(self, actor: User | AnonymousUser) -> "AgencyQuerySet":
        """Keep the agencies whose hours and staff the actor decides."""
        if isinstance(actor, AnonymousUser):
            return self.none()
        return self.filter(organisation__in=actor.organisation_ids(Role.HEAD))


class Agency(models.Model):
    """One row = one agency that people can walk into."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="agency")
    name = models.CharField(_("Name"), max_length=160)
    address = models.CharField(_("Address"), max_length=200)
    commune = models.ForeignKey("catalog.Commune", on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(_("Phone"), max_length=20)
    # OpenStreetMap syntax, as data·inclusion publishes it: "Mo-Fr 08:30-12:30,13:30-17:00".
    opening_hours = models.CharField(_("Opening hours"), max_length=300)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_shown(self) -> str:
        return phone_as_written(self.phone)

    @property
    def department(self) -> str:
        return department_of(self.commune_id)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the clock on its wall."""
        return zone_of(self.department)

    @property
    def week(self) -> hours.Week:
        """Return its hours; those that cannot be read count as closed, and the page says to call."""
        try:
            return hours.parse(self.opening_hours)
        except hours.Unreadable:
            return hours.Week()

    @property
    def timetable(self) -> Timetable:
        """Return when the door is open, with all that departs from the week: two questions, none with `with_hours`."""
        open_days = {
            one.day: hours.parse_spans(one.spans) for one in self.open_days.all() if not one.ended_at
        }
        rows = [one for one in self.closures.all() if not one.ended_at]
        once = tuple(Stretch(one.starts_at, one.ends_at) for one in rows if not one.rule)
        coming_back = tuple((read(one.rule), Stretch(one.starts_at, one.ends_at)) for one in rows if one.rule)
        return Timetable(self.week, self.department, open_days, once, coming_back)
