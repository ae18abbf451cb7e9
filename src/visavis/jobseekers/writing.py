"""Who writes to a person on paper: her agency, else that of the colleague who writes."""

from visavis.agencies.models import Agency
from visavis.jobseekers.models import Jobseeker
from visavis.news.wording import Sender
from visavis.people.enums import Role
from visavis.people.models import User


def sender_of(user: User) -> Sender | None:
    """Return her agency with its door and its phone; nothing for whom no agency follows."""
    person = Jobseeker.objects.filter(user=user.pk, agency__isnull=False).select_related("agency__commune")
    found = person.first()
    return _of(found.agency if found else None)


def sender_at_work(user: User) -> Sender | None:
    """Return the agency in which a colleague works: whom no agency follows, an employer, answers there."""
    desks = user.organisation_ids(Role.COUNSELLOR, Role.RECEPTION)
    return _of(Agency.objects.filter(organisation__in=desks).select_related("commune").order_by("pk").first())


def _of(agency: Agency | None) -> Sender | None:
    if agency is None:
        return None
    return Sender((agency.name, agency.address, agency.commune.postal_name), agency.phone_shown)
