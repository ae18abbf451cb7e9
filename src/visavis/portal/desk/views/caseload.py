"""The caseload: filters, names, who waits longest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.jobseekers.waiting import WEEKS
from visavis.portal.desk import caseload
from visavis.portal.desk.people import counsellor_of


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show the people a counsellor follows. A name is looked for by POST: no name stands in an address."""
    actor = counsellor_of(request)
    source = request.POST if request.method == "POST" else request.GET
    words = request.POST.get("q", "") if request.method == "POST" else ""
    asked = caseload.asked(source, words.replace("\0", ""), request.GET.get("page", "1"))
    shown = caseload.listed(actor, asked)
    context = {
        "title": _("The people I follow"),
        "filters": shown.filters,
        "page_obj": shown.page,
        "shown": shown,
        "chosen": next((one["label"] for one in shown.filters if one["is_current"]), ""),
        "weeks": WEEKS if asked.show == "silent" else (),
        "density": "staff",
    }
    return render(request, "portal/desk/caseload.html", context)
