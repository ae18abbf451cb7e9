"""Who is asked for at the employer's, when people of his come and go."""

from visavis.introductions.models import Introduction
from visavis.people.models import User
from visavis.vacancies.models import Employer


def hand_over(*, employer: Employer, former: User, to: User | None) -> int:
    """Give the introductions of somebody who has left to another of the employer's people, or to nobody."""
    rows = Introduction.objects.open().filter(vacancy__employer=employer, employer_contact=former)
    return rows.update(employer_contact=to)
