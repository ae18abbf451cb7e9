"""The head's page of the stations: which there are, last heard, in use; another one, its code, revoked; the rules."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.agencies.views.team import headed
from visavis.appointments.models import Appointment
from visavis.people.requests import PersonRequest
from visavis.stations import booths, enrolling, reservations
from visavis.stations.forms import RulesForm, StationForm
from visavis.stations.models import Reservation, Sitting, Station
from visavis.stations.models.station import rules_of

CODE = "station-code"


@dataclass(frozen=True)
class Shown:
    """One station, and who is there: how she opened it, never who she is; or for which ticket, or when, it is kept."""

    station: Station
    sitting: Sitting | None
    kept: Reservation | None
    interview: Appointment | None


def all_of(agency: Agency) -> list[Shown]:
    """Return the stations of an agency that are not revoked, with what is on at each."""
    rows = list(Station.objects.filter(agency=agency, revoked_at__isnull=True))
    on = {one.station_id: one for one in Sitting.objects.filter(station__in=rows, ended_at__isnull=True)}
    kept = {one.station_id: one for one in reservations.in_line(agency) if one.station_id}
    soon = set(booths.kept_now()) if any(one.is_booth for one in rows) else set()
    return [
        Shown(one, on.get(one.pk), kept.get(one.pk), booths.kept(one).first() if (one.pk,) in soon else None)
        for one in rows
    ]


@require_GET
def stations(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show the stations; a code that was just made is shown in this session only."""
    agency = headed(request, agency_id)
    kept, lines = request.session.get(CODE), all_of(agency)
    # A code that was typed is of no more use.
    waits = kept and any(one.station.pk == kept["station"] and one.station.waits_for_device for one in lines)
    context = {
        "agency": agency,
        "lines": lines,
        "code": kept if waits else None,
        "enrol_url": request.build_absolute_uri(reverse("stations:enrol")),
        "rules": rules_of(agency),
        "back_url": reverse("agencies:page", args=[agency.pk]),
        "density": "staff",
    }
    with timezone.override(agency.zone):
        return render(request, "stations/stations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Name another station, and get its code."""
    agency = headed(request, agency_id)
    form = StationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row, made = enrolling.add(agency=agency, by=request.user, **form.cleaned_data)
        return shown(request, row, made)
    context = {
        "form": form,
        "title": _("Another station"),
        "save_label": _("Make the code"),
        "back_url": reverse("stations:stations", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "ui/question.html", context)


def shown(request: PersonRequest, row: Station, made: str) -> HttpResponse:
    request.session[CODE] = {"station": row.pk, "code": made, "name": row.name}
    return redirect("stations:stations", agency_id=row.agency_id)


def decided(request: PersonRequest, station_id: int) -> Station:
    """Return a station of which the person decides, or answer 404."""
    rows = Station.objects.headed_by(request.user).select_related("agency")
    return get_object_or_404(rows, pk=station_id)


@require_POST
def code(request: PersonRequest, station_id: int) -> HttpResponse:
    """Make another code: for a device that was replaced, or whose browser was emptied."""
    row = decided(request, station_id)
    return shown(request, row, enrolling.new_code(station=row, by=request.user))


@require_POST
def revoke(request: PersonRequest, station_id: int) -> HttpResponse:
    """Make a device no station any more, at once."""
    row = decided(request, station_id)
    left = enrolling.revoke(station=row, by=request.user)
    request.session.pop(CODE, None)
    messages.success(request, _("%(name)s is no station any more.") % {"name": row.name})
    for one in left:
        said = _(
            "No booth is kept any more for the interview of %(when)s with %(counsellor)s: have the person told."
        )
        name = one.counsellor.name if one.counsellor else "–"
        messages.warning(request, said % {"when": one.when, "counsellor": name})
    return redirect("stations:stations", agency_id=row.agency_id)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Change how one sits at the stations of the agency."""
    agency = headed(request, agency_id)
    kept = rules_of(agency)
    form = RulesForm(request.POST if request.method == "POST" else None)
    form.initial_of(kept)
    if form.is_bound and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(kept, name, value)
        enrolling.change_rules(rules=kept, by=request.user)
        messages.success(request, _("Kept. It holds for who sits down from now on."))
        return redirect("stations:stations", agency_id=agency.pk)
    context = {
        "form": form,
        "title": _("How one sits at the stations"),
        "save_label": _("Save"),
        "back_url": reverse("stations:stations", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "ui/question.html", context)
