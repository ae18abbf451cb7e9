"""The question why, and what the head and the data protection officer see of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from visavis.common import clock
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.noticing import admissions, telling
from visavis.noticing.forms import ReasonForm
from visavis.noticing.models import Admission, Reason, led_by
from visavis.people.enums import STAFF_ROLES, Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

SHOWN = timedelta(days=90)
A_PAGE = 25


@dataclass(frozen=True)
class Noticed:
    """One reason given, or one refusal, of files or of lists: `words` are empty then."""

    at: datetime
    who: str
    opened: str
    words: str = ""
    is_of_lists: bool = False


@require_POST
def reason(request: PersonRequest) -> HttpResponse:
    """Keep why, and lead back to the file."""
    if not request.user.has_role(*STAFF_ROLES, Role.EMPLOYER):
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "noticing/reason.html", {"form": form}, status=400)
    telling.keep_reason(by=request.user, words=form.cleaned_data["words"])
    return HttpResponseRedirect(form.cleaned_data["next"])


@require_GET
def noticed(request: PersonRequest) -> HttpResponse:
    """Show who opened many files in the last three months, and why."""
    actor = request.user
    if not actor.has_role(Role.HEAD, Role.PROTECTION):
        raise Http404
    journal.read("readings-noticed", "", by=actor.pk)
    rows = sorted((*given(actor), *refused(actor)), key=lambda row: row.at, reverse=True)
    return render(request, "noticing/noticed.html", {"rows": rows[:200], "density": "staff"})


@require_GET
def outside(request: PersonRequest) -> HttpResponse:
    """Show which files were opened outside somebody's own people in the last three months, by whom and why."""
    actor = request.user
    if not actor.has_role(Role.HEAD, Role.PROTECTION):
        raise Http404
    rows = Admission.objects.visible_to(actor).filter(at__gte=clock.now() - SHOWN).exclude(person=actor.pk)
    page = Paginator(rows.select_related("by", "person"), A_PAGE).get_page(request.GET.get("page"))
    journal.listed("admissions", by=actor.pk, shown=len(page), asked=(page.number,))
    lines = [{"row": row, "why": admissions.reason(row)} for row in page]
    context = {"page_obj": page, "lines": lines, "density": "staff"}
    return render(request, "noticing/outside.html", context)


def given(actor: User) -> list[Noticed]:
    """Return the reasons that the actor may see."""
    reasons = Reason.objects.visible_to(actor).filter(at__gte=clock.now() - SHOWN).select_related("by")
    return [Noticed(row.at, row.by.name, str(row.opened), row.words) for row in reasons[:200]]


def refused(actor: User) -> list[Noticed]:
    """Return what was stopped among those whom the actor leads."""
    entries = Entry.objects.filter(
        action=Entry.Action.REFUSED, thing__in=("files", "lists"), at__gte=clock.now() - SHOWN
    )
    if not actor.has_role(Role.PROTECTION):
        entries = entries.filter(actor_id__in=led_by(actor))
    rows = list(entries.order_by("-at")[:200])
    names = dict(User.objects.filter(pk__in=[row.actor_id for row in rows]).values_list("pk", "name"))
    return [
        Noticed(row.at, names.get(row.actor_id or 0, ""), row.thing_id, is_of_lists=row.thing == "lists")
        for row in rows
    ]
