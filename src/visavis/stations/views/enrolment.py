"""A device becomes a station: by the code that the head was shown, in its browser or by `visavis station`."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people import limits
from visavis.people.limits import HANDED
from visavis.stations import device, enrolling, entering, reservations, sittings
from visavis.stations.enums import End
from visavis.stations.forms import EnrolForm
from visavis.stations.models import Sitting, Station
from visavis.stations.models.station import rules_of
from visavis.tries.marks import network

LARGEST = 2_000


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Type the code on the device; refused where a browser would not clear its store when told to."""
    form = EnrolForm(request.POST if request.method == "POST" else None)
    can_be_wiped = device.can_be_wiped(request)
    if form.is_bound and form.is_valid() and can_be_wiped:
        refused = limits.refusal(request, HANDED, f"station {network(request)}")
        try:
            if refused:
                raise Refused(refused)
            _row, key = enrolling.enrol(code=form.cleaned_data["code"], is_machine=False)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return enrolled(request, key)
    context = {"form": form, "can_be_wiped": can_be_wiped}
    return render(request, "stations/enrol.html", context)


def enrolled(request: HttpRequest, key: str) -> HttpResponse:
    """Forget who typed the code, and begin as a station."""
    request.session.flush()
    response = redirect("stations:start")
    device.wipe(request, response)
    device.keep(response, key)
    return response


@login_not_required
@csrf_exempt
@require_POST
def machine(request: HttpRequest) -> HttpResponse:
    """Answer `visavis station`: who it is, whether somebody sits there, which sites are open; and note what it tells.

    By the code it becomes a station; after that by its key alone.
    """
    told = body_of(request)
    if code := str(told.get("code", "")):
        refused = limits.refusal(request, HANDED, f"station {network(request)}")
        if refused or not device.can_be_wiped(request):
            said = refused or _("A station is enrolled over https only, or on this machine.")
            return JsonResponse({"refused": said}, status=403)
        try:
            _row, key = enrolling.enrol(code=code[:40], is_machine=True)
        except Refused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=403)
        return JsonResponse({"key": key})
    station = device.of_machine(request.headers.get("Authorization", "").removeprefix("Bearer "))
    if station is None:
        return JsonResponse({"refused": _("This station was revoked.")}, status=403)
    Station.objects.filter(pk=station.pk).update(heard_at=clock.now())
    if told.get("event") in {"lost", "begin"}:
        sittings.end_at(station, End.LOST)
    return JsonResponse(state_of(station, wants_entry=told.get("event") == "begin"))


machine.is_for_programs = True  # type: ignore[attr-defined]


def body_of(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body[:LARGEST] or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def state_of(station: Station, *, wants_entry: bool) -> dict[str, Any]:
    """Return what a machine has to know. The number of a sitting says when one ended, whatever came between."""
    sitting = sittings.at(station)
    if sitting is not None and sittings.end_if_over(sitting) is not None:
        sitting = None
    if sitting is None:
        reservations.settle(station.agency)
    last = Sitting.objects.filter(station=station, ended_at__isnull=False).order_by("-pk").first()
    state = {
        "name": station.name,
        "sitting": sitting.pk if sitting else 0,
        "ended": last.pk if last else 0,
        "sites": rules_of(station.agency).hosts,
    }
    if wants_entry:
        state["enter"] = reverse("stations:enter", args=[entering.mark(station)])
    return state


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, mark: str) -> HttpResponse:
    """Make the browser that comes with the mark this station: the page sends itself, or is touched."""
    if not entering.is_ours(mark):
        raise Http404
    if request.method != "POST":
        return render(request, "stations/enter.html", {"mark": mark})
    try:
        key = entering.enter(mark)
    except Refused as refusal:
        return render(request, "stations/enter.html", {"refused": str(refusal)}, status=409)
    return enrolled(request, key)
