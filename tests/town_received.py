"""What of appointments the town has once a test asks for it."""

import datetime as dt
from types import SimpleNamespace

from visavis.agencies.models import Agency
from visavis.appointments.models import Appointment, Invitation, Kind, TimesAsked
from visavis.common import clock
from visavis.people.models import User


class Received:
    """The part of the town that is received by appointment."""

    agency: Agency
    people: dict[str, User]

    @property
    def appointment_kind(self) -> Kind:
        """First meetings of the agency; it gives none until a test asks."""
        told = {"nature": "first", "minutes": 30, "channels": ["agency", "phone"]}
        return Kind.objects.get_or_create(agency=self.agency, name="Premier rendez-vous", defaults=told)[0]

    @property
    def workshop_kind(self) -> Kind:
        """Workshops of the agency; it gives none until a test asks."""
        told = {"nature": "workshop", "minutes": 120, "channels": ["agency"]}
        return Kind.objects.get_or_create(agency=self.agency, name="Atelier CV", defaults=told)[0]

    @property
    def appointment(self) -> Appointment:
        """Amélie meets Bruno in a week; she does not until a test asks."""
        starts_at = clock.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=7)
        told = {
            "agency": self.agency,
            "kind": self.appointment_kind,
            "counsellor": self.people["bruno"],
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=30),
            "way": "web",
        }
        hers = {"person": self.people["amelie"], "state": "booked", "channel": "agency"}
        return Appointment.objects.get_or_create(**hers, defaults=told)[0]

    @property
    def to_choose(self) -> Invitation:
        """Bruno invites Amélie to choose a time; he does not until a test asks."""
        day = clock.today()
        told = {"by": self.people["bruno"], "remind_on": day, "until": day + dt.timedelta(days=7)}
        return Invitation.objects.get_or_create(
            person=self.people["amelie"], kind=self.appointment_kind, defaults=told
        )[0]

    @property
    def times_asked(self) -> TimesAsked:
        """More times asked of Bruno; there are none until a test asks."""
        told = {"missing": 2, "until": clock.today() + dt.timedelta(days=7)}
        return TimesAsked.objects.get_or_create(
            kind=self.appointment_kind, counsellor=self.people["bruno"], defaults=told
        )[0]

    @property
    def held(self) -> SimpleNamespace:
        """What somebody holds who has not said who she is; nothing until a test asks."""
        row = self.appointment
        told = {"agency": row.agency, "kind": row.kind, "channel": "agency", "way": "web"}
        told |= {"starts_at": row.starts_at, "ends_at": row.ends_at, "held_until": row.ends_at}
        return SimpleNamespace(pk=Appointment.objects.get_or_create(state="held", defaults=told)[0].uid)
