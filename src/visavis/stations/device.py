"""Which station a browser is: by a key in a cookie of its own, which outlives every person who sits there."""

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from visavis.stations.models import Station

COOKIE = "__Host-station" if settings.SESSION_COOKIE_SECURE else "visavis_station"
COOKIE_AGE_S = 400 * 86_400
LONGEST = 80
# Where a browser obeys the order to clear its store: elsewhere it ignores it.
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


def digest(key: str) -> str:
    """Return what is kept of a key."""
    return salted_hmac("visavis.stations.key", key, algorithm="sha256").hexdigest()


def of_machine(key: str) -> Station | None:
    """Return the station that `visavis station` is, by its key."""
    return _found(key, Q(is_machine=True, key=digest(key)))


def of(request: HttpRequest) -> Station | None:
    """Return the station that a browser is."""
    key = request.COOKIES.get(COOKIE, "")
    return _found(key, Q(is_machine=False, key=digest(key)) | Q(browser=digest(key))) if key else None


def _found(key: str, asked: Q) -> Station | None:
    if not key or len(key) > LONGEST:
        return None
    return Station.objects.working().filter(asked).select_related("agency__commune").first()


def can_be_wiped(request: HttpRequest) -> bool:
    """Say whether browsers clear their store when this site says so: over TLS, or on this machine."""
    return (
        request.is_secure() or request.get_host().rpartition(":")[0] in LOCAL or request.get_host() in LOCAL
    )


def keep(response: HttpResponse, key: str) -> None:
    """Let the browser be known as this station again."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def wipe(request: HttpRequest, response: HttpResponse) -> None:
    """Have the browser throw away all that the site keeps in it, but what says which station it is.

    An order to clear all cookies would take that one too: each of the others is ended by its name.
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    secure = bool(settings.SESSION_COOKIE_SECURE)
    for name in {*request.COOKIES, *response.cookies} - {COOKIE}:
        response.set_cookie(
            name, "", max_age=0, expires="Thu, 01 Jan 1970 00:00:00 GMT", samesite="Lax", secure=secure
        )
