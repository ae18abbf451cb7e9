"""A link that lets one phone give one document without signing in: signed, for an hour, taken by the first browser."""

import datetime as dt
import secrets

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from visavis.common import clock
from visavis.documents.models import Expected
from visavis.tries import once

LIFE = dt.timedelta(hours=1)
# Which requests this browser may answer, and until when.
TAKEN = "documents_by_phone"
_SIGNER = TimestampSigner(salt="visavis.documents.phone", sep="~")


def token(expected: Expected) -> str:
    """Return what the link of a request is made of: nobody makes one without the site's secret."""
    until = int((clock.now() + LIFE).timestamp())
    return _SIGNER.sign(f"{expected.pk}-{until}-{secrets.token_urlsafe(8)}")


def read(signed: str) -> tuple[Expected, int] | None:
    """Return the request that a link is for, and until when it opens; nothing where it opens nothing."""
    try:
        number, until, _drawn = _SIGNER.unsign(signed).split("-", 2)
    except (BadSignature, ValueError):
        return None
    if int(until) <= clock.now().timestamp():
        return None
    row = Expected.objects.filter(pk=int(number), ended_at__isnull=True).select_related("person").first()
    return None if row is None else (row, int(until))


def take(request: HttpRequest, signed: str, expected: Expected, until: int) -> bool:
    """Let this browser answer, unless another has taken the link; say whether it may."""
    if not once.spend("documents.phone", signed):
        return False
    request.session[TAKEN] = request.session.get(TAKEN, {}) | {str(expected.pk): until}
    return True


def is_taken(request: HttpRequest, expected_id: int) -> bool:
    """Say whether this browser took the link of a request in the last hour."""
    return bool(clock.now().timestamp() < request.session.get(TAKEN, {}).get(str(expected_id), 0))
