"""Of whom nothing may wait, nothing waits: for everybody of a town, as all apps say it."""

import pytest

from visavis.jobseekers.models import Jobseeker
from visavis.people import waiting
from visavis.people.enums import Role
from visavis.people.models import User

pytestmark = [pytest.mark.usefixtures("filled", "db"), pytest.mark.database, pytest.mark.again]


def test_who_is_asked_of_few_apps_reads_what_all_of_them_say() -> None:
    people = list(User.objects.filter(pk__in=Jobseeker.objects.values("user")))
    apps = waiting.apps_of([person.pk for person in people])
    waits = 0
    for person in people:
        said = waiting.waiting_for(person, Role.JOBSEEKER, waiting.APPS)
        assert waiting.waiting_for(person, Role.JOBSEEKER) == said
        assert waiting.waiting_for(person, Role.JOBSEEKER, apps[person.pk]) == said
        waits += len(said)
    assert waits > len(people) / 4
