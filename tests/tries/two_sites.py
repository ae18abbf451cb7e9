"""Two processes of the site, as documented: one database, one store, one folder; and what a browser does there.

Run as a program it fills the database with two people: `python -m tests.tries.two_sites`.
"""

import http.client
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

from aiosmtpd.controller import Controller

from tests import programs
from tests.journeys.site import Mailbox, start, stop
from tests.operations.started import clean
from tests.ports import free_port
from tests.tries import as_site
from tests.valkey import Valkey
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
# She has an application; he has lost his, and has the codes for that, drawn from this seed.
OTHER, SEED = "yann@example.org", "5e" * 40
ADDRESS, PASSWORD, SECRET = (
    "zoe@example.org",
    "quatre mots faciles a dire",
    "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
)
SIGN_IN, CODE = "/account/sign-in/", "/account/code/"
BY_PASSWORD, FACTOR = "/account/sign-in-with-password/", "/account/second-factor/sign-in/"
GUARDED, UNGUARDED = "visavis.config.wsgi:application", "tests.tries.unguarded:application"


@dataclass
class Browser:
    """One session, which may ask either process."""

    ports: list[int]
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, said: dict[str, str] | None = None, *, at: int = 0) -> tuple[int, str, str]:
        """GET, or POST what is said; return the status, where it leads and the page. Cookies are kept."""
        body = None if said is None else urlencode(said | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[at % len(self.ports)], timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Accept-Language": "en"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for told in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(told).items():
                self.cookies[name] = morsel.value
        connection.close()
        return answer.status, answer.headers.get("Location", ""), page

    def copy(self) -> "Browser":
        return Browser(self.ports, dict(self.cookies))

    def is_in(self) -> bool:
        return self.ask("/account/")[0] == 200


@dataclass
class Sites:
    """Where the two processes answer, and what they sent."""

    ports: list[int]
    mailbox: Mailbox

    def browser(self) -> Browser:
        found = Browser(self.ports)
        found.ask(SIGN_IN)
        return found

    def asked(self) -> tuple[Browser, str]:
        """Return a browser that asked for a code, and the code."""
        browser, before = self.browser(), len(self.mailbox.received)
        assert browser.ask(SIGN_IN, {"address": ADDRESS})[0] == 302
        until(lambda: len(self.mailbox.received) > before, "no code came")
        found = re.search(r"\b(\d{6})\b", str(self.mailbox.received[-1].get_payload()))
        assert found
        return browser, found[1]


def together(browsers: list[Browser], path: str, said: list[dict[str, str]]) -> list[tuple[int, str, str]]:
    """Post at the same moment, to one process and the other in turn."""
    barrier = Barrier(len(browsers))

    def post(number: int) -> tuple[int, str, str]:
        barrier.wait(timeout=60)
        return browsers[number].ask(path, said[number], at=number)

    with ThreadPoolExecutor(len(browsers)) as threads:
        return list(threads.map(post, range(len(browsers))))


@contextmanager
def running(database: dict[str, str], application: str) -> Iterator[Sites]:
    """Start two processes of the site on a database; whatever happens, they end."""
    mailbox = Mailbox()
    with ExitStack() as stack:
        post = Controller(mailbox, hostname="127.0.0.1", port=free_port())
        post.start()
        stack.callback(post.stop)
        store = Valkey()
        stack.callback(store.stop)
        environment = clean() | database | {
            "DJANGO_SETTINGS_MODULE": "tests.tries.site_settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "VISAVIS_PLAIN_STATIC": "yes",
            "CACHE_URL": f"redis://127.0.0.1:{store.port}/0",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(post.port),
            "SMTP_TLS": "no",
        }  # fmt: skip
        line = [sys.executable, "-m", "tests.tries.two_sites"]
        filled = programs.run(line, env=environment, cwd=ROOT, capture_output=True, text=True)
        assert filled.returncode == 0, filled.stderr[-3000:]
        # As setup leaves it: the site and its worker come in as a role that owns nothing.
        environment["DATABASE_URL"] = as_site.made(database["DATABASE_URL"])
        ports, var = [free_port(), free_port()], Path(database["VISAVIS_VAR"])
        server = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--blocking-threads", "8"]
        for number, port in enumerate(ports):
            process = start(f"server-{number}", [*server, "--port", str(port), application], environment, var)
            stack.callback(stop, process)
        # Codes leave from the worker, never from a page.
        work = ["django", "work", "--verbosity", "0", "--sweep-every", "2"]
        stack.callback(stop, start("worker", work, environment, var))
        sites = Sites(ports, mailbox)
        for number, port in enumerate(ports):
            log = var / f"server-{number}.log"
            says = partial(log.read_text, "utf-8")
            until(lambda port=port: is_open(port), says, within_s=300)
        yield sites


def is_open(port: int) -> bool:
    try:
        return Browser([port]).ask(SIGN_IN)[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def fill() -> None:
    """Put up the tables, and two people with a password: one has an application, the other recovery codes too."""
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    from allauth.mfa.models import Authenticator  # noqa: PLC0415  (Django must be set up)
    from allauth.mfa.utils import encrypt  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from visavis.journal import granting  # noqa: PLC0415
    from visavis.people import services  # noqa: PLC0415
    from visavis.people.addresses import Address  # noqa: PLC0415
    from visavis.people.models import User  # noqa: PLC0415
    from visavis.tries.models import Code, Count  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        as_site.made(os.environ["DATABASE_URL"])
        granting.grant(as_site.ROLE)
    Code.objects.all().delete()
    Count.objects.all().delete()
    if User.objects.filter(email=ADDRESS).exists():
        return
    for name, address in (("Zoé", ADDRESS), ("Yann", OTHER)):
        user = services.register(name=name, address=Address("email", address), language="en")
        user.set_password(PASSWORD)
        user.save()
        Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(SECRET)})
    codes = {"seed": encrypt(SEED), "used_mask": 0}
    Authenticator.objects.create(user=user, type="recovery_codes", data=codes)


if __name__ == "__main__":
    fill()
