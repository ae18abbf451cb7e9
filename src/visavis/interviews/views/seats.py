"""The seat that an address is of: by its link, and for a seat of the service by who is signed in."""

from django.http import Http404, HttpRequest

from visavis.common import own_links
from visavis.common.prepared import Prepared
from visavis.interviews import permissions, seating
from visavis.interviews.models import Seat
from visavis.people.models import User

ROWS = Seat.objects.select_related(
    "user",
    "interview__appointment__agency__commune",
    "interview__appointment__kind",
    "interview__appointment__counsellor",
    "interview__appointment__person",
)
# Asked by every post of every page of a room: writing this question takes longer than answering it.
BY_NUMBER = Prepared(lambda number: ROWS.filter(pk=number))
OF_ROOM = Prepared(lambda room: Seat.objects.filter(interview=room).select_related("user").order_by("number"))


def seat_of(request: HttpRequest, code: str) -> Seat:
    """Return the seat of a link that opens, for who may sit in it; else 404."""
    seat = BY_NUMBER.first(own_links.number_of(code))
    if seat is None or not seating.opens(code, seat.code) or not permissions.may_sit(request.user, seat):
        raise Http404
    return seat


def seats_of(seat: Seat) -> list[Seat]:
    """Return all seats of its room, by number, each with who sits in it and the room."""
    found = OF_ROOM(seat.interview_id)
    for one in found:
        one.interview = seat.interview
    return found


def actor(request: HttpRequest, seat: Seat) -> User | None:
    """Return who acts from a seat: the account of the seat where it is signed in, else nobody by name."""
    user = request.user
    if not isinstance(user, User):
        return None
    return user if seat.is_of_the_service or user.pk == seat.user_id else None
