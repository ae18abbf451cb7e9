"""What a town of the personas has of interviews, when a test asks."""

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING

from visavis.appointments.models import Appointment, Kind
from visavis.common import clock
from visavis.interviews import calls
from visavis.interviews import services as interviews
from visavis.interviews.enums import Why
from visavis.interviews.models import Call, Interview

if TYPE_CHECKING:
    from visavis.agencies.models import Agency
    from visavis.people.models import User


class Interviews:
    """Amélie and Bruno meet by video."""

    if TYPE_CHECKING:
        agency: Agency
        people: dict[str, User]

        @property
        def appointment_kind(self) -> Kind: ...

    @property
    def appointment_by_video(self) -> Appointment:
        """Amélie meets Bruno by video in five minutes; she does not until a test asks."""
        starts_at = clock.now().replace(second=0, microsecond=0) + dt.timedelta(minutes=5)
        told = {
            "agency": self.agency,
            "kind": self.appointment_kind,
            "counsellor": self.people["bruno"],
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=30),
            "way": "web",
        }
        hers = {"person": self.people["amelie"], "state": "booked", "channel": "video"}
        return Appointment.objects.get_or_create(**hers, defaults=told)[0]

    @property
    def interview(self) -> Interview:
        """The room of that appointment, where Amélie waits and Bruno is; nobody is there until a test asks."""
        row = interviews.of(appointment=self.appointment_by_video, by=None)
        host, hers = row.seats.order_by("number")[:2]
        interviews.arrive(seat=host, by=self.people["bruno"])
        interviews.arrive(seat=hers, by=None)
        return row

    @property
    def call(self) -> Call:
        """Amélie would rather be called; nobody is until a test asks."""
        return calls.ask(interview=self.interview, why=Why.RATHER, by=None, number="+33612345678")

    @property
    def host_seat(self) -> SimpleNamespace:
        """The code of Bruno’s seat."""
        return SimpleNamespace(pk=self.interview.seats.get(number=1).code)

    @property
    def her_seat(self) -> SimpleNamespace:
        """The code of Amélie’s seat."""
        return SimpleNamespace(pk=self.interview.seats.get(number=2).code)
