"""Who asks, as a mark that tells nothing: the network a request comes from, or a browser that was here before."""

import ipaddress
import secrets

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "__Host-browser" if settings.SESSION_COOKIE_SECURE else "visavis_browser"
COOKIE_AGE_S = 180 * 86_400
# How many addresses one browser is known for: a family's computer, not an agency's.
MOST_KNOWN = 8
# What one household or one phone is given: its host part changes from hour to hour.
IPV6_PREFIX = 64


def mark(*parts: object) -> str:
    """Return a keyed digest of the parts: equal for equal parts, and no way back to them."""
    told = "\0".join(str(part) for part in parts)
    return salted_hmac("visavis.tries", told, algorithm="sha256").hexdigest()[:40]


def network(request: HttpRequest) -> str:
    """Return where a request comes from: an IPv4 address, or the /64 of an IPv6 one; nothing when nobody tells."""
    try:
        told = str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        # A server that does not tell: everybody counts as one.
        return ""
    try:
        address = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, IPV6_PREFIX), strict=False))


def known_browser(request: HttpRequest, account: str) -> str:
    """Return the number of the browser when somebody has signed in from it to this account before, else nothing.

    The same work for an account that exists and for one that does not.
    """
    number, _point, held = request.COOKIES.get(COOKIE, "").partition(".")
    asked = _tie(number, account)
    found = [one for one in held.split(".")[:MOST_KNOWN] if constant_time_compare(one, asked)]
    return number if found else ""


def remember_browser(request: HttpRequest, response: HttpResponse, accounts: list[str]) -> None:
    """Let a browser be known again for these accounts: a mark that opens nothing and tells nothing."""
    number, _point, held = request.COOKIES.get(COOKIE, "").partition(".")
    if not number or len(number) > 40:
        number, held = secrets.token_urlsafe(16), ""
    ties = [_tie(number, account) for account in accounts]
    kept = [*ties, *(one for one in held.split(".") if one and one not in ties)][:MOST_KNOWN]
    response.set_cookie(
        COOKIE,
        ".".join([number, *kept]),
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _tie(number: str, account: str) -> str:
    return mark("browser", number, account)
