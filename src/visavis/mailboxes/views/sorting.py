"""The tray: e-mail of which nobody knows whose it is. Somebody says it, or that it is not for the service."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import finding
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.mailboxes import sorting
from visavis.mailboxes.mail import filing
from visavis.mailboxes.models import Incoming
from visavis.mailboxes.models.incoming import IncomingQuerySet
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in

SHOWN, FOUND = 50, 10


def sorter(request: PersonRequest) -> User:
    """Return who is signed in if she opens the post of an agency, else 404."""
    if not request.user.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404
    return request.user


@require_GET
def tray(request: PersonRequest) -> HttpResponse:
    """List what waits to be sorted, the oldest first."""
    actor = sorter(request)
    rows = Incoming.objects.visible_to(actor)
    kept = _shown(rows.to_sort().order_by("at", "pk"))
    machines = _shown(rows.of_machines().order_by("-at", "-pk"))
    journal.listed("letterbox", by=actor.pk, shown=len(kept) + len(machines), asked=("to-sort",))
    context = {"title": _("To sort"), "kept": kept, "machines": machines, "density": "staff"}
    return render(request, "mailboxes/tray.html", context)


def _shown(rows: IncomingQuerySet) -> list[dict[str, Any]]:
    return [{"row": row, "mail": filing.shown(row)} for row in rows[:SHOWN]]


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, incoming_id: int) -> HttpResponse:
    """Show one message; find the person, give it to her, or put it aside."""
    actor = sorter(request)
    row = get_object_or_404(Incoming.objects.visible_to(actor), pk=incoming_id)
    typed = request.POST.get("q", "").replace("\0", "").strip()[:120]
    if request.method == "POST" and not typed:
        try:
            messages.success(request, _sorted(request, row))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("mailboxes:sort", incoming_id=row.pk)
        return redirect("mailboxes:tray")
    journal.record(journal.Act("read", "incoming", row.pk), by=actor.pk)
    mail = filing.shown(row)
    context = {
        "title": _("Whose message is this?"),
        "row": row,
        "mail": mail,
        "writer": sorting.writer_of(mail.sender),
        "may_open": actor.has_role(Role.COUNSELLOR),
        "words": typed,
        "found": people(actor, typed) if typed else [],
        "back_url": reverse("mailboxes:tray"),
        "density": "staff",
    }
    return render(request, "mailboxes/sort.html", context)


def people(actor: User, typed: str) -> list[Any]:
    """Return the people of the agency who go with what was typed, the best first."""
    among = finding.known(Jobseeker.objects.visible_to(actor))
    found = finding.find(typed, among, parts=False)[:FOUND]
    return list(found)


def _sorted(request: PersonRequest, row: Incoming) -> str:
    """Do what was asked, and return what to say of it. Raises Nobody, Sorted."""
    if request.POST.get("act") == "dismiss":
        sorting.dismiss(incoming=row, by=request.user)
        return _("It is put aside: it was not for the service.")
    if request.POST.get("act") == sorting.DONE:
        sorting.note_done(incoming=row, by=request.user)
        return _("It is noted as done.")
    found = Jobseeker.objects.visible_to(request.user).filter(pk=number_in(request.POST.get("person", "")))
    person = found.select_related("user").first()
    if person is None:
        raise sorting.Nobody
    sorting.give(incoming=row, person=person.user, by=request.user)
    return _("It lies in the letterbox: %(name)s wrote it.") % {"name": person.user.name}
