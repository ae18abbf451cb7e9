"""Database and store on another machine are reached by TLS, its certificate checked, or not at all."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from visavis.config import environment

HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
# What checks that the server is the one that was asked for (libpq's manual, 32.19.1).
CHECKED = frozenset({"verify-ca", "verify-full"})


def is_here(host: str) -> bool:
    """Say whether a host is this machine, or one that the operator names as reached through a network of his own."""
    return host in HERE or host.startswith("/") or host in environment.words("VISAVIS_PLAIN_HOSTS")


def of_database(host: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return how a database is reached: on another machine by TLS, its certificate checked."""
    if is_here(host or str(options.get("host", ""))):
        return {}
    if "sslmode" not in options:
        return {"sslmode": "verify-full", "sslrootcert": options.get("sslrootcert", "system")}
    if options["sslmode"] not in CHECKED:
        raise ImproperlyConfigured(refusal("DATABASE_URL", host, "?sslmode=verify-full"))
    return {}


def refuse_plain_store(url: str) -> None:
    """Refuse a store on another machine without TLS. Raises ImproperlyConfigured."""
    found = urlsplit(url)
    if found.scheme in {"redis", "valkey"} and not is_here(found.hostname or ""):
        raise ImproperlyConfigured(refusal("CACHE_URL", found.hostname or "", f"{found.scheme}s://"))


def refusal(name: str, host: str, better: str) -> str:
    return (
        f"{name} reaches {host} without encryption, or without looking whose certificate it is. Write {better}, or "
        "name the machine in VISAVIS_PLAIN_HOSTS if only this service's own network lies between (docs/operations.md)."
    )
