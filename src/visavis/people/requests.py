"""The request of somebody who is signed in: what every view gets that does not say `login_not_required`."""

from django.http import Http404, HttpRequest

from visavis.people.models import User


class PersonRequest(HttpRequest):
    """A request whose user is a person. For the type checker; the middleware sees to it."""

    user: User


def number_in(text: str) -> int:
    """Return the number of a row that a form names; 0, which no row has, where it names none."""
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def actor_of(request: HttpRequest) -> User:
    """Return who is signed in, or answer 404."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
