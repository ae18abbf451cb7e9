"""The queue at the door: a ticket by the code of the day that hangs there, its place, and leaving it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from visavis.agencies.models import Agency
from visavis.api import callers
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.talk.tickets import TicketIn, TicketOut
from visavis.common.errors import Refused
from visavis.queues import arriving, live, services
from visavis.queues.enums import State
from visavis.queues.models import Ticket
from visavis.queues.order import order_of
from visavis.queues.views.public import ticket_of
from visavis.tries import limits, marks
from visavis.tries.limits import DAY, Share

router = Router(tags=["agencies"])
READ, WRITE = Scope.APPOINTMENTS_READ, Scope.APPOINTMENTS_WRITE
# Each is a number that somebody else waits behind.
TICKETS = Share(3, 3, DAY)


class Enough(Refused):
    """One person takes a few numbers a day at a door."""

    words = _("You have taken three numbers here today. Speak to reception, please.")


@operation(router.post, "/agencies/{int:agency_id}/tickets", scope=WRITE, status=201)
def take_ticket(request: HttpRequest, agency_id: Id, sent: TicketIn) -> Status[TicketOut]:
    """Take a number at the door, with the code of the day that hangs there. No name goes with it."""
    actor = callers.of(request).user
    agency = get_object_or_404(Agency.objects.visible_to(actor), pk=agency_id)
    if not arriving.is_code_of(agency, services.today(agency), sent.door):
        raise Http404
    if limits.count([(marks.mark("ticket", agency.pk, f"user-{actor.pk}"), TICKETS)]) is not None:
        raise Enough
    return Status(201, shown(services.come_in(agency=agency, by=None, is_short=sent.is_short)))


@operation(router.get, "/tickets/{slug:code}", scope=READ)
def read_ticket(request: HttpRequest, code: str) -> TicketOut:
    """Read one’s place in line."""
    return shown(ticket_of(code))


@operation(router.post, "/tickets/{slug:code}/leave", scope=WRITE)
def leave_queue(request: HttpRequest, code: str) -> TicketOut:
    """Leave the queue."""
    return shown(services.leave(ticket=of_today(code), by=None))


@operation(router.post, "/tickets/{slug:code}/back", scope=WRITE)
def come_back_in_queue(request: HttpRequest, code: str) -> TicketOut:
    """Come back to one’s place after a call that one missed."""
    return shown(services.come_back(ticket=of_today(code), by=None))


def of_today(code: str) -> Ticket:
    """Return a ticket of today, or 404."""
    ticket = ticket_of(code)
    if ticket.day != services.today(ticket.agency):
        raise Http404
    return ticket


def shown(ticket: Ticket) -> TicketOut:
    """Return a ticket with who is called before it, and how long that takes."""
    order = order_of(ticket.agency, ticket.day, live.followed(ticket.agency).after)
    ahead = len(order.ahead_of(ticket))
    best, worst = order.pace_for(ticket).wait(ahead)
    return filled(
        TicketOut,
        ticket,
        state_words=str(State(ticket.state).label),
        ahead=ahead,
        minutes_at_best=best,
        minutes_at_worst=worst,
    )
