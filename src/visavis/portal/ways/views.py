"""The pages "how to do it": every act, and each of its ways."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.people.enums import Role
from visavis.portal.ways import words
from visavis.portal.ways.registry import Act, act_called


@login_not_required
@require_GET
def all_acts(request: HttpRequest) -> HttpResponse:
    """List what can be done here."""
    context = {"title": _("How to do it"), "groups": words.groups()}
    return render(request, "portal/how.html", context)


@login_not_required
@require_GET
def one_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Say by which ways one thing is done."""
    act = act_called(slug)
    if act is None:
        raise Http404
    context = {
        "title": _(act.says),
        "ways": words.ways_of(act),
        "page": first_page(act) if is_for(request, act) else "",
        "back_url": reverse("portal:how"),
    }
    return render(request, "portal/how_to.html", context)


def is_for(request: HttpRequest, act: Act) -> bool:
    """Say whether the page of an act opens to its reader: a stranger signs in first, staff have pages of their own."""
    user = request.user
    return not user.is_authenticated or user.has_role(Role(act.who))


def first_page(act: Act) -> str:
    """Return the first address of an act that says nothing of one row; nothing where each does."""
    for name in act.pages:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
