"""Where the door is and when it is open; the head's page to change the hours."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.agencies import closures, hours, services, words
from visavis.agencies.forms import DoorForm, WeekForm
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.models import User
from visavis.people.requests import PersonRequest


@login_not_required
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies, each with whether its door is open."""
    return render(request, "agencies/list.html", {"doors": words.doors()})


@login_not_required
@require_GET
def page(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show one agency: address, phone, hours."""
    agency = get_object_or_404(
        Agency.objects.visible_to(request.user).select_related("commune").with_hours(), pk=agency_id
    )
    now = clock.now()
    can_change = Agency.objects.headed_by(request.user).filter(pk=agency.pk).exists()
    door = words.door(agency, now)
    context = {
        "agency": agency,
        "lines": words.week_words(agency.week),
        "door": door,
        "at_the_door": [said(agency) for said in words.AT_THE_DOOR] if door.is_open else [],
        "departures": words.departures(agency, now),
        "can_change": can_change,
        "works_here": isinstance(request.user, User)
        and Agency.objects.of(request.user).filter(pk=agency.pk).exists(),
        "back_url": reverse("agencies:agencies"),
    }
    return render(request, "agencies/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_hours(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Let the head fill in the week, show what was understood, then keep it."""
    agency = get_object_or_404(Agency.objects.headed_by(request.user), pk=agency_id)
    form = WeekForm(agency.week, request.POST if request.method == "POST" else None)
    understood = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["opening_hours"]
        if request.POST.get("seen") == text:
            services.change_hours(agency=agency, opening_hours=text, by=request.user)
            messages.success(request, _("The new hours are kept. Everybody sees them now."))
            return redirect("agencies:page", agency_id=agency.pk)
        closed = closures.by_another_week(agency=agency, opening_hours=text, by=request.user)
        lines = words.week_words(hours.parse(text))
        understood = {"text": text, "lines": lines, "touched": closures.touched(closed)}
    context = {
        "agency": agency,
        "form": form,
        "understood": understood,
        "keep_label": _("Keep these hours"),
        "back_url": reverse("agencies:page", args=[agency.pk]),
    }
    return render(request, "agencies/hours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_door(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Let the head change what the agency is called, where it is and which number rings there."""
    headed = Agency.objects.headed_by(request.user).select_related("commune")
    agency = get_object_or_404(headed, pk=agency_id)
    form = DoorForm(agency, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "address", "commune", "phone")}
        services.change_door(agency=agency, **told, by=request.user)
        messages.success(request, _("Your change is kept. Everybody sees it now."))
        return redirect("agencies:page", agency_id=agency.pk)
    context = {
        "form": form,
        "title": _("Where the agency is"),
        "hint": _("It stands on every page that leads to the door, in e-mails and on letters."),
        "save_label": _("Save"),
        "back_url": reverse("agencies:page", args=[agency.pk]),
    }
    return render(request, "ui/question.html", context)
