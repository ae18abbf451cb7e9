"""The way in: an address, a code, and a name the first time. Or a password. The same page for known and unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import logout as allauth_logout
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.people import codes, services
from visavis.people.accounts import find
from visavis.people.addresses import Address
from visavis.people.codes import Purpose
from visavis.people.forms import AddressForm, CodeAndNameForm, CodeForm, NameForm, PasswordSignInForm
from visavis.people.identity import leaving, providers
from visavis.people.models import User
from visavis.tries.once import Outcome

CODE_IS_OVER = gettext_lazy("This code no longer works. Ask for a new one.")
TOO_MANY_TRIES = gettext_lazy("There were too many tries. This code is gone: ask for a new one.")
HAS_ACCOUNT = gettext_lazy("This address has an account already. Ask for a code to sign in.")
NAME_TOO = {
    "email": gettext_lazy(
        "Your code is right and still works. This e-mail has no account yet: write your name to open one."
    ),
    "phone": gettext_lazy(
        "Your code is right and still works. This number has no account yet: write your name to open one."
    ),
}
"""What is missing, said to who has the code of an address without an account and to nobody else."""

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def leaves_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have the browser throw away what the site kept in it, once she has signed out."""

    @wraps(view)
    def leaving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return leaving


@login_not_required
@reads_and_posts
@leaves_nothing
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out here, then where she was vouched for."""
    hint = request.session.get(leaving.SESSION_KEY)
    response: HttpResponse = allauth_logout(request)
    if hint is None or request.user.is_authenticated or request.method != "POST":
        return response
    request.session[leaving.SESSION_KEY] = hint
    return redirect("account_signed_out")


def onward(request: HttpRequest, name: str) -> str:
    """Return an address that keeps where she was going, if that is on this site."""
    kept = get_next_redirect_url(request)
    return reverse(name) + (f"?{urlencode({'next': kept})}" if kept else "")


@login_not_required
@never_cache
@reads_and_posts
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask where to send a code."""
    return ask_address(request, "account/login.html")


