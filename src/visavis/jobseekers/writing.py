"""Who writes to a person on paper: her agency."""

from visavis.jobseekers.models import Jobseeker
from visavis.news.wording import Sender
from visavis.people.models import User


def sender_of(user: User) -> Sender | None:
    """Return her agency with its door and its phone; nothing for whom no agency follows."""
    person = Jobseeker.objects.filter(user=user.pk, agency__isnull=False).select_related("agency__commune")
    found = person.first()
    agency = found.agency if found else None
    if agency is None:
        return None
    return Sender((agency.name, agency.address, agency.commune.name), agency.phone_shown)
