"""Which machines answer: several on one database need a store in common, or each would count limits by itself.

Each process of the site says every little while, in the database, that its machine is there and where it counts. A
machine that has said nothing for a minute is gone.
"""

import datetime as dt
import hashlib
import ipaddress
import logging
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from visavis.common import clock
from visavis.operations.models import Beat, beat

log = logging.getLogger(__name__)
EVERY_S = 20.0
GONE = dt.timedelta(seconds=60)
PART = "site-"
MACHINE_ID = Path("/etc/machine-id")
SAID = (
    "Another machine answers from this database, and the limits against floods are counted elsewhere there. Set "
    "CACHE_URL to one store that all machines share (Valkey, Redis). A machine that was stopped is gone a minute later."
)


def machine() -> str:
    """Name this machine in six digits: by its number and its name, since a copied disk brings the first along."""
    number = MACHINE_ID.read_text(encoding="ascii") if MACHINE_ID.exists() else ""
    return digest(f"{number}\n{socket.gethostname()}")


def store() -> str:
    """Name in six digits where limits are counted: what only this machine reaches is another one on each."""
    found = urlsplit(settings.CACHE_URL)
    is_here = not found.hostname or is_local(found.hostname)
    return digest(
        f"{machine()}\n{found.hostname}" if is_here else f"{found.hostname}:{found.port}{found.path}"
    )


def is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def part() -> str:
    """Return what this process says of itself."""
    return f"{PART}{machine()}-{store()}"


def others() -> list[str]:
    """Return the machines that are there and count elsewhere; where this one counted before is its own matter."""
    there = Beat.objects.filter(part__startswith=PART, at__gt=clock.now() - GONE)
    found = [one.split("-") for one in there.values_list("part", flat=True)]
    return [its for _site, its, counts in found if its != machine() and counts != store()]


def refuse_another() -> None:
    """Say that this machine is there. Raises ImproperlyConfigured where another one is that counts elsewhere."""
    if connection.vendor != "postgresql":
        # A file is of one machine.
        return
    try:
        beat(part())
        if not others():
            return
        Beat.objects.filter(part=part()).delete()
    except DatabaseError:
        # It is away, or has no tables yet: the site starts, and `stay` says later what is wrong.
        return
    raise ImproperlyConfigured(SAID)


def stay() -> None:
    """Say again and again that this machine is there, beside the pages."""
    if connection.vendor == "postgresql":
        threading.Thread(target=_say, name="machine", daemon=True).start()


def _say() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY_S):
        say_once()


def say_once() -> None:
    """Say that this machine is there, tell the log of others, and forget who has been gone for a day."""
    try:
        beat(part())
        Beat.objects.filter(part__startswith=PART, at__lt=clock.now() - dt.timedelta(days=1)).delete()
        if others():
            log.error(SAID)
    except DatabaseError:
        log.warning("it could not be said that this machine is there: the database does not answer")
    finally:
        connection.close()
