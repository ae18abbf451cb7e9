"""Where I am signed in, and what I had typed when a session ended."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from visavis.people import services
from visavis.people.models import Session
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import ask_again, is_recently_proven
from visavis.people.sessions import devices, lives, own, typed
from visavis.people.sessions.store import name_of

# The browser sends the same again, body and all, to where it was going.
SEND_AGAIN = 307


@dataclass(frozen=True)
class SignedIn:
    """One session of hers in words."""

    row: Session
    device: str
    is_this: bool


def this_one(request: PersonRequest) -> str:
    """Return the name under which the session rests that asks."""
    return name_of(str(request.session.session_key))


@require_GET
def page(request: PersonRequest) -> HttpResponse:
    """List her sessions: on which device, since when, last used when."""
    here = this_one(request)
    found = [SignedIn(row, devices.in_words(row.device), row.pk == here) for row in own.living(request.user)]
    found.sort(key=lambda one: not one.is_this)
    life = lives.of(request.user.pk)
    context = {
        "sessions": found,
        "minutes": round(life.idle.total_seconds() / 60),
        "hours": round(life.whole.total_seconds() / 3600),
        "back_url": reverse("people:account"),
    }
    return render(request, "people/sessions.html", context)


@require_POST
def end(request: PersonRequest) -> HttpResponse:
    """End one of her sessions, or all but this one; each browser is told when it comes again."""
    if not is_recently_proven(request, request.user):
        return ask_again(reverse("people:sessions"))
    here, one = this_one(request), request.POST.get("session", "")
    if one == here:
        messages.info(request, _("This is the session that you are in: sign out to end it."))
        return redirect("people:sessions")
    if one:
        ended = services.end_session(user=request.user, name=one)
    else:
        ended = services.end_other_sessions(user=request.user, but=here)
    if ended:
        messages.success(request, _("It is done: nobody is signed in there any more."))
    else:
        messages.info(request, _("Nobody was signed in there any more."))
    return redirect("people:sessions")


@require_GET
def typed_page(request: PersonRequest) -> HttpResponse:
    """Show what she had typed when her session ended, to be sent now or thrown away."""
    found = typed.kept(request.session, request.user.pk)
    if found is None:
        return redirect("portal:home")
    return render(request, "people/typed.html", {"typed": found})


@require_POST
def send_typed(request: PersonRequest) -> HttpResponse:
    """Let it go on its way; it is kept no longer here."""
    found = typed.kept(request.session, request.user.pk)
    if found is None:
        messages.warning(request, _("Nothing is kept here any more."))
        return redirect("portal:home")
    typed.forget(request.session)
    response = HttpResponseRedirect(found.path)
    response.status_code = SEND_AGAIN
    return response


@require_POST
def forget_typed(request: PersonRequest) -> HttpResponse:
    """Throw it away."""
    typed.forget(request.session)
    messages.success(request, _("What you had typed is thrown away."))
    return redirect("portal:home")
