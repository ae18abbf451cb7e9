"""Coming in by another service, and linking it: led there, back with a code, believed or told what to do instead."""

import logging
import time
from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from visavis.common.errors import Refused
from visavis.people import limits, second_factor
from visavis.people.identity import leaving, providers, services
from visavis.people.identity.providers import STAFF, Provider
from visavis.people.identity.vouched import Away, NotBelieved, TooWeak, Vouched
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import recently_proven
from visavis.people.services import note_refused_sign_in
from visavis.people.views.signing_in import let_in, reads_and_posts
from visavis.tries import marks

log = logging.getLogger(__name__)

# Who the provider says she is, until she has signed in as usual and says whether to link it.
PENDING_KEY = "identity_pending"
PENDING_S = 1800
LOGIN, LINK = "login", "link"


def offered(slot: str) -> Provider:
    """Return a provider that this installation has."""
    provider = providers.named(slot)
    if provider is None:
        raise Http404
    return provider


def offered_to(request: PersonRequest, slot: str) -> Provider:
    """Return a provider that vouches for people like her."""
    provider = offered(slot)
    if not provider.is_offered_to(request.user):
        raise Http404
    return provider


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest, slot: str) -> HttpResponse:
    """Lead to the provider to come in. It writes in her session only."""
    provider = offered(slot)
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "portal:home")
    return lead(request, provider, LOGIN, get_next_redirect_url(request) or "")


@never_cache
@require_GET
def begin_link(request: PersonRequest, slot: str) -> HttpResponse:
    """Lead to the provider to link it with her account, once she has proved again that it is hers."""
    return link_recently_proven(request, offered_to(request, slot))


@recently_proven
def link_recently_proven(request: PersonRequest, provider: Provider) -> HttpResponse:
    return lead(request, provider, LINK, "")


def lead(request: HttpRequest, provider: Provider, process: str, then: str) -> HttpResponse:
    from visavis.people.identity import protocol  # noqa: PLC0415  (5 MB, for who comes in by another service)

    try:
        return protocol.begin(request, provider, process=process, then=then)
    except (Away, NotBelieved) as error:
        log.warning("identity %s: %s", provider.slot, error)
        return turned_back(request, is_away(provider))


def is_away(provider: Provider) -> str:
    return _("%(service)s does not answer now. Take another way in, or try again later.") % {
        "service": provider.name
    }


def turned_back(request: HttpRequest, why: str) -> HttpResponse:
    """Say why it did not work, on the page that has the other ways."""
    messages.warning(request, why)
    return redirect("people:account" if request.user.is_authenticated else "account_login")


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@reads_and_posts
def answer(request: HttpRequest, slot: str) -> HttpResponse:
    """Take what the provider answered. It comes by GET, which writes nothing: a press of a button goes on."""
    from visavis.people.identity import protocol  # noqa: PLC0415  (5 MB, for who comes in by another service)

    provider = offered(slot)
    if request.method != "POST":
        context = {name: request.GET.get(name, "")[:4000] for name in ("code", "state", "error")}
        return render(request, "people/identity_answer.html", {"provider": provider, **context})
    state = protocol.begun(request, provider, request.POST.get("state", ""))
    if state is None:
        return turned_back(request, _("This was begun elsewhere, or too long ago. Begin again here."))
    if error := request.POST.get("error"):
        # RFC 6749, 4.1.2.1: she did not want to, or the provider could not.
        turned = _("You turned back. Nothing has changed: take any way in.")
        return turned_back(request, turned if error == "access_denied" else is_away(provider))
    who = f"{slot}-{marks.network(request)}"
    if refusal := limits.refusal(request, limits.IDENTITIES, who):
        return turned_back(request, refusal)
    return tried(request, provider, state)


def tried(request: HttpRequest, provider: Provider, state: dict[str, str]) -> HttpResponse:
    """Change the code for who she is, and go on; a failure is in the journal, about nobody."""
    from visavis.people.identity import protocol  # noqa: PLC0415  (5 MB, for who comes in by another service)

    try:
        vouched = protocol.answered(request, provider, request.POST.get("code", ""), state)
    except Away as error:
        log.warning("identity %s: %s", provider.slot, error)
        return turned_back(request, is_away(provider))
    except TooWeak:
        note_refused_sign_in(user=None, how=f"identity-{provider.slot}")
        words = _("%(service)s did not check who you are well enough for us. Choose a stronger way there.")
        return turned_back(request, words % {"service": provider.name})
    except NotBelieved as error:
        log.warning("identity %s not believed: %s", provider.slot, error)
        note_refused_sign_in(user=None, how=f"identity-{provider.slot}")
        words = _("We cannot trust the answer of %(service)s. Take another way in, and tell us.")
        return turned_back(request, words % {"service": provider.name})
    leaving.keep(request.session, vouched)
    subject = services.subject_of(provider.slot, vouched.subject)
    if request.user.is_authenticated or state.get("process") == LINK:
        return ask_to_link(request, vouched, subject)
    known = services.owner(subject)
    if known is None:
        return unknown(request, provider, vouched, subject)
    return welcome(request, provider, vouched, known, state.get("next", ""))


