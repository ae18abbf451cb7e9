"""Text messages: one small protocol, and the gateways that keep it. SMS_GATEWAY names the one in use."""

import http.client
import json
import logging
import sys
import urllib.error
import urllib.request
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from visavis.people import gsm, servers

logger = logging.getLogger(__name__)
TIME_OUT_S = 10


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token and the number go to SMS_URL and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirect, servers.Http, servers.Https)


class SmsFailed(Exception):
    """The message did not leave. The log says why, without the number."""


class SmsNotReached(SmsFailed):
    """Nobody answered at the gateway: nothing was handed over."""


class SmsMaybeSent(SmsFailed):
    """The message was handed over and no answer came: perhaps it left."""


class Gateway(Protocol):
    """Whoever carries our text messages."""

    def send(self, to: str, text: str, number: str = "") -> None:
        """Send a text to a phone in E.164; `number` names it, so that what became of it can be told (`/sms/state/`).

        Raises SmsFailed, SmsNotReached or SmsMaybeSent where it is so.
        """


class ConsoleGateway:
    """Writes messages on the terminal: for a demonstration, never for people."""

    def send(self, to: str, text: str, number: str = "") -> None:
        sys.stderr.write(f"SMS to {to}: {text}\n")


class NoGateway:
    """Carries nothing, and says so: what would leave as a text is told by phone or at the counter instead."""

    def send(self, to: str, text: str, number: str = "") -> None:
        raise SmsFailed


def _address() -> str:
    """Return where messages are posted: over the network only where nobody else reads them."""
    address = urlsplit(settings.SMS_URL)
    if address.scheme != "https" and address.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("SMS_URL must be an https address: see docs/operations.md.")
    return str(settings.SMS_URL)


def _post(content: bytes, headers: dict[str, str]) -> None:
    """Hand a message over. Raises SmsFailed, SmsNotReached, SmsMaybeSent."""
    # The scheme was checked.
    request = servers.Asked(settings.SMS_URL, data=content, headers=headers, method="POST")
    try:
        with OPENER.open(request, timeout=TIME_OUT_S):
            return
    except urllib.error.HTTPError as error:
        logger.error("the SMS gateway answered %s", error.code)
        raise SmsFailed from None
    except urllib.error.URLError as error:
        # Until the whole request has left, urllib wraps what goes wrong.
        logger.error("the SMS gateway cannot be reached: %s", type(error.reason).__name__)
        raise SmsNotReached from None
    except (OSError, http.client.HTTPException) as error:
        logger.error("the SMS gateway took a message and said nothing: %s", type(error).__name__)
        raise SmsMaybeSent from None
    finally:
        request.end()


class HttpGateway:
    """Posts {"to", "text", "id"} as JSON to SMS_URL, with SMS_TOKEN as the bearer."""

    def __init__(self) -> None:
        _address()

    def send(self, to: str, text: str, number: str = "") -> None:
        said = {"to": to, "text": text} | ({"id": number} if number else {})
        bearer = {"Authorization": f"Bearer {settings.SMS_TOKEN}"}
        _post(json.dumps(said).encode(), {"Content-Type": "application/json"} | bearer)


class KannelGateway:
    """Posts to Kannel's `sendsms` (SMS_URL), as SMS_USER with SMS_TOKEN; no number and no word stands in an address.

    Kannel is asked to tell what became of each, where SMS_IN_TOKEN lets it in.
    """

    # Told to us: delivered to the phone, not delivered, refused by the network (Kannel's guide, "delivery reports").
    TOLD = 1 | 2 | 16

    def __init__(self) -> None:
        _address()

    def send(self, to: str, text: str, number: str = "") -> None:
        in_alphabet = gsm.is_in_alphabet(text)
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": settings.SMS_USER,
            "X-Kannel-Password": settings.SMS_TOKEN,
            "X-Kannel-To": to,
            "X-Kannel-Coding": "0" if in_alphabet else "2",
        }
        if settings.SMS_IN_TOKEN and number:
            site = urlsplit(settings.SITE_URL)
            told = f"{site.scheme}://kannel:{settings.SMS_IN_TOKEN}@{site.netloc}/sms/state/?id={number}&state=%d"
            headers |= {"X-Kannel-DLR-Mask": str(self.TOLD), "X-Kannel-DLR-Url": told}
        _post(text.encode(), headers)


def gateway() -> Gateway:
    """Return the gateway in use."""
    found: Gateway = import_string(settings.SMS_GATEWAY)()
    return found
