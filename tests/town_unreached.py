"""Whom nothing has reached in the town, made when a test asks: a part of `personas.Town`."""

import datetime as dt

from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.unreached.models import Unreached


class NotReached:
    """Who is to be found again."""

    people: dict[str, User]
    jobseeker: Jobseeker

    @property
    def unreached(self) -> Unreached:
        """That nothing reaches Amélie; it is so only once a test asks."""
        person = self.people["amelie"]
        found = Unreached.objects.filter(person=person).first()
        since = clock.now() - dt.timedelta(weeks=9)
        return found or Unreached.objects.create(person=person, cause="nothing", since=since)

    @property
    def lost_one(self) -> Jobseeker:
        """Amélie's file, once nothing reaches her."""
        assert self.unreached.person_id == self.jobseeker.user_id
        return self.jobseeker
