"""What every view of this app starts with."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from visavis.people.models import User
from visavis.vacancies.models import Vacancy


class SignedIn(HttpRequest):
    """A request of somebody signed in: the site asks it of every view that says nothing else."""

    user: User


def editable(request: SignedIn, vacancy_id: int) -> Vacancy:
    """Return a vacancy that the person may change, or answer 404."""
    return get_object_or_404(Vacancy.objects.editable_by(request.user).with_card(), pk=vacancy_id)


def allow(is_allowed: bool) -> None:
    """Answer 404 to those for whom the page does not exist."""
    if not is_allowed:
        raise Http404
