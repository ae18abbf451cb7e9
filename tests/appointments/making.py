"""What tests of appointments have: kinds, hours of receiving, workshops."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Agency
from visavis.appointments import free, services
from visavis.appointments.free import Search, Whom
from visavis.appointments.models import Appointment, Kind, Receiving, Workshop
from visavis.appointments.receiving import give_workshop
from visavis.appointments.services import Wanted
from visavis.people.models import User

PARIS = ZoneInfo("Europe/Paris")
# A Monday, eight in the morning.
MONDAY = dt.datetime(2027, 1, 11, 7, 0, tzinfo=dt.UTC)
TUESDAY = MONDAY.date() + dt.timedelta(days=1)
WHOLE_DAY = ((0, 1440),)
OFFICE = ((510, 750), (810, 1020))


def kind(agency: Agency, nature: str = "first", minutes: int = 30, **more: Any) -> Kind:
    told = {"name": f"{nature} {minutes}", "channels": ["agency", "phone"], "books": "anybody"} | more
    return Kind.objects.get_or_create(agency=agency, nature=nature, minutes=minutes, defaults=told)[0]


def receives(agency: Agency, user: User, spans: Any = OFFICE, days: Any = range(7)) -> None:
    Receiving.objects.bulk_create(
        Receiving(agency=agency, user=user, weekday=day, start=start, end=end)
        for day in days
        for start, end in spans
    )


def colleague(town: Town, spans: Any = OFFICE) -> User:
    """Let somebody else of the agency receive too."""
    where = {"role": "counsellor", "role__organisation": town.agency.organisation}
    user: User = factories.UserFactory(name="Eve", **where)
    receives(town.agency, user, spans)
    return user


def somebody(town: Town) -> User:
    """Return somebody of the agency whom nobody accompanies."""
    user: User = factories.JobseekerFactory(agency=town.agency, counsellor=None).user
    return user


def overseas(town: Town) -> None:
    """Move the agency to La Réunion: three hours, in summer two, before Paris."""
    factories.RegionFactory(code="04", name="La Réunion")
    department = factories.DepartmentFactory(code="974", name="La Réunion")
    town.agency.commune = factories.CommuneFactory(code="97411", name="Saint-Denis", department=department)
    town.agency.save()


def always_open(agency: Agency) -> None:
    agency.opening_hours = "Mo-Su 00:00-24:00"
    agency.save()


def times(
    agency: Agency, minutes: int, first: dt.date, last: dt.date | None = None, whom: list[Whom] | None = None
) -> list[dt.datetime]:
    return free.find(Search(agency, minutes, first, last or first, whom)).times


def wall(at: list[dt.datetime], zone: ZoneInfo = PARIS) -> list[str]:
    return [f"{one.astimezone(zone):%H:%M}" for one in at]


def wanted(what: Kind, at: dt.datetime, **more: Any) -> Wanted:
    return Wanted(what, at, more.pop("channel", "agency"), **more)


def booked(what: Kind, at: dt.datetime, person: User, by: User | None = None) -> Appointment:
    return services.book(wanted=wanted(what, at), person=person, by=by or person)


def workshop(what: Kind, at: dt.datetime, holder: User, places: int = 3) -> Workshop:
    return give_workshop(kind=what, starts_at=at, holder=holder, places=places, by=holder)
