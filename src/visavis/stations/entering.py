"""How the browser that `visavis station` has just started becomes this station: by a mark that works once."""

import secrets

from django.core import signing
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.stations import device
from visavis.stations.models import Station
from visavis.tries import once

SALT = "visavis.stations.enter"
LIFE_S = 120


class NoEntry(Refused):
    """The mark is used, too old, or of a station that was revoked."""

    words = _("This way in works once. The station starts again by itself.")


def mark(station: Station) -> str:
    """Return what lets one browser in, once, within two minutes."""
    return signing.dumps([station.pk, secrets.token_urlsafe(8)], salt=SALT)


def is_ours(given: str) -> bool:
    """Say whether a mark was ever made here: it may be used, or too old."""
    try:
        signing.loads(given, salt=SALT)
    except signing.BadSignature:
        return False
    return True


def enter(given: str) -> str:
    """Return the key of a browser that comes with a mark: the one before is this station no more. Raises NoEntry."""
    try:
        number, _once = signing.loads(given, salt=SALT, max_age=LIFE_S)
    except (signing.BadSignature, ValueError) as error:
        raise NoEntry from error
    if not once.spend("station-enter", given):
        raise NoEntry
    key = secrets.token_urlsafe(32)
    if not Station.objects.working().filter(pk=number).update(browser=device.digest(key)):
        raise NoEntry
    return key
