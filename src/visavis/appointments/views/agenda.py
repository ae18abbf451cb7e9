"""A counsellor's day: who comes when, and whether they came."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.agencies.models import Absence, Agency
from visavis.agencies.zones import instant
from visavis.appointments import free
from visavis.appointments.enums import Nature, State
from visavis.appointments.models import Appointment, Kind, Workshop
from visavis.appointments.rooms import PAGES
from visavis.appointments.views.booking import day_of
from visavis.common import clock
from visavis.journal import services as journal
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest

DAY = dt.timedelta(days=1)
# What the day's work brings to reception: yesterday's appointments, today's, those after a weekend.
NEAR = dt.timedelta(days=3)


@require_GET
def day(request: PersonRequest) -> HttpResponse:
    """Show the appointments of a day: a counsellor's own and those of whom he stands in for; all at reception."""
    actor = request.user
    if not actor.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404
    agency = Agency.objects.of(actor).select_related("commune").order_by("pk").first()
    on = day_of(request) or (free.today_at(agency) if agency else clock.today())
    context: dict[str, Any] = {
        "title": _("Appointments of the day"),
        "density": "staff",
        "day": on,
        "before": on - DAY,
        "after": on + DAY,
        "agency": agency,
        "rows": [],
        "pages": [(label, reverse(name)) for label, name in PAGES],
        "is_own": actor.has_role(Role.COUNSELLOR),
    }
    if agency is not None:
        zone = agency.zone
        first, last = instant(on, 0, zone), instant(on + DAY, 0, zone)
        rows = Appointment.objects.visible_to(actor).filter(starts_at__gte=first, starts_at__lt=last)
        if actor.has_role(Role.COUNSELLOR) and not actor.has_role(Role.RECEPTION):
            covered = Absence.objects.on(on).filter(substitute=actor.pk).values_list("user", flat=True)
            rows = rows.filter(counsellor__in=[actor.pk, *covered])
            workshops = Workshop.objects.given().filter(holder=actor.pk)
        else:
            workshops = Workshop.objects.given().filter(kind__agency=agency)
        rows = rows.exclude(state__in=[State.EXCUSED, State.REVOKED])
        context["rows"] = rows.with_words().order_by("starts_at", "pk")[:300]
        sessions = workshops.filter(starts_at__gte=first, starts_at__lt=last).with_left()
        context["workshop_kinds"] = Kind.objects.filter(agency=agency, nature=Nature.WORKSHOP, is_open=True)
        context["workshops"] = sessions.select_related("kind__agency", "holder")
        is_near = abs(on - free.today_at(agency)) <= NEAR or not actor.has_role(Role.RECEPTION)
        thing = "agenda" if is_near else "agenda-of-other-days"
        journal.listed(thing, by=actor.pk, shown=len(context["rows"]), asked=[on])
    return render(request, "appointments/agenda.html", context)
