"""One message to several people: chosen by a ready filter or ticked, written once, checked, sent, and followed."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import choosing
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.mailboxes.forms import SeveralForm
from visavis.mailboxes.models import Broadcast, Message
from visavis.mailboxes.several import previewing, reaching, sending
from visavis.mailboxes.several.reaching import Reach
from visavis.mailboxes.views.box import owner
from visavis.people.requests import PersonRequest

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write, check, send; who was ticked elsewhere comes by POST without a step."""
    actor = owner(request)
    step = request.POST.get("step", "")
    # What comes without a step was not checked yet, and stays as it was typed.
    form = SeveralForm(request.POST) if step else SeveralForm(initial=request.POST.dict())
    if request.method != "POST":
        return _write(request, form)
    people = choosing.ticked(actor, choosing.numbers(request.POST))
    if step not in ("check", "send") or not form.is_valid():
        return _write(request, form, people)
    try:
        sending.check(people)
        if step == "check":
            return _check(request, form, people)
        broadcast, is_new = sending.send(people=people, once=_once(form), by=actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _write(request, form, people)
    if is_new:
        words = ngettext(
            "Your message is sent to %(n)s person.", "Your message is sent to %(n)s people.", len(people)
        )
        messages.success(request, words % {"n": len(people)})
    else:
        messages.info(request, _("This message was sent already. Here is what became of it."))
    return redirect("mailboxes:broadcast", broadcast_id=broadcast.pk)


def _once(form: SeveralForm) -> sending.Once:
    given = form.cleaned_data
    return sending.Once(
        subject=given["subject"],
        body=given["body"],
        form=form.key,
        expects_answer=given["expects_answer"],
        due_on=given["due_on"],
    )


def _write(
    request: PersonRequest, form: SeveralForm, people: Sequence[Jobseeker] | None = None
) -> HttpResponse:
    """Show the people and the words."""
    some = choosing.offered(request, people, home=reverse("mailboxes:to_several"), what_for="several")
    context = some | {
        "title": _("Write to several people"),
        "form": form,
        "back_url": reverse("mailboxes:box"),
        "density": "staff",
    }
    return render(request, "mailboxes/several_new.html", context)


def _check(request: PersonRequest, form: SeveralForm, people: Sequence[Jobseeker]) -> HttpResponse:
    """Show what will happen; nothing is sent yet."""
    context = {
        "title": _("Check, then send"),
        "form": form,
        "chosen": people,
        "preview": previewing.preview(people, request.user),
        "kept": _kept(form),
        "back_url": reverse("mailboxes:to_several"),
        "density": "staff",
    }
    return render(request, "mailboxes/several_check.html", context)


def _kept(form: SeveralForm) -> list[tuple[str, str]]:
    """Return what was typed, as the page of the check hands it on."""
    given = form.cleaned_data
    kept = {"subject": given["subject"], "body": given["body"], "form": str(form.key)}
    if given["expects_answer"]:
        kept["expects_answer"] = "on"
    if given["due_on"]:
        kept["due_on"] = given["due_on"].isoformat()
    return [*kept.items()]


@require_GET
def listed(request: PersonRequest) -> HttpResponse:
    """List what was written to several people, the last first."""
    actor = owner(request)
    page = Paginator(Broadcast.objects.visible_to(actor), A_PAGE).get_page(request.GET.get("page"))
    firsts: dict[int, Message] = {}
    counts: dict[int, int] = {}
    sent = Message.objects.filter(broadcast__in=list(page.object_list)).order_by("-pk")
    for message in sent.select_related("thread").only("broadcast", "thread__subject", "thread__person"):
        key = message.broadcast_id or 0
        firsts[key] = message
        counts[key] = counts.get(key, 0) + 1
    rows = [
        {"broadcast": one, "subject": firsts[one.pk].thread.subject, "number": counts[one.pk]}
        for one in page.object_list
        if one.pk in firsts
    ]
    context = {
        "title": _("Sent to several people"),
        "page_obj": page,
        "rows": rows,
        "back_url": reverse("mailboxes:box"),
        "density": "staff",
    }
    return render(request, "mailboxes/several.html", context)


@require_GET
def one(request: PersonRequest, broadcast_id: int) -> HttpResponse:
    """Show what became of one: who has answered or read it, who was told, whom to call."""
    actor = owner(request)
    broadcast = get_object_or_404(Broadcast.objects.visible_to(actor), pk=broadcast_id)
    reached = reaching.of(broadcast, actor)
    asked = request.GET.get("show", "")
    show = asked if asked in Reach.values else ""
    page = Paginator([row for row in reached if show in ("", row.reach)], A_PAGE).get_page(
        request.GET.get("page")
    )
    first = reaching.sent(broadcast, actor).first()
    journal.listed(
        "letterbox",
        by=actor.pk,
        shown=len(page.object_list),
        asked=("several", broadcast.pk, show, page.number),
    )
    context = {
        "title": first.thread.subject if first is not None else _("Sent to several people"),
        "broadcast": broadcast,
        "body": first.body if first is not None else "",
        "page_obj": page,
        "filters": reaching.counted(reached, show, request.path),
        "to_call": sum(row.is_to_call for row in reached),
        "back_url": reverse("mailboxes:several"),
        "density": "staff",
    }
    return render(request, "mailboxes/broadcast.html", context)
