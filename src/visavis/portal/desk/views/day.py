"""A counsellor's day on one page, to be read in the morning and printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.jobseekers.followed import counsellor_of
from visavis.journal import services as journal
from visavis.portal.desk import day as days


@require_GET
def of_day(request: HttpRequest) -> HttpResponse:
    """Show what belongs to a day: hours are those on the wall of her agency; that names were listed is journalled."""
    actor = counsellor_of(request)
    day = days.day_of(actor, request.GET.get("on", ""))
    with override(day.zone):
        parts = days.parts(actor, day)
        shown = sum(len(one.lines) for one in parts)
        journal.listed("agenda", by=actor.pk, shown=shown, asked=["day", day.on])
        context = {
            "title": _("My day"),
            "day": day,
            "before": day.on - days.A_DAY,
            "after": day.on + days.A_DAY,
            "first": day.today - days.FARTHEST,
            "last": day.today + days.FARTHEST,
            "parts": [one for one in parts if one.lines],
            "others": [one for one in parts if not one.lines],
            "density": "staff",
        }
        return render(request, "portal/desk/day.html", context)
