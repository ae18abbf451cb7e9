"""The head's page of figures of rooms."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from visavis.agencies.views.team import headed
from visavis.common import sheets
from visavis.interviews import figures as reckoned
from visavis.people import taking
from visavis.people.requests import PersonRequest


@require_GET
def figures(request: PersonRequest, agency_id: int) -> HttpResponseBase:
    """Show how rooms were carried month by month, plotted, and to take away."""
    agency = headed(request, agency_id)
    months = reckoned.of(agency)
    if kind := sheets.asked(request):
        make = lambda: reckoned.sheet(months)
        take = lambda: taking.take(
            actor=request.user.pk, name="interviews", kind=kind, rows=len(months), sheet=make
        )
        return taking.or_back(request, take)
    context = {
        "agency": agency,
        "months": months,
        "heads": reckoned.heads(),
        "plots": reckoned.plots_of(months),
        "back_url": reverse("appointments:figures", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "interviews/figures.html", context)
