"""What happens at the doors: days on which they are closed or open otherwise."""

import datetime as dt

from visavis.agencies import closures
from visavis.agencies.models import Agency
from visavis.agencies.zones import instant
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User

SATURDAY = 5


def hours(agencies: list[Agency]) -> None:
    """Close each door for an afternoon of training, and open it on a Saturday for a forum."""
    for agency in agencies:
        head = User.objects.get(memberships__organisation=agency.organisation_id, memberships__role=Role.HEAD)
        today = agency.timetable.date_of(clock.now())
        saturday = today + dt.timedelta(days=21 + (SATURDAY - today.weekday()) % 7)
        training = saturday - dt.timedelta(days=9)
        closures.close(
            agency=agency,
            starts_at=instant(training, 13 * 60 + 30, agency.zone),
            ends_at=instant(training, 17 * 60, agency.zone),
            reason="L’équipe est en formation.",
            by=head,
        )
        closures.open_on(
            agency=agency, day=saturday, spans="09:00-12:30", reason="Forum de l’emploi saisonnier.", by=head
        )
