"""How allauth does things here: who is found by what, which steps follow, what is journalled, how secrets rest."""

import base64
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_login_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.people import addresses, delivery, limits, outgoing, second_factor, services, wording
from visavis.people.addresses import Address, Kind
from visavis.people.models import User
from visavis.tries import marks
from visavis.tries.limits import forgive
from visavis.vault import keys as person_keys

# Django answers no redirect of more than 2,048 characters.
LONGEST_NEXT = 2_000
# A number that no account has.
NOBODY = 0


def find(address: Address) -> User | None:
    """Return the account that an address opens, open or closed."""
    return User.objects.filter(**{address.kind: address.value}).first()


def address_in(credentials: dict[str, Any]) -> Address:
    """Return the address that somebody typed beside a password."""
    kind: Kind = "email" if credentials.get("email") else "phone"
    return Address(kind, credentials.get(kind) or "")


def account_named(credentials: dict[str, Any]) -> str:
    """Return the address under which tries of a password are counted."""
    return str(credentials.get("email") or credentials.get("phone") or "").lower()


class PhoneField(forms.CharField):
    """A phone number, kept in E.164."""

    def clean(self, value: Any) -> Any:
        kept = super().clean(value)
        return addresses.read_mobile(kept) if kept else kept


class AccountAdapter(DefaultAccountAdapter):
    """E-mail or phone or neither; no name in a message; no word on whether an account exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Call us and we will open it again."),
        "email_password_mismatch": _("This address and this password do not go together."),
        "phone_password_mismatch": _("This address and this password do not go together."),
        "incorrect_code": wording.WRONG_CODE,
        "incorrect_password": _("This is not your password."),
    }

    # The steps of a sign-in ---------------------------------------------------------------------

    def is_safe_url(self, url: str) -> bool:
        """Go on to a path of this site only: a bare word would be taken for the name of a view."""
        return url.startswith("/") and len(url) <= LONGEST_NEXT and bool(super().is_safe_url(url))

    def get_login_stages(self) -> list[str]:
        """Only the second factor: an address is proven before it is kept."""
        return ["visavis.people.second_factor.AuthenticateStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Leave it to `second_factor.recently_proven`, which our addresses put around every such page."""
        return False

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Offer the second factors she has; without one, our own page asks a password or a code."""
        found = [way for way in super().get_reauthentication_methods(user) if way["id"] != "reauthenticate"]
        own = {
            "id": "own",
            "description": _("A password or a code"),
            "url": reverse("account_reauthenticate"),
        }
        return found or [own]

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **rest: Any
    ) -> HttpResponse:
        """Journal the sign-in, keep what the session proved, and lead on."""
        entries = get_authentication_records(request, user)
        services.note_sign_in(user=user, how="+".join(entry["method"] for entry in entries[-2:]))
        second_factor.mark_given(request, user)
        session: Any = request.session
        session.note_device(request)
        response = HttpResponseRedirect(get_login_redirect_url(request, redirect_url))
        if getattr(request, "station", None) is None:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                samesite="Lax",
                secure=settings.LANGUAGE_COOKIE_SECURE,
            )
        known_by = [one for one in (user.email, user.phone, second_factor.factor_account(user)) if one]
        marks.remember_browser(request, response, known_by)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            services.note_sign_out(user=request.user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password before it is looked at. Raises ValidationError where it has to wait."""
        if refusal := limits.refusal(request, limits.PASSWORDS, account_named(credentials)):
            raise ValidationError(refusal, code="too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return whose password it is. It counts as a try unless it is right."""
        # Comparing opens her address: her key is asked for first, and nobody's where there is no account.
        found = find(address_in(credentials))
        person_keys.of(found.pk if found else NOBODY)
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            forgive(request, limits.PASSWORDS, account_named(credentials))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.note_refused_sign_in(user=find(address_in(credentials)), how="password")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Stay silent: our own services tell people what changed."""

    # Phones ---------------------------------------------------------------------------------------

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_is_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone, user.phone_is_verified = addresses.read_mobile(phone), verified
        user.save(update_fields=["phone", "phone_is_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return find(Address("phone", phone))

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        mail = delivery.code_mail("phone", code, language=user.language)
        outgoing.post(Address("phone", phone), mail, life=outgoing.CODE_LIFE)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Say nothing: our own pages send the same code to known and unknown."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets rest encrypted, and staff keep at least one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": wording.WRONG_CODE,
        "cannot_delete_authenticator": _(
            "You work for the service: add another second factor before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return ring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return ring().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return str(settings.VISAVIS_SERVICE_NAME)

    def get_totp_label(self, user: User) -> str:
        return user.email or user.phone or str(user.pk)

    def build_totp_svg(self, url: str) -> str:
        """Draw the key as a QR code, dark on white in every theme."""
        drawn = BytesIO()
        segno.make(url, micro=False).save(drawn, kind="svg", scale=4, light="#fff")
        return drawn.getvalue().decode()

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {
            "display_name": user.name,
            "name": self.get_totp_label(user),
        }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=second_factor.PRIMARY).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not user.is_service_staff


def fernets() -> list[Fernet]:
    """Return the key of the day and the former ones, derived from the site's secrets."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [Fernet(base64.urlsafe_b64encode(derived(str(secret)))) for secret in secrets]


def ring() -> MultiFernet:
    """Return what opens by each of these keys, and seals by the first."""
    return MultiFernet(fernets())


def is_of_former(sealed: str) -> bool:
    """Say whether the site's former secret sealed a value. What no secret opens is nobody's any more: it stays."""
    first, *former = fernets()
    return not _opens(first, sealed) and any(_opens(one, sealed) for one in former)


def _opens(one: Fernet, sealed: str) -> bool:
    try:
        one.decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def holds_former(factor: Authenticator) -> bool:
    """Say whether a second factor holds something that the site's former secret sealed."""
    return turned(factor.data) != factor.data


def seal_anew(factor: Authenticator) -> None:
    factor.data = turned(factor.data)


def turned(data: Any) -> Any:
    """Return what a second factor holds, with what a former secret sealed in it sealed by the one of the day."""
    if isinstance(data, dict):
        return {name: turned(value) for name, value in data.items()}
    if isinstance(data, list):
        return [turned(value) for value in data]
    return ring().rotate(data.encode()).decode() if isinstance(data, str) and is_of_former(data) else data


def derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"visavis second factor").derive(
        secret.encode()
    )
