"""Who may take which seat."""

from django.db.models import Q

from visavis.appointments.enums import Channel
from visavis.appointments.models import Appointment
from visavis.interviews.enums import SeatState
from visavis.interviews.models import Seat
from visavis.people.enums import Role
from visavis.people.models import User


def may_receive(actor: object, appointment: Appointment) -> bool:
    """A counsellor who may see the appointment: her own, who stands in, or who is named in it; never for himself."""
    return (
        isinstance(actor, User)
        and actor.pk != appointment.person_id
        and actor.has_role(Role.COUNSELLOR)
        and Appointment.objects.visible_to(actor)
        .filter(~Q(person=actor.pk), pk=appointment.pk, channel=Channel.VIDEO)
        .exists()
    )


def may_sit(actor: object, seat: Seat) -> bool:
    """Whoever holds the link of a seat; for a seat of the service she signs in too, and may receive.

    A colleague's seat is for whom it was given to.
    """
    if not seat.is_of_the_service:
        return True
    if seat.is_beside:
        return isinstance(actor, User) and actor.pk == seat.user_id
    return may_receive(actor, seat.interview.appointment)


def is_let_in(seat: Seat) -> bool:
    """Say whether who sits here hears the others: admitted, in an interview that is open."""
    return seat.state == SeatState.ADMITTED and seat.interview.is_open