def welcome(
    request: HttpRequest, provider: Provider, vouched: Vouched, known: User, then: str
) -> HttpResponse:
    """Let in who linked this identity, to the second factor where she has one."""
    if not provider.is_offered_to(known):
        note_refused_sign_in(user=known, how=f"identity-{provider.slot}")
        words = _("%(service)s does not open this kind of account. Take another way in.")
        return turned_back(request, words % {"service": provider.name})
    if vouched.acr and vouched.acr in provider.strong:
        request.session[second_factor.STRONG_KEY] = known.pk
    return let_in(request, known, method=f"identity-{provider.slot}", then=then)


def unknown(request: HttpRequest, provider: Provider, vouched: Vouched, subject: str) -> HttpResponse:
    """Open nothing: she signs in or opens her file as everybody does, then says whether to link it."""
    note_refused_sign_in(user=None, how=f"identity-{provider.slot}")
    hold(request, vouched, subject)
    words = (
        _("%(service)s is not linked to an account here. Sign in as usual, then link it.")
        if provider.slot == STAFF
        else _("%(service)s is not linked to a file here yet. Sign in or open your file, then link it.")
    )
    messages.info(request, words % {"service": provider.name})
    query = urlencode({"next": reverse("people:identity_keep")})
    return redirect(f"{reverse('account_login' if provider.slot == STAFF else 'account_signup')}?{query}")


def hold(request: HttpRequest, vouched: Vouched, subject: str) -> None:
    request.session[PENDING_KEY] = {
        "slot": vouched.slot,
        "subject": subject,
        "name": vouched.name,
        "at": time.time(),
    }


def ask_to_link(request: HttpRequest, vouched: Vouched, subject: str) -> HttpResponse:
    hold(request, vouched, subject)
    return redirect("people:identity_keep")


@recently_proven
@never_cache
@reads_and_posts
def keep(request: PersonRequest) -> HttpResponse:
    """Ask whether to link the identity with her account, by its name; then do it."""
    pending = request.session.get(PENDING_KEY)
    if not pending or time.time() - pending["at"] > PENDING_S or providers.named(pending["slot"]) is None:
        return redirect("people:account")
    provider = offered(pending["slot"])
    if not provider.is_offered_to(request.user):
        request.session.pop(PENDING_KEY)
        words = _("%(service)s does not open this kind of account. Take another way in.")
        return turned_back(request, words % {"service": provider.name})
    if request.method != "POST":
        context = {"provider": provider, "name": pending["name"], "back_url": reverse("people:account")}
        return render(request, "people/identity_keep.html", context)
    request.session.pop(PENDING_KEY)
    try:
        services.link(user=request.user, provider=provider, subject=pending["subject"], by=request.user)
    except Refused as refusal:
        return turned_back(request, str(refusal))
    messages.success(request, _("%(service)s lets you in from now on.") % {"service": provider.name})
    return redirect("people:account")


@require_GET
def page(request: PersonRequest, slot: str) -> HttpResponse:
    """Say what the provider is for, and whether it is linked."""
    provider = offered_to(request, slot)
    context = {
        "provider": provider,
        "is_linked": slot in services.linked(request.user),
        "asks_factor": request.user.is_service_staff and not provider.strong,
        "back_url": reverse("people:account"),
    }
    return render(request, "people/identity.html", context)


@require_POST
def unlink(request: PersonRequest, slot: str) -> HttpResponse:
    """Take the identity away, once she has proved again who she is; the last way in stays."""
    if not second_factor.is_recently_proven(request, request.user):
        return second_factor.ask_again(reverse("people:identity", kwargs={"slot": slot}))
    try:
        services.unlink(user=request.user, slot=slot, by=request.user)
    except Refused as refusal:
        return turned_back(request, str(refusal))
    messages.success(request, _("Your change is kept."))
    return redirect("people:account")


@login_not_required
@never_cache
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that she is signed out here, and lead her to the provider to be signed out there too."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    kept = leaving.kept(request.session)
    request.session.pop(leaving.SESSION_KEY, None)
    there, is_silent = "", False
    if kept is not None:
        try:
            there = leaving.address(*kept)
        except (Away, NotBelieved) as error:
            log.warning("identity %s: %s", kept[0].slot, error)
            is_silent = True
    context = {"provider": kept[0] if kept else None, "there": there, "is_silent": is_silent}
    return render(request, "people/signed_out.html", context)
