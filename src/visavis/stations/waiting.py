"""What the stations say to the homes: somebody calls for help."""

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.agencies.models import Agency
from visavis.common.prepared import Prepared
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Urgency, Waiting
from visavis.queues.models import Ticket
from visavis.stations import reservations
from visavis.stations.models import HelpCall

CALLS = Prepared(
    lambda organisations: HelpCall.objects.filter(
        station__agency__organisation__in=organisations, ended_at__isnull=True
    ).values_list("station__name", "station__agency", "at")
)


class Stations(App):
    """Calls for help of now."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return to reception who calls from which station."""
        desks = sorted(actor.organisation_ids(Role.RECEPTION)) if role == Role.RECEPTION else []
        if not desks:
            return []
        return [
            Waiting(
                _("%(name)s calls for help.") % {"name": name},
                reverse("stations:now", args=[agency]),
                Urgency.TO_SETTLE,
                is_hot=True,
                due=at,
            )
            for name, agency, at in CALLS(desks)
        ]


def on_the_board(agency: Agency) -> list[tuple[str, str]]:
    """Say on the board of the queue, where reception looks, who calls for help."""
    calls = HelpCall.objects.filter(station__agency=agency, ended_at__isnull=True)
    url = reverse("stations:now", args=[agency.pk])
    words = _("%(name)s calls for help.")
    return [(words % {"name": name}, url) for name in calls.values_list("station__name", flat=True)]


def on_a_ticket(ticket: Ticket) -> tuple[str, str] | None:
    """Offer a place in line for a station to who follows her ticket, where the agency has stations."""
    if not reservations.stations(ticket.agency).exists():
        return None
    return _("Use a computer of the agency"), reverse("stations:line", args=[ticket.code])
