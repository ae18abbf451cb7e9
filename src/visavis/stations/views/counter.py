"""Reception's view of the stations: who calls for help, which are in use, who waits for one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest, number_in
from visavis.queues.models import Ticket
from visavis.queues.services import today
from visavis.stations import live, reservations, sittings
from visavis.stations.enums import End
from visavis.stations.models import HelpCall, Station
from visavis.stations.views.head import all_of


def worked_in(request: PersonRequest, agency_id: int) -> Agency:
    """Return an agency in which the person works, or answer 404."""
    return get_object_or_404(Agency.objects.of(request.user), pk=agency_id)


@never_cache
@require_GET
def now(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show what is on at the stations: by what each was opened and until when, never who sits there."""
    agency = worked_in(request, agency_id)
    followed = live.followed(agency)
    calls = HelpCall.objects.filter(station__agency=agency, ended_at__isnull=True).select_related("station")
    context = {
        "agency": agency,
        "live": followed,
        "lines": [one for one in all_of(agency) if one.station.enrolled_at],
        "calls": calls,
        "waiting": reservations.in_line(agency),
        "is_head": agency.organisation_id in request.user.organisation_ids(Role.HEAD),
        "back_url": reverse("agencies:page", args=[agency.pk]),
        "density": "staff",
    }
    with timezone.override(agency.zone):
        return render(request, "stations/now.html", context)


@require_POST
def reserve(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Put a ticket in the line for the stations, or take it out."""
    agency = worked_in(request, agency_id)
    number = number_in(request.POST.get("number", "").strip())
    ticket = Ticket.objects.of_day(agency, today(agency)).here().filter(number=number).first()
    try:
        if ticket is None:
            raise sittings.NoSuchTicket
        if request.POST.get("act") == "leave":
            reservations.leave(ticket=ticket)
        else:
            reservations.join(ticket=ticket)
            said = _(
                "Ticket %(number)s waits for a station: the screen of one that gets free shows the number."
            )
            messages.success(request, said % {"number": number})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("stations:now", agency_id=agency.pk)


@require_POST
def end(request: PersonRequest, station_id: int) -> HttpResponse:
    """End what is on at a station: who sat there has left, or is asked to."""
    station = get_object_or_404(
        Station.objects.visible_to(request.user).select_related("agency"), pk=station_id
    )
    sittings.end_at(station, End.AGENCY)
    messages.success(request, _("%(name)s is wiped with the next touch.") % {"name": station.name})
    return redirect("stations:now", agency_id=station.agency_id)


@require_POST
def go(request: PersonRequest, call_id: int) -> HttpResponse:
    """Note that one goes to who called."""
    rows = HelpCall.objects.filter(station__in=Station.objects.visible_to(request.user))
    call = get_object_or_404(rows.select_related("station"), pk=call_id)
    sittings.go_to(call=call, by=request.user)
    return redirect("stations:now", agency_id=call.station.agency_id)
