"""What a person does to come in."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.sms import MemoryGateway
from visavis.people.models import User

CODE = r"\b(\d{8}|\d{6})\b"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask(client: Client, address: str, *, then: str = "") -> HttpResponse:
    """Ask for a code."""
    return client.post(reverse("account_login") + (f"?next={then}" if then else ""), {"address": address})


def mailed_code() -> str:
    found = re.search(CODE, str(mail.outbox[-1].body))
    assert found
    return found[1]


def texted_code() -> str:
    found = re.search(CODE, MemoryGateway.sent[-1][1])
    assert found
    return found[1]


def give(client: Client, code: str, *, then: str = "") -> HttpResponse:
    """Type a code."""
    url = reverse("account_confirm_login_code") + (f"?next={then}" if then else "")
    return client.post(url, {"code": code})


PASSWORD = "quatre mots faciles a dire"


def give_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def sign_in(client: Client, user: User) -> HttpResponse:
    """Come in by a code sent by e-mail."""
    ask(client, str(user.email))
    return give(client, mailed_code())


def set_up_application(user: User) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


def application_code(secret: str = SECRET) -> str:
    """Return what an application shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
