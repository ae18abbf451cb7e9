"""Pages to sort: look at them, say whose they are by one act, and take it back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.documents.models import Document, Expected
from visavis.documents.views.away import reads_files
from visavis.jobseekers import finding
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.news import wording
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in
from visavis.scans import filing, suggesting
from visavis.scans.enums import Doubt, PartState, Purpose
from visavis.scans.filing import Where
from visavis.scans.models import Part
from visavis.scans.suggesting import Suggested
from visavis.scans.views.tray import clerk

FOUND = 10


class Nobody(Refused):
    """No person was chosen."""

    words = gettext_lazy("Look for the person, then choose one of those found.")


@dataclass(frozen=True)
class Choice:
    """Somebody whose pages these may be, and for which requests of hers."""

    who: Suggested
    missing: list[Expected]


@never_cache
@reads_files
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, part_id: int) -> HttpResponse:
    """Show a part; find the person, file it, or put it aside."""
    actor = clerk(request)
    rows = Part.objects.visible_to(actor).select_related("scan", "person", "filed_by", "envelope__news__user")
    part = get_object_or_404(rows, pk=part_id)
    typed = request.POST.get("q", "").replace("\0", "").strip()[:120]
    chosen = [number_in(one) for one in request.POST.getlist("page")]
    if request.method == "POST" and request.POST.get("act") != "look":
        try:
            messages.success(request, _sorted(request, part, chosen))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(part.url)
        return redirect("scans:tray")
    journal.read("scan-part", part.pk, by=actor.pk, person_id=part.person_id)
    return render(request, "scans/part.html", _context(actor, part, typed, chosen))


def _context(actor: User, part: Part, typed: str, chosen: list[int]) -> dict[str, Any]:
    pages = list(part.pages.select_related("scan").order_by("number"))
    waits = part.state == PartState.TO_SORT
    among = Jobseeker.objects.visible_to(actor).exclude(user=actor)
    found: list[Suggested] = []
    if waits and typed:
        people = finding.known(finding.within(among, typed)[:FOUND])
        apart = finding.told_apart(people)
        found = [Suggested(one.pk, one.name, "", apart.get(one.pk, one.town or "")) for one in people]
    elif waits:
        text = "\n".join(one.words for one in pages)
        found = suggesting.suggested(text, among, part.person_id)
    return {
        "title": _("Whose pages are these?") if waits else _("Pages that were sorted"),
        "part": part,
        "doubt": Doubt(part.doubt).label if part.doubt else "",
        "pages": [(one, not chosen or one.number in chosen) for one in pages],
        "waits": waits,
        "is_being_read": waits and any(not one.is_read and not one.is_blank and one.file for one in pages),
        "words": typed,
        "choices": _choices(found),
        "is_cards": part.purpose == Purpose.CARDS and part.state == PartState.FILED,
        "answers": _answers(part) if waits and part.envelope else None,
        "may_answer": waits and actor.has_role(Role.COUNSELLOR),
        "may_take_back": filing.can_take_back(part),
        "filed_url": _filed_url(part),
        "back_url": reverse("scans:tray"),
        "density": "staff",
    }


def _choices(found: list[Suggested]) -> list[Choice]:
    """Return whom the pages may be of, each with what is asked of her."""
    users = dict(Jobseeker.objects.filter(pk__in=[one.pk for one in found]).values_list("pk", "user"))
    missing: dict[int, list[Expected]] = {}
    for row in Expected.objects.filter(person__in=users.values()).missing():
        missing.setdefault(row.person_id, []).append(row)
    return [Choice(one, missing.get(users[one.pk], [])) for one in found if one.pk in users]


def _filed_url(part: Part) -> str:
    """Return where the document is that the pages became; a message is her counsellor's to read."""
    if part.state == PartState.FILED and part.purpose == Purpose.CARDS:
        return part.sheet_url if part.thing_id is None and part.person_id else ""
    if part.state == PartState.FILED and part.purpose == Purpose.DOCUMENT:
        row = Document.objects.not_withdrawn().filter(pk=part.thing_id or 0).first()
        return row.url if row is not None else ""
    return ""


def _answers(part: Part) -> dict[str, str] | None:
    """Return what an employer's letter was about, and the page at which a counsellor enters the answer."""
    news = part.envelope.news if part.envelope else None
    if news is None or news.role != Role.EMPLOYER:
        return None
    return {"title": news.title, "name": news.user.name, "url": wording.entered_at(news)}


def _sorted(request: PersonRequest, part: Part, chosen: list[int]) -> str:
    """Do what was asked, and return what to say of it. Raises Nobody, and what filing refuses."""
    if request.POST.get("act") == "entered":
        filing.note_entered(part=part, by=request.user)
        return _("Noted: the sheet is entered.")
    if request.POST.get("act") == "aside":
        filing.set_aside(part=part, by=request.user)
        return _("It is put aside. You can take it back for a day.")
    if request.POST.get("act") == "answered" and request.user.has_role(Role.COUNSELLOR):
        filing.note_answered(part=part, by=request.user)
        return _("Noted: what the employer wrote is entered. You can take it back for a day.")
    who, _slash, what = request.POST.get("file", "").partition("/")
    among = Jobseeker.objects.visible_to(request.user).exclude(user=request.user)
    person = among.select_related("user").filter(pk=number_in(who)).first()
    if person is None:
        raise Nobody
    if what == Purpose.MESSAGE:
        where = Where(person.user, Purpose.MESSAGE)
    else:
        asked = Expected.objects.filter(person=person.user, ended_at__isnull=True)
        where = Where(person.user, Purpose.DOCUMENT, asked.filter(pk=number_in(what)).first())
    filing.file(part=part, where=where, by=request.user, pages=chosen)
    name = {"name": person.user.name}
    return _("Filed for %(name)s, who is told. You can take it back for a day.") % name


@require_POST
def take_back(request: PersonRequest, part_id: int) -> HttpResponse:
    """Take a part back into the tray."""
    actor = clerk(request)
    part = get_object_or_404(Part.objects.visible_to(actor), pk=part_id)
    try:
        filing.take_back(part=part, by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: it lies in the tray again."))
    return redirect(part.url)
