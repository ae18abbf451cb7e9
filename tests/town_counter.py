"""What a town of the personas has of visits at the counter, when a test asks."""

from typing import TYPE_CHECKING

from visavis.counter import services
from visavis.counter.enums import Ground
from visavis.counter.models import CounterVisit

if TYPE_CHECKING:
    from visavis.people.models import User


class Counter:
    """Rosa receives Amélie."""

    if TYPE_CHECKING:
        people: dict[str, User]

    @property
    def counter_visit(self) -> CounterVisit:
        """Amélie stands at Rosa's counter; she does not until a test asks."""
        her, clerk = self.people["amelie"], self.people["rosa"]
        if found := CounterVisit.objects.of_clerk(clerk).filter(person=her).first():
            return found
        return services.open_visit(person=her, by=clerk, shown=Ground.PAPER)
