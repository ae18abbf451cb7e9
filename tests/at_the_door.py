"""What there is at the door of Amélie's agency once a test asks for it: a ticket, a station, a call for help."""

from types import SimpleNamespace

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User
from visavis.queues import services as queue
from visavis.queues.models import Alarm, Ticket
from visavis.stations.models import HelpCall, Station


class AtTheDoor:
    """A part of the Town (tests/personas.py)."""

    agency: Agency
    people: dict[str, User]

    @property
    def ticket(self) -> Ticket:
        """Somebody waits at the door; nobody does until a test asks."""
        day = queue.today(self.agency)
        kept = Ticket.objects.filter(agency=self.agency, day=day).first()
        return kept or queue.come_in(agency=self.agency, by=self.people["rosa"])

    @property
    def ticket_code(self) -> SimpleNamespace:
        """The code that opens her place in line."""
        return SimpleNamespace(pk=self.ticket.code)

    @property
    def alarm(self) -> Alarm:
        """A colleague calls for help at once; nobody does until a test asks."""
        return Alarm.objects.get_or_create(agency=self.agency, by=self.people["rosa"], ended_at=None)[0]

    @property
    def station(self) -> Station:
        """A device of her agency at which people sit; there is none until a test asks."""
        kept = {"agency": self.agency, "name": "Poste 1"}
        return Station.objects.get_or_create(**kept, defaults={"enrolled_at": clock.now(), "key": "k"})[0]

    @property
    def help_call(self) -> HelpCall:
        """Somebody at the station calls for help; nobody does until a test asks."""
        return HelpCall.objects.get_or_create(station=self.station, ended_at=None)[0]
