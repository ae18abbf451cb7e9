"""What every view of this app starts with."""

from django.http import Http404, HttpRequest

from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

EDITABLE = AskedBy(lambda actor, number: Vacancy.objects.editable_by(actor).with_card().filter(pk=number))


class SignedIn(HttpRequest):
    """A request of somebody signed in: the site asks it of every view that says nothing else."""

    user: User


def editable(request: SignedIn, vacancy_id: int) -> Vacancy:
    """Return a vacancy that the person may change, or answer 404."""
    found = EDITABLE.first(request.user, vacancy_id)
    if found is None:
        raise Http404
    return found


def allow(is_allowed: bool) -> None:
    """Answer 404 to those for whom the page does not exist."""
    if not is_allowed:
        raise Http404
