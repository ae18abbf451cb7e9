"""Asks the pages of `pages.py` through the WSGI application, page after page and turn after turn."""

import io
import os
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from bench.pages_people import Asking, people_of
from visavis.catalog import titles
from visavis.common.room import with_room
from visavis.config import collecting
from visavis.matches.bridge import in_memory
from visavis.people.models import User
from visavis.people.services import mark_second_factor
from visavis.searches.index import laid

PAGES: dict[str, tuple[str, ...]] = {
    "visitor": (
        "/", "/jobs/", "/jobs/?q=vendeur", "/jobs/?q=infirmiere+valence&page=2", "/jobs/{public}/", "/agencies/",
        "/agencies/{agency}/", "/account/sign-in/", "/account/open-a-file/", "/privacy/",
    ),
    "jobseeker": (
        "/home/", "/openings/", "/openings/?page=2", "/openings/{vacancy}/", "/openings/more/", "/jobs/?q=vendeur",
        "/introductions/", "/introductions/{introduction}/", "/profile/", "/profile/reach/",
    ),
    "counsellor": (
        "/home/", "/desk/", "/desk/?show=silent", "/desk/?sort=name&page=2", "/desk/people/{person}/",
        "/desk/people/{person}/propose/", "/people/{person}/openings/", "/people/{person}/profile/",
        "/introductions/{introduction}/", "/jobs/?q=vendeur",
    ),
    "reception": (
        "/home/", "/people/", "+/people/ q=martin", "/people/{person}/", "/people/{person}/counsellor/",
        "/people/new/", "/agencies/{agency}/", "/jobs/?q=vendeur", "/account/", "/agencies/",
    ),
    "employer": (
        "/home/", "/vacancies/", "/vacancies/{own}/", "/vacancies/{own}/candidates/",
        "/vacancies/{own}/introductions/", "/introductions/{introduction}/", "/vacancies/new/",
        "/vacancies/{own}/questions/words/", "/vacancies/new/paste/", "/account/",
    ),
    "head": (
        "/home/", "/people/", "/people/{person}/", "/people/{person}/counsellor/", "/lists/", "/lists/score/",
        "/feeds/", "/jobs/?q=vendeur", "/agencies/{agency}/hours/", "/occupations/{occupation}/ideal-profile/",
    ),
    "helper": (
        "/home/", "/for/{mandate}/", "/for/{mandate}/openings/", "/for/{mandate}/openings/{vacancy}/",
        "/for/{mandate}/openings/more/", "/for/{mandate}/profile/", "/for/{mandate}/introductions/",
        "/for/{mandate}/introductions/{introduction}/", "/for/{mandate}/messages/",
        "/for/{mandate}/jobs/?q=vendeur",
    ),
    "protection": (
        "/home/", "/journal/", "/journal/?before={entry}", "/journal/?person={person}", "/journal/?actor={actor}",
        "/journal/?action=read", "/readings/noticed/", "/readings/outside/", "/account/", "/privacy/",
    ),
}  # fmt: skip
"""The ten most used pages of each role; "+" before a page sends the fields after it."""

WARM_UP_TURNS = 2
TICKS = os.sysconf("SC_CLK_TCK")
TOKEN = "a" * 32


def word(request: HttpRequest) -> HttpResponse:
    """Answer one word: what a page costs before it says anything."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", word), path("", include("visavis.config.urls"))]


@dataclass
class Page:
    """One page of a role, and what it cost turn by turn."""

    role: str
    address: str
    handler: Callable[..., Any]
    people: list[Asking]
    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    database_s: float = 0.0
    questions: int = 0
    size: int = 0
    status: str = ""

    def environ(self, turn: int, jar: Mapping[int, str]) -> dict[str, Any]:
        """Give the request of a turn, asked by somebody else each time."""
        by = self.people[turn % len(self.people)]
        address, _space, fields = self.address.format(**by.numbers).partition(" ")
        page, _mark, query = address.removeprefix("+").partition("?")
        sent = urlencode({"csrfmiddlewaretoken": TOKEN}) + f"&{fields}" if fields else ""
        cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
        if by.user_id:
            cookies[settings.SESSION_COOKIE_NAME] = jar[by.user_id]
        return {
            "REQUEST_METHOD": "POST" if fields else "GET",
            "PATH_INFO": page,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_REFERER": settings.SITE_URL,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent.encode()),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }

    def ask(self, turn: int, jar: Mapping[int, str]) -> None:
        """Ask once, and note what it cost."""
        environ, told = self.environ(turn, jar), []
        database, clock, cpu = _of_the_database(), time.perf_counter(), time.process_time()
        answer = self.handler(environ, lambda status, headers: told.append((status, dict(headers))))
        body = b"".join(answer)
        answer.close()
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        self.cpu.append(cpu)
        self.clock.append(clock)
        self.database_s += _of_the_database() - database
        [(self.status, _headers)] = told
        self.size = len(body)

    def count(self, jar: Mapping[int, str]) -> None:
        """Ask once more, and count the questions to the database."""
        asked: list[str] = []

        def counted(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(counted):
            self.ask(0, jar)
        self.cpu.pop(), self.clock.pop()
        self.questions = len(asked)

    def row(self) -> dict[str, Any]:
        """Give what was noted."""
        cpu, clock = statistics.median(self.cpu), statistics.median(self.clock)
        return {
            "role": self.role,
            "page": self.address,
            "cpu ms": round(cpu * 1e3, 2),
            "p95 ms": round(statistics.quantiles(self.cpu, n=20)[-1] * 1e3, 2),
            "db ms": round(self.database_s / len(self.cpu) * 1e3, 2),
            "clock ms": round(clock * 1e3, 2),
            "a second": round(len(self.clock) / sum(self.clock), 1),
            "a second of cpu": round(1 / cpu, 1),
            "questions": self.questions,
            "kB": round(self.size / 1e3, 1),
            "status": self.status.split()[0],
        }


def rows(turns: int, only: str) -> list[dict[str, Any]]:
    """Ask every page so many times."""
    in_memory.WORK.ready()
    titles.warm_up()
    laid.warm_up()
    roles = {role: people_of(role) for role in PAGES}
    jar = {one.user_id: _signed_in(one.user_id) for some in roles.values() for one in some if one.user_id}
    with override_settings(ROOT_URLCONF=__name__):
        ours = with_room(WSGIHandler())
        bare = [Page("bare", "/bare/", ours, roles["jobseeker"])]
        asked = [
            Page(role, address, ours, roles[role])
            for role, addresses in PAGES.items()
            for address in addresses
            if not only or only == role or only in address
        ]
        _ask([*bare, *asked], turns, jar)
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        alone = [Page("django", "/bare/", WSGIHandler(), [Asking(0, {})])]
        _ask(alone, turns, jar)
    return [one.row() for one in (*alone, *bare, *asked)]


def _ask(pages: Iterable[Page], turns: int, jar: Mapping[int, str]) -> None:
    pages = list(pages)
    for turn in range(WARM_UP_TURNS):
        for page in pages:
            page.ask(turn, jar)
    for page in pages:
        page.cpu, page.clock, page.database_s = [], [], 0.0
    collecting.keep_what_stands()
    for turn in range(turns):
        for page in pages:
            page.ask(turn, jar)
    for page in pages:
        page.count(jar)


def _signed_in(user_id: int) -> str:
    """Open a session as the sign-in does, with a second factor, and give its key."""
    user = User.objects.get(pk=user_id)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    mark_second_factor(session, "totp")
    session.create()
    return str(session.session_key)


def _of_the_database() -> float:
    """Give the seconds of processor that PostgreSQL's process for us has used; SQLite works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
