"""What was read of CVs and waits to be looked at, on a person's page at the desk."""

from typing import Any

from visavis.common.prepared import Prepared
from visavis.cvs.models import CvReading
from visavis.people.models import User
from visavis.people.waiting import App

# Of one whose file is open: whether the actor follows her, the desk has asked.
READINGS = Prepared(lambda person: CvReading.objects.filter(jobseeker=person).readable().waiting())


class Cvs(App):
    """What was read of CVs."""

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        return {"readings": READINGS(person.pk)}
