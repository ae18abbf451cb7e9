"""One-click sign-in, in the demonstration only."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from visavis.common.readonly import writes_on_get
from visavis.demo import device, roles, sent
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people import services as people
from visavis.stations.views.enrolment import enrolled


@login_not_required
@require_GET
def entrance(request: HttpRequest) -> HttpResponse:
    """List who one can be."""
    return render(
        request, "demo/entrance.html", {"title": _("Sign in to the demonstration"), "roles": roles.ROLES}
    )


@login_not_required
@require_GET
def sent_messages(request: HttpRequest) -> HttpResponse:
    """Show what was sent to the invented people and to who signs up: without it a visitor has no code."""
    if not settings.DEMO:
        raise Http404
    context = {
        "title": _("Messages of the demonstration"),
        "sent": sent.latest(),
        "back_url": reverse("demo:entrance"),
    }
    return render(request, "demo/messages.html", context)


@login_not_required
@require_POST
def station(request: HttpRequest) -> HttpResponse:
    """Make this browser the station of the demonstration, in place of the one before, and begin there."""
    key = device.enrol() if settings.DEMO else None
    if key is None:
        raise Http404
    return enrolled(request, key)


# A link in a terminal can only be followed by GET; it exists in the demonstration alone.
@writes_on_get
@login_not_required
@require_GET
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demonstration's person for a role, without code or second factor, and say so."""
    user = roles.person(role) if settings.DEMO else None
    if user is None:
        raise Http404
    # The demonstration's people speak the language of whoever visits it.
    language = get_language_from_request(request)
    if language != user.language:
        people.change_language(user=user, language=language, by=user)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    people.mark_second_factor(request.session, "demo")
    journal.record(journal.Act(Entry.Action.SIGNED_IN, "demo", role, person_id=user.pk), by=user.pk)
    return redirect("portal:home")
