"""The alarm: raised from any page of staff by one tap, answered and ended from any."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people.requests import PersonRequest
from visavis.queues import alarms as services
from visavis.queues.enums import Ended
from visavis.queues.models import Alarm
from visavis.queues.views.board import DOOR, desk_at

SHOWN = 20


@never_cache
@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Show the alarms that stand, and how the last ones ended."""
    if not Agency.objects.of(request.user).exists():
        raise Http404
    over = Alarm.objects.visible_to(request.user).filter(ended_at__isnull=False).order_by("-at")
    rows = over.select_related("by", "ended_by").prefetch_related("answers__by")[:SHOWN]
    return render(request, "queues/alarms_of_late.html", {"over": rows, "density": "staff"})


@require_POST
def press(request: PersonRequest) -> HttpResponse:
    """Call the colleagues to the desk at which one sits; where she is said to sit nowhere, the page asks."""
    worked_in = Agency.objects.of(request.user)
    agency = worked_in.filter(pk=request.session.get(DOOR, 0)).first() or worked_in.first()
    if agency is None:
        raise Http404
    desk = desk_at(request, agency)
    place = _("desk %(desk)s") % {"desk": desk} if desk else ""
    services.raise_alarm(agency=agency, by=request.user, place=place)
    return back(request)


@require_POST
def act(request: PersonRequest, alarm_id: int) -> HttpResponse:
    """Say that one comes, where it is, or how it ended."""
    alarm = get_object_or_404(Alarm.objects.visible_to(request.user).select_related("agency"), pk=alarm_id)
    word = request.POST.get("word", "")
    try:
        if word == "come":
            services.come(alarm=alarm, by=request.user)
        elif word in Ended.values:
            services.end(alarm=alarm, word=Ended(word), by=request.user)
        elif "place" in request.POST:
            services.say_where(alarm=alarm, place=request.POST["place"], by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, str(refusal))
    return back(request)


def back(request: PersonRequest) -> HttpResponse:
    """Lead back to the page on which one was: what one was doing there goes on."""
    came = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return redirect(came if is_ours else "queues:alarms")
