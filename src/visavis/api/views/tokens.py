"""My tokens: what I gave to which program. A key is shown once, when it is made."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.api import tokens
from visavis.api.forms import TokenForm
from visavis.api.models import Token
from visavis.api.scopes import Scope
from visavis.common.errors import Refused
from visavis.people import second_factor
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import recently_proven
from visavis.people.views.signing_in import reads_and_posts


@dataclass(frozen=True)
class Held:
    """One token of hers, in words."""

    token: Token
    scopes: list[str]
    used_on: dt.date | None


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """List her tokens: those that work, then those that ended."""
    used = tokens.last_used(request.user)
    held = [
        Held(token, [label(code) for code in token.scopes], used.get(token.pk))
        for token in Token.objects.visible_to(request.user)
    ]
    context = {
        "title": _("Tokens for programs"),
        "working": [one for one in held if one.token.is_working],
        "ended": [one for one in held if not one.token.is_working],
        "back_url": reverse("people:account"),
    }
    return render(request, "api/tokens.html", context)


def label(code: str) -> str:
    return str(Scope(code).label) if code in Scope.values else code


@recently_proven
@reads_and_posts
def new(request: PersonRequest) -> HttpResponse:
    """Make a token, and show its key: only now."""
    form = TokenForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            token, key = tokens.create(
                user=request.user,
                name=form.cleaned_data["name"],
                scopes=form.chosen,
                days=int(form.cleaned_data["days"]),
                has_second_factor=second_factor.is_given(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(
                request, "api/token_made.html", {"token": token, "key": key, "title": _("Your token")}
            )
    context = {
        "form": form,
        "title": _("A new token"),
        "back_url": reverse("api:tokens"),
        "save_label": _("Make the token"),
    }
    return render(request, "api/new_token.html", context)


@reads_and_posts
def revoke(request: PersonRequest, token_id: int) -> HttpResponse:
    """Ask once, then end a token."""
    token = get_object_or_404(Token.objects.visible_to(request.user).working(), pk=token_id)
    if request.method == "POST":
        tokens.revoke(token=token, by=request.user)
        messages.success(request, _("The token is revoked: it opens nothing any more."))
        return redirect("api:tokens")
    context = {
        "title": _("Revoke this token?"),
        "text": _("The program “%(name)s” stops at once. This cannot be undone.") % {"name": token.name},
        "save_label": _("Revoke it"),
        "stay_label": _("Keep it"),
        "danger": True,
        "back_url": reverse("api:tokens"),
    }
    return render(request, "ui/confirm.html", context)
