"""The caseload: filters, columns, whom words find, and the person beside the list."""

from collections.abc import Container

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import sheets
from visavis.jobseekers.followed import counsellor_of, followed
from visavis.jobseekers.waiting import WEEKS
from visavis.journal import services as journal
from visavis.people import taking
from visavis.people.models import User
from visavis.people.views.readings import in_words
from visavis.portal.desk import caseload, changed
from visavis.portal.desk import person as persons

MOST_TICKED = 400


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the people a counsellor accompanies. Who is looked for comes by POST: no name stands in an address.

    A POST may also turn the page, with who is ticked, where no script keeps the ticks.
    """
    actor = counsellor_of(request)
    turn = request.POST.get("turn", "")
    is_search = request.method == "POST" and not turn
    given = {} if is_search else request.GET.dict() | ({"page": turn} if turn else {})
    asked = caseload.asked(given, "" if turn else request.POST.get("q", ""))
    if kind := sheets.asked(request):
        return taking.or_back(request, lambda: _taken(actor, asked, kind))
    shown = caseload.Caseload(actor).listed(asked)
    ticked, elsewhere = _ticked(request, [one.person.pk for one in shown.rows]) if turn else ([], [])
    journal.listed("caseload", by=actor.pk, shown=len(shown.page.object_list), asked=(asked,))
    context = {
        "title": _("The people I accompany"),
        "filters": shown.filters,
        "page_obj": shown.page,
        "shown": shown,
        "chosen": next((one for one in shown.filters if one["is_current"]), None),
        "weeks": WEEKS if asked.show == caseload.SILENT else (),
        "density": "staff",
        "ticked": ticked,
        "elsewhere": elsewhere,
    }
    if asked.opened and followed(actor).filter(pk=asked.opened).exists():
        context["beside"] = _beside(actor, asked.opened)
    return render(request, "portal/desk/caseload.html", context)


def _ticked(request: HttpRequest, here: Container[int]) -> tuple[list[int], list[int]]:
    """Return the numbers ticked, those of this page and those of others: what is no number is left out."""
    given = request.POST.getlist("chosen")[:MOST_TICKED]
    numbers = list(dict.fromkeys(int(one) for one in given if one.isdecimal() and len(one) < 16))
    return [one for one in numbers if one in here], [one for one in numbers if one not in here]


def _taken(actor: User, asked: caseload.Asked, kind: str) -> HttpResponseBase:
    """Give the whole list as a table, written down as a list that was read."""
    lines = caseload.Caseload(actor).everything(asked)
    journal.listed("caseload", by=actor.pk, shown=len(lines), asked=(asked, kind))
    made = lambda: caseload.sheet(lines)
    return taking.take(actor=actor.pk, name="caseload", kind=kind, rows=len(lines), sheet=made)


@require_GET
def beside(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Give the piece of page that stands beside the list when a person is opened; it is a reading of the file."""
    context = {"beside": _beside(counsellor_of(request), jobseeker_id)}
    return render(request, "portal/desk/beside.html", context)


def _beside(actor: User, jobseeker_id: int) -> persons.Beside:
    person = persons.with_flags(actor, jobseeker_id)
    new = changed.look(person, actor)
    lines = in_words(new.entries, viewer=actor) if new.entries else []
    return persons.beside(person, actor, changed.in_words(lines, person, actor))
