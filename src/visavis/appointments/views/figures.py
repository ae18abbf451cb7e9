"""The head's page of figures of appointments."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.agencies.views.team import headed
from visavis.appointments import figures as reckoned
from visavis.common import sheets
from visavis.people import taking
from visavis.people.requests import PersonRequest


@require_GET
def figures(request: PersonRequest, agency_id: int) -> HttpResponseBase:
    """Show what became of the appointments of eight weeks, plotted, and to take away."""
    agency = headed(request, agency_id)
    found = reckoned.of(agency)
    if kind := sheets.asked(request):
        sheet = reckoned.sheet(found)
        take = lambda: taking.take(
            actor=request.user.pk,
            name="appointments",
            kind=kind,
            rows=len(list(sheet.rows)),
            sheet=lambda: sheet,
        )
        return taking.or_back(request, take)
    context = {
        "title": _("Figures of appointments"),
        "agency": agency,
        "found": found,
        "plots": reckoned.plots_of(found),
        "back_url": reverse("agencies:page", kwargs={"agency_id": agency.pk}),
        "density": "staff",
    }
    return render(request, "appointments/figures.html", context)
