"""The caseload: filters, columns, whom words find, and the person beside the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.jobseekers.followed import counsellor_of, followed
from visavis.jobseekers.waiting import WEEKS
from visavis.journal import services as journal
from visavis.people.models import User
from visavis.portal.desk import caseload
from visavis.portal.desk import person as persons


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Show the people a counsellor accompanies. Who is looked for comes by POST: no name stands in an address."""
    actor = counsellor_of(request)
    is_search = request.method == "POST"
    asked = caseload.asked({} if is_search else request.GET.dict(), request.POST.get("q", ""))
    shown = caseload.Caseload(actor).listed(asked)
    journal.listed("caseload", by=actor.pk, shown=len(shown.page.object_list), asked=(asked,))
    context = {
        "title": _("The people I accompany"),
        "filters": shown.filters,
        "page_obj": shown.page,
        "shown": shown,
        "chosen": next((one for one in shown.filters if one["is_current"]), None),
        "weeks": WEEKS if asked.show == caseload.SILENT else (),
        "density": "staff",
    }
    if asked.opened and followed(actor).filter(pk=asked.opened).exists():
        context["beside"] = _beside(actor, asked.opened)
    return render(request, "portal/desk/caseload.html", context)


@require_GET
def beside(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Give the piece of page that stands beside the list when a person is opened; it is a reading of the file."""
    context = {"beside": _beside(counsellor_of(request), jobseeker_id)}
    return render(request, "portal/desk/beside.html", context)


def _beside(actor: User, jobseeker_id: int) -> persons.Beside:
    person = persons.with_flags(actor, jobseeker_id)
    journal.read("jobseeker", person.pk, by=actor.pk, person_id=person.user_id)
    return persons.beside(person, actor)
