"""Who may act for me: a person's own page, where she gives a mandate, reads what was done, and ends it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.mandates import services
from visavis.mandates.enums import State
from visavis.mandates.forms import AskedForm
from visavis.mandates.models import Mandate
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest, actor_of

# The code is shown in the session in which it was made, and there only.
CODE = "mandate_code"


def giver(request: HttpRequest) -> User:
    """Return who is signed in if she may give mandates: whoever looks for work; else 404."""
    actor = actor_of(request)
    if not actor.has_role(Role.JOBSEEKER):
        raise Http404
    return actor


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """List her mandates, those that stand first, with what was done under each."""
    person = giver(request)
    rows = list(Mandate.objects.filter(person=person).with_words().prefetch_related("visits__stamps"))
    context = {
        "title": _("Who may act for me"),
        "standing": [row for row in rows if row.is_standing],
        "past": [row for row in rows if not row.is_standing],
        "code": _waiting_code(request, rows),
        "back_url": reverse("people:account"),
    }
    return render(request, "mandates/mine.html", context)


def _waiting_code(request: HttpRequest, rows: Sequence[Mandate]) -> dict[str, Any] | None:
    """Return the code made in this session, while a helper can still begin with it."""
    code: dict[str, Any] | None = request.session.get(CODE)
    waits = {row.pk for row in rows if row.state == State.OFFERED and row.waits_until > clock.now()}
    return code if code is not None and code["mandate"] in waits else None


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Ask what for and how long; the code for the helper is shown on the page that follows."""
    person = giver(request)
    form = AskedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row, code = services.offer(person=person, asked=form.asked, by=person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[CODE] = {"mandate": row.pk, "code": code}
            return redirect("mandates:mine")
    context = {
        "form": form,
        "title": _("Let somebody act for me"),
        "hint": _("You choose what, and for how long. You can end it at any time."),
        "save_label": _("Make the code"),
        "back_url": reverse("mandates:mine"),
    }
    return render(request, "ui/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, mandate_id: int) -> HttpResponse:
    """Show one mandate and all that was done under it; end it at once."""
    rows = (
        Mandate.objects.visible_to(request.user)
        .filter(person=giver(request))
        .with_words()
        .prefetch_related("visits__stamps")
    )
    row = get_object_or_404(rows, pk=mandate_id)
    if request.method == "POST":
        services.end(mandate=row, by=request.user)
        if (request.session.get(CODE) or {}).get("mandate") == row.pk:
            del request.session[CODE]
        messages.success(request, _("It is over, from this moment on."))
        return redirect("mandates:mine")
    context: dict[str, Any] = {
        "title": row.helper.name if row.helper else _("A helper who has not begun"),
        "mandate": row,
        "is_hers": True,
        "back_url": reverse("mandates:mine"),
    }
    return render(request, "mandates/one.html", context)
