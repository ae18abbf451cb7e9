"""The head's page of figures."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from visavis.agencies.views.team import headed
from visavis.common import sheets
from visavis.people import taking
from visavis.people.requests import PersonRequest
from visavis.queues import figures as reckoned


@require_GET
def figures(request: PersonRequest, agency_id: int) -> HttpResponseBase:
    """Show load and wait by hour, plotted, and to take away."""
    agency = headed(request, agency_id)
    rows = reckoned.hours(agency)
    if kind := sheets.asked(request):
        make = lambda: reckoned.sheet(rows)
        take = lambda: taking.take(actor=request.user.pk, name="queue", kind=kind, rows=len(rows), sheet=make)
        return taking.or_back(request, take)
    context = {
        "agency": agency,
        "rows": rows,
        "plot": reckoned.plot(rows),
        "came": sum(one.came for one in rows),
        "back_url": reverse("queues:board", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "queues/figures.html", context)
