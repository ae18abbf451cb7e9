"""Tell errors to a Sentry-compatible service: where in our code, of which kind, in which request; nothing of a person.

What leaves is made anew from a list of what may: no words of an error, no variables, no address, no page, no cookie.
"""

import logging
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from visavis.common import numbers

type Event = dict[str, Any]

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release")
# Whose lines are written as a fixed sentence, with what it tells of beside.
OURS = ("visavis.", "django.")
KEPT_OF_FRAME = ("module", "function", "lineno", "in_app")


def tell(address: str) -> None:
    """Begin to tell what is logged as an error. Raises ImproperlyConfigured without the library or an address."""
    try:
        import sentry_sdk  # noqa: PLC0415  (an extra: only who tells errors outside needs it)
        from sentry_sdk.integrations.logging import LoggingIntegration  # noqa: PLC0415  (as above)
    except ImportError as error:
        raise ImproperlyConfigured(
            "VISAVIS_SENTRY needs an optional package: install visavis[sentry]."
        ) from error
    try:
        sentry_sdk.init(
            dsn=address,
            release=version("visavis"),
            # Nothing is listened to but the log: no request, no query of the database, no task is looked into.
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
            before_send=scrubbed,
            send_default_pii=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            shutdown_timeout=2,
        )
    except sentry_sdk.utils.BadDsn as error:
        raise ImproperlyConfigured(f"VISAVIS_SENTRY cannot be read: {error}.") from error


def scrubbed(event: Any, _hint: Mapping[str, Any]) -> Any:
    """Return an event with what may leave, and no more."""
    found: Event = {name: event[name] for name in KEPT if name in event}
    found["tags"] = {"request": numbers.current()}
    found["server_name"] = ""
    # What our code says of it, without what it says it of.
    if (said := event.get("logentry", {}).get("message")) and found.get("logger", "").startswith(OURS):
        found["logentry"] = {"message": said}
    values = event.get("exception", {}).get("values", [])
    if values:
        found["exception"] = {"values": [of_error(one) for one in values]}
    return found


def of_error(told: Mapping[str, Any]) -> Event:
    """Return of what kind an error is, and through which functions it came."""
    frames = (told.get("stacktrace") or {}).get("frames", [])
    kept = [{name: one[name] for name in KEPT_OF_FRAME if name in one} for one in frames]
    return {"type": told.get("type"), "module": told.get("module"), "stacktrace": {"frames": kept}}
