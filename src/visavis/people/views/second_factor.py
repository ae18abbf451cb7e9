"""Second factors, and proving again who one is: allauth's views in our pages, with our rules around them."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from visavis.common.errors import Refused
from visavis.people import codes, delivery, outgoing, second_factor, services
from visavis.people.codes import Purpose
from visavis.people.forms import CodeForm, PasswordAgainForm
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import recently_proven
from visavis.people.views.signing_in import onward, reads_and_posts
from visavis.tries.once import Outcome


class Activate(totp.ActivateTOTPView):
    """Set up an application that shows codes. Giving its first code counts as the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_factor_added(user=self.request.user, kind="totp")
        outgoing.warn(self.request.user)
        services.mark_second_factor(self.request.session, "totp")
        return response


class Deactivate(totp.DeactivateTOTPView):
    """Remove the application."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_factor_removed(user=self.request.user, kind="totp")
        outgoing.warn(self.request.user)
        return response


class AddKey(webauthn.AddWebAuthnView):
    """Add a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        services.note_factor_added(user=self.request.user, kind="webauthn")
        outgoing.warn(self.request.user)
        services.mark_second_factor(self.request.session, "webauthn")
        return response


class RemoveKey(webauthn.RemoveWebAuthnView):
    """Remove a passkey; staff keep at least one second factor."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_mfa_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(get_mfa_adapter().error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponse = super().form_valid(form)
        services.note_factor_removed(user=self.request.user, kind="webauthn")
        outgoing.warn(self.request.user)
        return response


class Again(base.ReauthenticateView):
    """Give the second factor again; a session that had none has one now."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.mark_given(self.request, self.request.user)
        return response


class AgainByKey(webauthn.ReauthenticateWebAuthnView):
    """The same with a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.mark_given(self.request, self.request.user)
        return response


class ShowCodes(recovery_codes.ViewRecoveryCodesView):
    """Show the recovery codes, on a press of a button: reading a page shows no secret and writes nothing."""

    def post(self, request: HttpRequest) -> HttpResponse:
        shown: HttpResponse = super().get(request)
        return shown

    def get(self, request: HttpRequest) -> HttpResponse:
        held = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
        left = len(held.wrap().get_unused_codes()) if held else 0
        return render(
            request, "mfa/recovery_codes/before.html", {"left": left, "back_url": reverse("mfa_index")}
        )


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Show which second factors she has."""
    held = list(Authenticator.objects.filter(user=request.user))
    context = {
        "keys": [key for key in held if key.type == Authenticator.Type.WEBAUTHN],
        "application": next((one for one in held if one.type == Authenticator.Type.TOTP), None),
        "has_codes": any(one.type == Authenticator.Type.RECOVERY_CODES for one in held),
        "is_owed": request.user.is_service_staff,
        "is_missing": not second_factor.has_factor(request.user),
        "back_url": None if second_factor.has_factor(request.user) else reverse("people:account"),
    }
    return render(request, "mfa/index.html", context)


authenticate = reads_and_posts(base.authenticate)
again = reads_and_posts(Again.as_view())
again_by_key = reads_and_posts(AgainByKey.as_view())
activate = recently_proven(reads_and_posts(Activate.as_view()))
deactivate = recently_proven(reads_and_posts(Deactivate.as_view()))
add_key = recently_proven(reads_and_posts(AddKey.as_view()))
remove_key = recently_proven(reads_and_posts(RemoveKey.as_view()))
sign_in_by_key = reads_and_posts(webauthn.login_webauthn)
show_codes = recently_proven(reads_and_posts(ShowCodes.as_view()))
new_codes = recently_proven(reads_and_posts(recovery_codes.generate_recovery_codes))


@sensitive_post_parameters("password")
@reads_and_posts
def prove(request: PersonRequest) -> HttpResponse:
    """Prove again who one is: by the second factor where there is one, else by the password, else by a code."""
    user: User = request.user
    if second_factor.has_factor(user):
        return redirect(onward(request, factor_page(user)))
    if user.has_usable_password() and "code" not in request.GET:
        return prove_by_password(request, user)
    return prove_by_sending(request, user)


def factor_page(user: User) -> str:
    has_application = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_application else "mfa_reauthenticate_webauthn"


def prove_by_password(request: PersonRequest, user: User) -> HttpResponse:
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = "email" if user.email else "phone"
        credentials = {kind: getattr(user, kind), "password": form.cleaned_data["password"]}
        try:
            found = get_adapter(request).authenticate(request, **credentials)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if found == user:
                second_factor.prove(request, user, "password")
                return redirect(onward_url(request))
            form.add_error("password", _("This is not your password."))
    return render(request, "account/reauthenticate.html", {"form": form, "by_password": True})


def prove_by_sending(request: PersonRequest, user: User) -> HttpResponse:
    """Send a code to an address she already has."""
    address = delivery.address_of(user)
    error = ""
    if request.method == "POST" and address:
        try:
            codes.send(request, address, purpose=Purpose.CONFIRM, language=user.language)
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect(onward(request, "account_reauthenticate_code"))
    return render(request, "account/reauthenticate.html", {"address": address, "error": error})


@reads_and_posts
def prove_by_code(request: PersonRequest) -> HttpResponse:
    """Try the code sent to the address she already has."""
    address = codes.pending(request, Purpose.CONFIRM)
    if address is None or second_factor.has_factor(request.user):
        return redirect(onward(request, "account_reauthenticate"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = codes.check(request, form.cleaned_data["code"], purpose=Purpose.CONFIRM)
        if outcome is Outcome.RIGHT:
            second_factor.prove(request, request.user, "code")
            return redirect(onward_url(request))
        services.note_refused_sign_in(user=request.user, how="code-again")
        if outcome is Outcome.OVER:
            messages.warning(request, _("There were too many tries. This code is gone: ask for a new one."))
            return redirect(onward(request, "account_reauthenticate"))
        form.add_error("code", _("This is not the code we expect. Check it and try again."))
    shown = {"form": form, "address": address, "is_late": codes.is_late(request)}
    return render(request, "people/address_code.html", shown)


def onward_url(request: HttpRequest) -> str:
    """Return where she was going, or her account."""
    return get_next_redirect_url(request) or reverse("people:account")
