"""What a town of the personas has of mandates, when a test asks."""

from typing import TYPE_CHECKING

from visavis.mandates import services
from visavis.mandates.errands import Code
from visavis.mandates.models import Mandate

if TYPE_CHECKING:
    from visavis.people.models import User


class Mandates:
    """Inès helps Amélie."""

    if TYPE_CHECKING:
        people: dict[str, User]

    @property
    def mandate(self) -> Mandate:
        """Inès may act for Amélie in all that one may be let; she may not until a test asks."""
        her, helper = self.people["amelie"], self.people["ines"]
        if found := Mandate.objects.filter(person=her, helper=helper).first():
            return found
        asked = services.Asked(31, [code.value for code in Code])
        _row, code = services.offer(person=her, asked=asked, by=her)
        return services.take(code=code, helper=helper)
