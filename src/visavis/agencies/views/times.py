"""Closures and days with hours of their own: seen before they are said, said to everybody, taken back, remembered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies import closures, history, hours, words
from visavis.agencies.closures import Closed
from visavis.agencies.forms import ClosureForm, OpenDayForm
from visavis.agencies.models import Agency, Closure, OpenDay
from visavis.agencies.views.team import headed
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.requests import PersonRequest


@require_GET
def times(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show who works there what departs from the week, and every change of the hours."""
    agency = get_object_or_404(Agency.objects.of(request.user).with_hours(), pk=agency_id)
    context = {
        "agency": agency,
        "to_come": words.departures(agency, clock.now()),
        "changes": history.changes(agency),
        "can_change": Agency.objects.headed_by(request.user).filter(pk=agency.pk).exists(),
        "back_url": reverse("agencies:page", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "agencies/times.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Close the door for a time: what it touches is shown first, then it is kept and told."""
    agency = headed(request, agency_id)
    form = ClosureForm(agency, request.POST if request.method == "POST" else None)
    understood = None
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("starts_at", "ends_at", "reason")}
        try:
            closed = closures.closing(agency=agency, **given, by=request.user)
            understood = seen(closed, words.closure_words(agency, given["starts_at"], given["ends_at"]))
            if request.POST.get("seen") == understood["text"]:
                closures.close(agency=agency, **given, by=request.user)
                messages.success(request, _("The closure is kept. Everybody reads it now."))
                return redirect("agencies:times", agency_id=agency.pk)
        except Refused as refusal:
            form.add_error("last_day", str(refusal))
            understood = None
    said = {
        "title": _("When is the door closed?"),
        "hint": _("Works, a day of training, a strike: for what comes back each week, change the hours."),
        "save_label": _("See what it touches"),
        "keep_label": _("Close the door then"),
    }
    return departing(request, agency, form, understood, said)


@require_http_methods(["GET", "HEAD", "POST"])
def open_on(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Give one day hours of its own."""
    agency = headed(request, agency_id)
    form = OpenDayForm(request.POST if request.method == "POST" else None)
    understood = None
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("day", "spans", "reason")}
        try:
            closed = closures.opening(agency=agency, **given, by=request.user)
            spans = words.spans_words(hours.parse_spans(given["spans"]))
            understood = seen(closed, words.open_day_words(given["day"], spans))
            if request.POST.get("seen") == understood["text"]:
                closures.open_on(agency=agency, **given, by=request.user)
                messages.success(request, _("The hours of this day are kept. Everybody reads them now."))
                return redirect("agencies:times", agency_id=agency.pk)
        except Refused as refusal:
            form.add_error("day", str(refusal))
            understood = None
    said = {
        "title": _("A day with hours of its own"),
        "hint": _("A Saturday of jobs, an evening: on this day these hours hold, also on a public holiday."),
        "save_label": _("Check this day"),
        "keep_label": _("Keep these hours"),
    }
    return departing(request, agency, form, understood, said)


def seen(closed: Closed, text: str) -> dict[str, Any]:
    """Return what was understood, and what it would touch."""
    return {"text": text, "touched": closures.touched(closed), "reason": closed.reason}


def departing(
    request: PersonRequest, agency: Agency, form: Any, understood: dict[str, Any] | None, said: dict[str, str]
) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "understood": understood,
        "back_url": reverse("agencies:times", args=[agency.pk]),
        **said,
    }
    return render(request, "agencies/departing.html", context)


@require_POST
def open_again(request: PersonRequest, closure_id: int) -> HttpResponse:
    """Take a closure back, or end one that has begun."""
    row = get_object_or_404(
        Closure.objects.visible_to(request.user).to_come().select_related("agency"), pk=closure_id
    )
    return taken_back(request, row)


@require_POST
def as_usual(request: PersonRequest, day_id: int) -> HttpResponse:
    """Take back that a day has hours of its own."""
    row = get_object_or_404(
        OpenDay.objects.visible_to(request.user).in_force().select_related("agency"), pk=day_id
    )
    return taken_back(request, row)


def taken_back(request: PersonRequest, row: Closure | OpenDay) -> HttpResponse:
    closures.take_back(row=row, by=request.user)
    messages.success(request, _("The usual hours hold again. What was moved stays moved."))
    return redirect("agencies:times", agency_id=row.agency_id)
