"""The way in: an address, a code, and a name the first time. Or a password. The same page for known and unknown."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import logout as allauth_logout
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.people import codes, services
from visavis.people.accounts import find
from visavis.people.addresses import Address
from visavis.people.codes import Outcome, Purpose
from visavis.people.forms import AddressForm, CodeForm, NameForm, PasswordSignInForm
from visavis.people.models import User

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
logout = reads_and_posts(allauth_logout)


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
    return ask_address(request, "account/signup.html")


def ask_address(request: HttpRequest, template: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "portal:home")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address: Address = form.cleaned_data["address"]
        known = find(address)
        try:
            codes.send(request, address, purpose=Purpose.SIGN_IN, language=known.language if known else None)
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            return redirect(onward(request, "account_confirm_login_code"))
    return render(request, template, {"form": form, "next": get_next_redirect_url(request)})


@login_not_required
@never_cache
@reads_and_posts
def enter_code(request: HttpRequest) -> HttpResponse:
    """Try the code; then sign in, or ask the name of somebody new."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    address = codes.pending(request, Purpose.SIGN_IN)
    if address is None:
        return start_again(request, _("This code no longer works. Ask for a new one."))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = find(address)
        outcome = codes.check(request, form.cleaned_data["code"], purpose=Purpose.SIGN_IN)
        if outcome is Outcome.RIGHT:
            return welcome(request, address, known)
        services.note_refused_sign_in(user=known, how=f"code-{address.kind}")
        if outcome is Outcome.OVER:
            return start_again(request, _("There were too many tries. This code is gone: ask for a new one."))
        form.add_error("code", _("This is not the code we expect. Check it and try again."))
    return render(
        request,
        "account/confirm_login_code.html",
        {"form": form, "address": address, "next": get_next_redirect_url(request)},
    )


def start_again(request: HttpRequest, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect(onward(request, "account_login"))


def welcome(request: HttpRequest, address: Address, known: User | None) -> HttpResponse:
    """Let in who proved an address: she has an account, or opens one."""
    if known is None:
        codes.remember_proven(request, address)
        return redirect(onward(request, "account_open_file"))
    return let_in(request, known, method="code")


def let_in(request: HttpRequest, user: User, *, method: str) -> HttpResponse:
    """Go on with the steps of a sign-in: the second factor where there is one."""
    record_authentication(request, user, method=method)
    return perform_login(request, Login(user=user, redirect_url=get_next_redirect_url(request)))


@login_not_required
@never_cache
@reads_and_posts
def open_file(request: HttpRequest) -> HttpResponse:
    """Ask the name of somebody who proved an address that opens no account, and open one."""
    address = codes.proven(request)
    if address is None or request.user.is_authenticated:
        return redirect("portal:home" if request.user.is_authenticated else "account_login")
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.register(
                name=form.cleaned_data["name"], address=address, language=get_language() or "fr", by=None
            )
        except services.AddressTaken:
            return start_again(request, _("This address has an account already. Ask for a code to sign in."))
        request.session.pop(codes.PROVEN_KEY, None)
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
        request, "account/login_password.html", {"form": form, "next": get_next_redirect_url(request)}
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
