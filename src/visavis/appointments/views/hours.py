"""When a counsellor receives, what an agency gives appointments for, and its workshops."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.agencies import hours
from visavis.agencies.forms import WeekForm
from visavis.agencies.hours import Span, Week
from visavis.agencies.models import Agency
from visavis.appointments import receiving as receiving_hours
from visavis.appointments.forms import KindForm, OtherDayForm, WorkshopForm
from visavis.appointments.models import CalendarAddress, Kind, OtherDay, Receiving
from visavis.appointments.views.calendar import MADE
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.requests import PersonRequest, number_in


@require_http_methods(["GET", "HEAD", "POST"])
def receiving(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Let a counsellor say in which hours of the week she receives, and on which days otherwise."""
    agency = get_object_or_404(receiving_hours.where_one_receives(request.user), pk=agency_id)
    mine = Receiving.objects.visible_to(request.user).filter(agency=agency, user=request.user)
    days = tuple(
        tuple(Span(one.start, one.end) for one in mine if one.weekday == weekday) for weekday in range(7)
    )
    is_week = request.POST.get("act") != "day"
    week = WeekForm(Week(days), request.POST if request.method == "POST" and is_week else None)
    other = OtherDayForm(request.POST if request.method == "POST" and not is_week else None)
    if is_week and week.is_bound and week.is_valid():
        spans = hours.parse(week.cleaned_data["opening_hours"]).days
        receiving_hours.change(agency=agency, user=request.user, days=spans)
        messages.success(request, _("Your hours are kept. Free times follow them from now on."))
        return redirect(request.path)
    if not is_week and "drop" in request.POST:
        receiving_hours.end_other_day(user=request.user, number=request.POST["drop"])
        return redirect(request.path)
    if not is_week and other.is_valid():
        said = OtherDay(agency=agency, user=request.user, **other.cleaned_data)
        receiving_hours.add_other_day(other=said, by=request.user)
        messages.success(request, _("The day is kept."))
        return redirect(request.path)
    others = OtherDay.objects.visible_to(request.user).filter(agency=agency, user=request.user)
    context = {
        "title": _("When do you receive?"),
        "agency": agency,
        "form": week,
        "other": other,
        "others": [(one, one.next_day(clock.today())) for one in others.from_on(clock.today())],
        "calendar": CalendarAddress.objects.filter(user=request.user).first(),
        "made": "" if request.method != "GET" else made(request),
        "back_url": reverse("appointments:agenda"),
    }
    return render(request, "appointments/receiving.html", context)


def made(request: PersonRequest) -> str:
    """Return the address that was just made, once."""
    secret = request.session.pop(MADE, "")
    return settings.SITE_URL + reverse("appointments:feed", kwargs={"secret": secret}) if secret else ""


@require_http_methods(["GET", "HEAD", "POST"])
def kinds(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Let the head say what appointments are given for."""
    agency = get_object_or_404(Agency.objects.headed_by(request.user), pk=agency_id)
    known = Kind.objects.filter(agency=agency, pk=number_in(request.GET.get("kind", ""))).first()
    form = KindForm(request.POST or None, instance=known or Kind(agency=agency))
    if request.method == "POST" and form.is_valid():
        receiving_hours.keep_kind(kind=form.save(commit=False), by=request.user)
        messages.success(request, _("It is kept."))
        return redirect(request.path)
    context = {
        "title": _("What appointments are given for"),
        "agency": agency,
        "form": form,
        "known": known,
        "kinds": Kind.objects.filter(agency=agency),
        "density": "staff",
        "back_url": reverse("agencies:page", kwargs={"agency_id": agency.pk}),
    }
    return render(request, "appointments/agency_kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: PersonRequest, kind_id: int) -> HttpResponse:
    """Let whoever works in the agency give a workshop a time, who leads it and how many places it has."""
    kinds = Kind.objects.filter(agency__in=Agency.objects.of(request.user), nature="workshop")
    kind = get_object_or_404(kinds.select_related("agency__commune"), pk=kind_id)
    form = WorkshopForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receiving_hours.give_workshop(kind=kind, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The workshop stands in the list: places can be booked."))
            return redirect("appointments:agenda")
    context = {
        "title": kind.title,
        "form": form,
        "save_label": _("Give this workshop"),
        "back_url": reverse("appointments:agenda"),
    }
    return render(request, "ui/question.html", context)
