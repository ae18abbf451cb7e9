"""The service without what protects what people were told: what `test_faults.py` counts must find each of it wrong.

The site says yes before it has written, and takes a form each time that it is sent. The worker (this file, run as a
program) hands over without a claim and without a mark.
"""

import datetime as dt
import io
import threading
import uuid
from collections.abc import Callable, Iterable
from typing import Any

import django

LATER_S = 1.0


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer what is sent at once, and write it later."""
    from visavis.config.wsgi import application as site  # noqa: PLC0415  (only in a process of the site)
    from visavis.mailboxes.forms import MessageForm  # noqa: PLC0415

    MessageForm.key = property(lambda form: uuid.uuid4())  # type: ignore[assignment, method-assign]
    if environ["REQUEST_METHOD"] != "POST" or environ["PATH_INFO"] != "/messages/new/":
        return site(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    sent = environ | {"wsgi.input": io.BytesIO(body)}

    def write() -> None:
        for _piece in site(sent, lambda *_said: None):
            pass

    threading.Timer(LATER_S, write).start()
    start_response("302 Found", [("Location", "/messages/0/"), ("Content-Length", "0")])
    return [b""]


def work() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from visavis.people import delivery, outgoing  # noqa: PLC0415

    hand_over = delivery.hand_over

    def unmarked(address: Any, mail: Any, *, number: str, handing: object) -> None:
        hand_over(address, mail, number=number, handing=lambda: None)

    delivery.hand_over, outgoing.CLAIM = unmarked, dt.timedelta(0)  # type: ignore[assignment]
    call_command("work", verbosity=0)


if __name__ == "__main__":
    work()
