"""What is decided of a person before any view: her language, and whether a second factor is missing."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from visavis.people import second_factor
from visavis.people.models import User
from visavis.people.sessions import lives, store, typed
from visavis.tries import marks

log = logging.getLogger(__name__)

DEFAULT = "fr"
# Enough to tell accounts apart in a log; the site's secret finds whose it is.
WHO = 12
# What the script of a page sends that asks again by itself (ui/refresh.js).
FRAGMENT = "X-Visavis-Fragment"
ALWAYS_OPEN = frozenset({"account_logout", "set_language", "account_inactive"})
TO_GIVE_ONE = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
TO_SET_ONE_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_reauthenticate_code",
    }
)

type View = Callable[..., HttpResponse]


class LanguageMiddleware:
    """The person's own language, else the cookie's, else the browser's if it is ours, else French.

    At a station the cookie's comes first: it is what was chosen at the start.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.speak(request, asked_language(request))
        try:
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or DEFAULT)
        finally:
            translation.activate(DEFAULT)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Speak her language as soon as it is known who she is."""
        # From here on she herself, not the promise of her: a page asks some two hundred times who reads it.
        with store.reader_of(request.session):
            request.user = get_user(request)
        if isinstance(request.user, User) and request.user.language in dict(settings.LANGUAGES):
            # At a station the language is chosen first, by who sits there now.
            is_chosen = getattr(request, "station", None) is not None
            self.speak(request, asked_language(request) if is_chosen else request.user.language)

    @staticmethod
    def speak(request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def asked_language(request: HttpRequest) -> str:
    """Read the cookie, then what the browser prefers among our languages."""
    ours = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in ours:
        return str(chosen)
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.split("-")[0] in ours:
            return code.split("-")[0]
    return DEFAULT


class EndedSessionMiddleware:
    """Tell who comes with a session that ended why it did, and keep what she typed until she has signed in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        session: Any = request.session
        if getattr(view, "is_for_programs", False):
            return None
        if request.user.is_authenticated:
            # A page that asks again by itself is not somebody at work.
            if FRAGMENT not in request.headers:
                session.note_use(request)
            return None
        if session.ended is None or FRAGMENT in request.headers:
            return None
        session.close()
        messages.warning(request, lives.told(session.ended.why, session.ended.user_id))
        if request.method != "POST" or not getattr(view, "login_required", True):
            return None
        if not typed.keep(request, session.ended.user_id):
            return HttpResponseRedirect(reverse("account_login"))
        messages.info(request, _("What you had typed is kept: you find it again once you have signed in."))
        query = urlencode({"next": reverse("people:typed")})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")


class SecondFactorMiddleware:
    """Nobody of the service opens a page without a second factor: she gives it, or sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "is_for_programs", False):
            return None
        user = request.user
        if not isinstance(user, User) or second_factor.is_given(request) or not user.is_service_staff:
            return None
        here = request.resolver_match.view_name if request.resolver_match else ""
        owned = second_factor.has_factor(user)
        if here in ALWAYS_OPEN or here in (TO_GIVE_ONE if owned else TO_SET_ONE_UP):
            return None
        return HttpResponseRedirect(reverse("mfa_reauthenticate" if owned else "mfa_index"))


class NotHersMiddleware:
    """Write down who asked for something of somebody's that she may not see: as a mark, never as a name or a number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = request.resolver_match
        if response.status_code in {403, 404} and asked and asked.kwargs and isinstance(request.user, User):
            who = marks.mark("who asked", request.user.pk)[:WHO]
            log.warning("%s: %s for who is known as %s", asked.view_name, response.status_code, who)
        return response
