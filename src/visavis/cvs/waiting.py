"""What was read of CVs and waits to be looked at, on a person's page at the desk."""

from typing import Any

from visavis.cvs.models import CvReading
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.people.waiting import App

READINGS = AskedBy(
    lambda actor, person: CvReading.objects.visible_to(actor).filter(jobseeker=person).waiting()
)


class Cvs(App):
    """What was read of CVs."""

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        return {"readings": READINGS(actor, person.pk)}