@login_not_required
@never_cache
@reads_and_posts
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask where to send a code, to open a file: who has one already simply signs in."""
    return ask_address(request, "account/signup.html", with_name=True)


def ask_address(
    request: HttpRequest,
    template: str,
    *,
    then: str = "",
    code_url: str = "",
    with_name: bool = False,
    **shown: Any,
) -> HttpResponse:
    """Send a code to the address typed. `then` is where she goes on, `code_url` where she types the code.

    `with_name`: whoever comes here may be new, and is asked the name with the code.
    """
    then = then or get_next_redirect_url(request) or ""
    if request.user.is_authenticated:
        return redirect(then or "portal:home")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address: Address = form.cleaned_data["address"]
        known = find(address)
        language = known.language if known else None
        try:
            codes.send(
                request,
                address,
                purpose=Purpose.SIGN_IN,
                language=language,
                then=then,
                with_name=with_name,
            )
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            return redirect(code_url or onward(request, "account_confirm_login_code"))
    shown |= {"identities": providers.all_of_them()}
    return render(request, template, {"form": form, "next": then, **shown})


@login_not_required
@never_cache
@reads_and_posts
def enter_code(request: HttpRequest) -> HttpResponse:
    """Try the code; then sign in, or ask the name of somebody new."""
    then = get_next_redirect_url(request) or ""
    again, new = onward(request, "account_login"), onward(request, "account_open_file")
    return try_code(request, "account/confirm_login_code.html", Way(then, again, new))


@login_not_required
@never_cache
@reads_and_posts
def enter_code_elsewhere(request: HttpRequest, held: str) -> HttpResponse:
    """Try the code on another device than the one that asked for it, and go on there."""
    kept = codes.held_elsewhere(held)
    if kept is None and request.user.is_authenticated:
        return redirect("portal:home")
    if kept is None:
        return start_again(request, CODE_IS_OVER, reverse("account_login"))
    then = str(kept[codes.THEN_KEY])
    query = f"?{urlencode({'next': then})}"
    way = Way(then, reverse("account_login") + query, reverse("account_open_file") + query)
    return try_code(request, "account/confirm_login_code.html", way, kept)


@dataclass(frozen=True)
class Way:
    """Where the code leads: who is known goes on, who tried too often starts again, who is new gives a name."""

    then: str
    again: str
    new: str


def try_code(
    request: HttpRequest, template: str, way: Way, held: SessionBase | None = None, **shown: Any
) -> HttpResponse:
    """Ask for the code, and let in who has it; who is new and was asked the name gives it on the same page."""
    if request.user.is_authenticated:
        return redirect(way.then or "portal:home")
    address = codes.pending(request, Purpose.SIGN_IN, held)
    if address is None:
        return start_again(request, CODE_IS_OVER, way.again)
    form = (CodeAndNameForm if codes.asks_name(request, held) else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known, given = find(address), form.cleaned_data
        lacks_name = known is None and given.get("name") == ""
        outcome = codes.check(request, given["code"], purpose=Purpose.SIGN_IN, held=held, is_kept=lacks_name)
        if outcome is Outcome.RIGHT and not lacks_name:
            return welcome(request, address, known, way, given.get("name", ""))
        if outcome is Outcome.RIGHT:
            form.add_error("name", str(NAME_TOO[address.kind]))
        else:
            services.note_refused_sign_in(user=known, how=f"code-{address.kind}")
            if outcome is Outcome.OVER:
                return start_again(request, TOO_MANY_TRIES, way.again)
            form.add_error("code", _("This is not the code we expect. Check it and try again."))
    context = {"form": form, "address": address, "next": way.then, "again_url": way.again, **shown}
    context["is_late"] = codes.is_late(request)
    return render(request, template, context)


def start_again(request: HttpRequest, why: str | Promise, url: str) -> HttpResponse:
    messages.warning(request, str(why))
    return redirect(url)


def welcome(request: HttpRequest, address: Address, known: User | None, way: Way, name: str) -> HttpResponse:
    """Let in who proved an address: she has an account, opens one with her name, or is asked it."""
    if known is None and not name:
        codes.remember_proven(request, address)
        return redirect(way.new)
    try:
        user = known or open_account(request, name, address)
    except services.AddressTaken:
        return start_again(request, HAS_ACCOUNT, way.again)
    return let_in(request, user, method="code", then=way.then)


def let_in(request: HttpRequest, user: User, *, method: str, then: str = "") -> HttpResponse:
    """Go on with the steps of a sign-in: the second factor where there is one."""
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=then or get_next_redirect_url(request)))


def open_account(request: HttpRequest, name: str, address: Address) -> User:
    """Open an account for who proved an address, and forget the proof. Raises services.AddressTaken."""
    user = services.register(name=name, address=address, language=get_language() or "fr", by=None)
    request.session.pop(codes.PROVEN_KEY, None)
    return user


@login_not_required
@never_cache
@reads_and_posts
def open_file(request: HttpRequest) -> HttpResponse:
    """Ask the name of somebody who proved an address that opens no account, and open one."""
    address = codes.proven(request)
    if address is None or request.user.is_authenticated:
        return redirect("portal:home" if request.user.is_authenticated else onward(request, "account_login"))
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = open_account(request, form.cleaned_data["name"], address)
        except services.AddressTaken:
            return start_again(request, HAS_ACCOUNT, onward(request, "account_login"))
        return let_in(request, user, method="code")
    return render(request, "account/open_file.html", {"form": form, "address": address})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@reads_and_posts
def password(request: HttpRequest) -> HttpResponse:
    """Sign in with a password. Too many tries slow down, they never lock."""
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "portal:home")
    form = PasswordSignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address: Address = form.cleaned_data["address"]
        user = checked(request, form, address)
        if user is not None:
            return let_in(request, user, method="password")
    return render(
        request,
        "account/login_password.html",
        {"form": form, "next": get_next_redirect_url(request), "identities": providers.all_of_them()},
    )


def checked(request: HttpRequest, form: PasswordSignInForm, address: Address) -> User | None:
    """Return whose password it is, or leave an error on the form."""
    adapter = get_adapter(request)
    try:
        user: User | None = adapter.authenticate(
            request, **{address.kind: address.value, "password": form.cleaned_data["password"]}
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    if user is None:
        form.add_error(None, adapter.error_messages["email_password_mismatch"])
    return user


@login_not_required
@require_GET
def inactive(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed, and who opens it again."""
    return render(request, "account/account_inactive.html")
