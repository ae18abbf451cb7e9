"""The station of the demonstration: a browser becomes it by a link, so that anybody can sit down there."""

import secrets
from contextlib import suppress

from visavis.agencies import closures
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.demo import roles
from visavis.people.models import User
from visavis.stations import device, enrolling, sittings
from visavis.stations.enums import End
from visavis.stations.models import Station

NAME = "Poste 1"
OPEN = "La démonstration est ouverte à toute heure."


def put_up() -> Station | None:
    """Have a station at the agency of the demonstration's reception, named by its head; it has no device yet."""
    reception, head = roles.person("reception"), roles.person("head")
    agency = Agency.objects.of(reception).first() if reception else None
    if agency is None or head is None:
        return None
    by = head if Agency.objects.of(head).filter(pk=agency.pk).exists() else _head_of(agency)
    found = Station.objects.filter(agency=agency, name=NAME, revoked_at__isnull=True).first()
    return found or enrolling.add(agency=agency, name=NAME, by=by)[0]


def _head_of(agency: Agency) -> User:
    return User.objects.get(memberships__organisation=agency.organisation_id, memberships__role="head")


def enrol() -> str | None:
    """Make the browser that asks this station, in place of the one before; return its key, or None without a town."""
    station = put_up()
    if station is None:
        return None
    key, now = secrets.token_urlsafe(32), clock.now()
    kept = {"code": "", "key": device.digest(key), "browser": "", "enrolled_at": now, "heard_at": now}
    # Who sat at the one before is no business of the next.
    sittings.end_at(station, End.AGENCY)
    Station.objects.filter(pk=station.pk).update(**kept, is_machine=False)
    _open_door(station.agency)
    return key


def _open_door(agency: Agency) -> None:
    """Open the agency for today where it is closed: who visits the demonstration by night sits down too."""
    day = agency.timetable.date_of(clock.now())
    if not agency.timetable.is_open(clock.now()):
        by = _head_of(agency)
        with suppress(Refused):
            closures.open_on(agency=agency, day=day, spans="00:00-24:00", reason=OPEN, by=by)
