"""The head's page of figures of the stations."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from visavis.agencies.views.team import headed
from visavis.common import sheets
from visavis.people import taking
from visavis.people.requests import PersonRequest
from visavis.stations import figures as reckoned


@require_GET
def figures(request: PersonRequest, agency_id: int) -> HttpResponseBase:
    """Show how much the stations are used, plotted, and to take away."""
    agency = headed(request, agency_id)
    rows = reckoned.hours(agency)
    if kind := sheets.asked(request):
        make = lambda: reckoned.sheet(rows)
        take = lambda: taking.take(
            actor=request.user.pk, name="stations", kind=kind, rows=len(rows), sheet=make
        )
        return taking.or_back(request, take)
    context = {
        "agency": agency,
        "rows": rows,
        "plot": reckoned.plot(rows),
        "came": sum(one.came for one in rows),
        "back_url": reverse("stations:stations", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "stations/figures.html", context)
