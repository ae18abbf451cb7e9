"""What was read of CVs and waits to be looked at, on a person's page at the desk."""

from typing import Any

from visavis.common.prepared import Prepared
from visavis.cvs.models import CvReading
from visavis.people.acting import acts_for
from visavis.people.models import User
from visavis.people.waiting import App

READINGS = Prepared(lambda person: CvReading.objects.filter(jobseeker=person).in_time().waiting())


class Cvs(App):
    """What was read of CVs."""

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        # Asked of one, and not whether one is among all for whom he may act: these the database would list first.
        return {"readings": READINGS(person.pk) if acts_for(actor, person.user) else []}
