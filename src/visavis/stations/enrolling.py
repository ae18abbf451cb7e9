"""Which devices are stations: the head names one and gets a code, which is typed on the device; revoked at once."""

import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.agencies.roles import only_head
from visavis.appointments import places
from visavis.appointments.models import Appointment
from visavis.appointments.models.appointment import quantum_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.stations import device, live, sittings
from visavis.stations.enums import End
from visavis.stations.models import Rules, Station
from visavis.tries import handed


class WrongCode(Refused):
    """No station waits for a device with this code."""

    words = _("This code enrols no station, or it is older than half an hour. Ask the head for a new one.")


def add(*, agency: Agency, name: str, by: User, is_booth: bool = False) -> tuple[Station, str]:
    """Name a station, and return the code that is typed on its device. Raises NotHead."""
    only_head(agency, by)
    with transaction.atomic():
        row = Station.objects.create(agency=agency, name=name.strip(), is_booth=is_booth, by=by)
        journal.record(journal.Act(Entry.Action.CREATED, "station", row.pk), by=by.pk)
        return row, _new_code(row)


def new_code(*, station: Station, by: User) -> str:
    """Return another code, for another device: the former one is none from then on. Raises NotHead."""
    only_head(station.agency, by)
    with transaction.atomic():
        sittings.end_at(station, End.AGENCY)
        Station.objects.filter(pk=station.pk).update(key="", browser="", enrolled_at=None, revoked_at=None)
        journal.record(journal.Act(Entry.Action.CHANGED, "station", station.pk, note="code"), by=by.pk)
        return _new_code(station)


def _new_code(station: Station) -> str:
    code = handed.drawn()
    kept = handed.digest("stations.enrol", code)
    Station.objects.filter(pk=station.pk).update(code=kept, code_at=clock.now())
    return code


def enrol(*, code: str, is_machine: bool) -> tuple[Station, str]:
    """Make the device that was told a code this station, once; return its key. Raises WrongCode."""
    key, now = secrets.token_urlsafe(32), clock.now()
    asked = Station.objects.filter(
        code=handed.digest("stations.enrol", code),
        code_at__gt=now - Station.CODE_LIFE,
        revoked_at__isnull=True,
    )
    with transaction.atomic():
        row = asked.first()
        made = {"code": "", "key": device.digest(key), "enrolled_at": now, "heard_at": now}
        if row is None or not asked.update(**made, is_machine=is_machine):
            raise WrongCode
        journal.record(journal.Act(Entry.Action.CHANGED, "station", row.pk, note="enrolled"), by=None)
    live.moved(row.agency_id)
    return row, key


def revoke(*, station: Station, by: User) -> list[Appointment]:
    """Make it no station from now on: who sits there is shown the way out with the next touch. Raises NotHead.

    Interviews for which a booth was kept go to another; those for which none is free are returned.
    """
    only_head(station.agency, by)
    with transaction.atomic():
        sittings.end_at(station, End.AGENCY)
        station.calls.filter(ended_at__isnull=True).update(ended_at=clock.now(), by=by)
        station.reservations.update(station=None, kept_until=None)
        revoked = Station.objects.filter(pk=station.pk, revoked_at__isnull=True)
        if revoked.update(key="", browser="", code="", revoked_at=clock.now()):
            journal.record(journal.Act(Entry.Action.DELETED, "station", station.pk), by=by.pk)
        left = places.give_up(station.pk, quantum_of(clock.now()))
    live.moved(station.agency_id)
    return left


def change_rules(*, rules: Rules, by: User) -> None:
    """Keep how one sits at the stations of an agency. Raises NotHead."""
    only_head(rules.agency, by)
    with transaction.atomic():
        rules.save()
        journal.record(journal.Act(Entry.Action.CHANGED, "station-rules", rules.agency_id), by=by.pk)
