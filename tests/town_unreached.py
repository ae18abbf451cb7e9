"""Whom nothing has reached in the town, made when a test asks: a part of `personas.Town`."""

import datetime as dt

from visavis.common import clock
from visavis.people.models import User
from visavis.unreached.models import Unreached


class NotReached:
    """Who is to be found again."""

    people: dict[str, User]

    @property
    def unreached(self) -> Unreached:
        """That nothing reaches Amélie; it is so only once a test asks."""
        person = self.people["amelie"]
        found = Unreached.objects.filter(person=person).first()
        since = clock.now() - dt.timedelta(weeks=9)
        return found or Unreached.objects.create(person=person, cause="nothing", since=since)
