"""The head's figures of introductions, and the two tables that leave."""

from collections.abc import Callable

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common import sheets
from visavis.common.sheets import Sheet
from visavis.introductions import tables
from visavis.introductions.models import Introduction
from visavis.people import taking
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest

ONE_BY_ONE = "introductions"


@require_GET
def figures(request: PersonRequest) -> HttpResponseBase:
    """Show what became of introductions, month by month; give them, or each without a name, as a table."""
    if not request.user.has_role(Role.HEAD):
        raise Http404
    rows = Introduction.objects.counted_by(request.user)
    if kind := sheets.asked(request):
        return taking.or_back(request, lambda: taken(request, kind))
    context = {
        "title": _("What becomes of introductions"),
        "names": [name for name, _field in tables.COUNTED],
        "months": tables.months(rows),
        "number": rows.count(),
        "one_by_one": ONE_BY_ONE,
        "back_url": reverse("portal:home"),
        "density": "staff",
    }
    return render(request, "introductions/figures.html", context)


def taken(request: PersonRequest, kind: str) -> HttpResponseBase:
    """Give one of the two tables. Raises taking.TooManyTables, taking.TooLong."""
    rows = Introduction.objects.counted_by(request.user)
    if request.GET.get("of") == ONE_BY_ONE:
        number = rows.count()
        make: Callable[[], Sheet] = lambda: tables.one_by_one(rows)
        return taking.take(actor=request.user.pk, name="introductions", kind=kind, rows=number, sheet=make)
    months = tables.months(rows)
    return taking.take(
        actor=request.user.pk,
        name="introductions by month",
        kind=kind,
        rows=len(months),
        sheet=lambda: tables.of_months(months),
    )
