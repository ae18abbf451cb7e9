"""The post room: which letters wait, the batches made, what came back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news.models import Batch, Envelope
from visavis.news.post import letters, printing
from visavis.news.post.forms import BatchForm, CodeOfLetterForm
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

SHOWN = 20


def clerk(request: PersonRequest) -> User:
    """Return who may work in the post room: counsellors and the counter; else 404."""
    if not request.user.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponse:
    """Show what waits and the batches; make a batch."""
    actor = clerk(request)
    if request.method == "POST":
        form = BatchForm(request.POST)
        try:
            if not form.is_valid():
                raise letters.NothingToPost
            batch = letters.make(form=form.cleaned_data["form"], by=actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("news:post")
        number = batch.envelopes.count()
        messages.success(
            request,
            ngettext(
                "%(n)s letter is made. Print it, then say that it is posted.",
                "%(n)s letters are made. Print them, then say that they are posted.",
                number,
            )
            % {"n": number},
        )
        return redirect("news:post")
    return _room(request, actor, CodeOfLetterForm())


def _room(request: PersonRequest, actor: User, came_back: CodeOfLetterForm) -> HttpResponse:
    there, without = letters.split(list(letters.waiting(actor)))
    if without:
        acts = [journal.Act(Entry.Action.READ, "account", row.user_id, row.user_id) for row in without]
        journal.record_all(acts, by=actor.pk)
    context: dict[str, Any] = {
        "title": _("Letters to post"),
        "waiting": len(there),
        "most": letters.MOST,
        "without": without,
        "batches": [(batch, batch.envelopes.count()) for batch in Batch.objects.visible_to(actor)[:SHOWN]],
        "form": BatchForm(),
        "came_back": came_back,
        "density": "staff",
    }
    return render(request, "news/post.html", context)


@require_GET
def pdf(request: PersonRequest, batch_id: int) -> HttpResponse:
    """Give the letters of a batch to print, again after a jam; that each was read is in the journal."""
    actor = clerk(request)
    batch = get_object_or_404(Batch.objects.visible_to(actor), pk=batch_id)
    rows = list(batch.envelopes.values_list("news__thing", "news__thing_id", "news__user"))
    journal.record_all([journal.Act(Entry.Action.READ, *row) for row in rows], by=actor.pk)
    answer = HttpResponse(printing.pdf(batch), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letters-{batch.pk}.pdf"'
    return answer


@require_POST
def posted(request: PersonRequest, batch_id: int) -> HttpResponse:
    """Say that the letters of a batch left."""
    actor = clerk(request)
    batch = get_object_or_404(Batch.objects.visible_to(actor), pk=batch_id)
    try:
        letters.note_posted(batch=batch, by=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted: these letters are posted."))
    return redirect("news:post")


@require_POST
def returned(request: PersonRequest) -> HttpResponse:
    """Say by its code that a letter came back."""
    actor = clerk(request)
    form = CodeOfLetterForm(request.POST)
    if form.is_valid():
        digest = letters.digest(form.cleaned_data["code"])
        envelope = (
            Envelope.objects.visible_to(actor).select_related("news__user").filter(digest=digest).first()
        )
        try:
            if envelope is None:
                raise NoSuchLetter
            letters.note_returned(envelope=envelope, by=actor)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            words = {"name": envelope.news.user.name}
            messages.success(
                request,
                _("Noted. %(name)s did not get it: tell it otherwise, and ask for the address.") % words,
            )
            return redirect("news:to_tell" if actor.has_role(Role.COUNSELLOR) else "news:post")
    return _room(request, actor, form)


class NoSuchLetter(Refused):
    """No letter of somebody's post has this code."""

    words = gettext_lazy(
        "No letter of yours has this code. Look at it again: eight signs, under “Your code”."
    )
