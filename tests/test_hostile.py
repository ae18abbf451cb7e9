"""Everything that the site is asked by somebody who wishes it ill, or who only mistypes.

Drawn addresses of each app are swept with a sample of the values; WHOLE=yes sends every value to every address.
HOSTILE_PERSONAS=3 sends as three people of each row.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests import personas, standing
from tests.access.row import Row
from tests.hostile import judge
from tests.hostile import page as pages
from tests.hostile.values import IN_ADDRESS, MANY, TYPED
from tests.hostile.visit import Listener, Pairs, Visitor, encoded, listening, sampled
from tests.personas import PERSONAS, Town
from tests.sweeps import WHOLE, few
from tests.test_access import address, rows
from visavis.jobseekers import questions as profile_questions
from visavis.jobseekers.models import Jobseeker
from visavis.matches.making import runs
from visavis.matches.models import Match, Run
from visavis.operations.models import beat
from visavis.vacancies import questions as vacancy_questions

KINDS, IN_QUERY = list(MANY), list(IN_ADDRESS)
VALUES_A_FIELD = len(MANY) if WHOLE else 1
VALUES_A_QUERY = len(IN_ADDRESS) if WHOLE else 1
WAYS = METHODS = 99 if WHOLE else 2
PERSONAS_A_ROW = int(os.environ.get("HOSTILE_PERSONAS", "1"))

# Every parameter that a view reads from an address; those of a group are asked together, at full size each alone.
PARAMETERS = (("page", "q", "show"), ("said", "next", "go"), ("reason", "sort", "state", "h11"))
ELSEWHERE = ["elsewhere", "elsewhere_slashes", "elsewhere_whole", "script_address"]
BENIGN = {"date": "2027-03-01", "number": "2", "email": "camille@example.net", "tel": "06 39 98 00 00"}
WRONG_METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW"]


def different() -> list[Row]:
    """Keep one row of each address; its persona opens it with GET if anybody does."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted([*rows(), *questions()], key=lambda row: (row.method != "get", not row.allowed)):
        found.setdefault((row.name, str(sorted(row.arguments.items()))), row)
    return list(found.values())


def questions() -> list[Row]:
    """Give every question a row, where the table of who may open what needs one of them only."""
    profile = [question.slug for question in profile_questions.QUESTIONS]
    return [
        replace(row, arguments=row.arguments | {"question": slug})
        for row in rows()
        if row.method == "get" and row.allowed and "question" in row.arguments
        for slug in (vacancy_questions.QUESTIONS if row.name.startswith("vacancies") else profile)
    ]


def named(row: Row) -> str:
    return " ".join([row.name, *(str(value) for value in row.arguments.values())])


def fail_if(wrong: list[str]) -> None:
    """Say everything that was wrong, not the first line of it."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def crowd() -> Town:
    """Build the town with something on every list, so that every page has something to show."""
    town = personas.build()
    Jobseeker.objects.update(answered=["wanted"])
    town.job, town.wish, town.feed_run  # noqa: B018  (asking for them makes them)
    runs.work_on(Run.objects.create(scope=Run.Scope.EVERYBODY).pk)
    return town


@pytest.fixture(scope="session")
def kept_crowd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    with django_db_blocker.unblock():
        return standing.keep(crowd)


@pytest.fixture
def crowded(kept_crowd: bytes, db: None) -> Town:
    # Without a worker seen just now, /health/ready rightly answers 503.
    beat("worker")
    return standing.put_up(kept_crowd, crowd)


@pytest.mark.parametrize("side", Match.Whose)
def test_the_crowd_that_is_put_up_has_the_lists_that_were_worked_out(
    side: Match.Whose, crowded: Town
) -> None:
    def lists() -> list[tuple[object, ...]]:
        rows = Match.objects.filter(side=side).order_by("jobseeker", "vacancy")
        return [(one.jobseeker_id, one.vacancy_id, one.score, one.reasons) for one in rows]

    found = lists()
    runs.work_on(Run.objects.create(scope=Run.Scope.EVERYBODY).pk)
    assert found and found == lists()


@pytest.fixture
def heard() -> Iterator[Listener]:
    """Nothing of a person, and nothing that was typed, may stand in a log."""
    with listening() as listener:
        yield listener
    assert not listener.telling()


def visitors(row: Row, town: Town) -> list[Visitor]:
    """Return the browsers of the personas who may open the address."""
    may = [name for name in PERSONAS if name in row.allowed] or ["bruno"]
    chosen = sampled(may, PERSONAS_A_ROW, named(row))
    return [
        Visitor(town.client(name), signed_in=name != "visitor" and row.name != "account_logout")
        for name in chosen
    ]


def forms_of(visitor: Visitor, url: str, row: Row) -> list[pages.Form]:
    """Return the forms that go to this address: those of its page, else those of the account's page."""
    known = pages.Form("post", url, {name: pages.Field(name, "text", [row.data[name]]) for name in row.data})
    found = [known]
    for page in (url, reverse("people:account")):
        response = visitor.ask("GET", page)
        if response is not None and response.headers.get("Content-Type", "").startswith("text/html"):
            found += [form for form in pages.Page(judge.written(response)).forms if leads_to(form, page, url)]
        if len(found) > 1:
            break
    return found


def leads_to(form: pages.Form, page: str, url: str) -> bool:
    """Say whether a form of a page is sent to an address by POST."""
    return form.method == "post" and urlsplit(form.action or page).path == urlsplit(url).path


def filled(form: pages.Form) -> dict[str, list[str | bytes]]:
    """Return what a person would send: what the page held, and something plain in what was empty."""
    return {
        name: [value or BENIGN.get(field.kind, "soudeuse") for value in field.values]
        if field.kind not in {"hidden", "select", "button"}
        else list(field.values)
        for name, field in form.fields.items()
    }


def pairs(data: dict[str, list[str | bytes]]) -> Pairs:
    return [(name, value) for name, values in data.items() for value in values]


@pytest.mark.parametrize("row", few("fields", different()), ids=named)
def test_no_value_typed_in_a_field_breaks_a_page(row: Row, crowded: Town, heard: Listener) -> None:
    url = address(row, crowded)
    wrong: list[str] = []
    for visitor in visitors(row, crowded):
        for form in forms_of(visitor, url, row):
            target = form.action if form.action.startswith("/") else url
            plain = filled(form)
            visitor.ask("POST", target, encoded(pairs(plain)).encode())
            for name, field in form.fields.items():
                for kind in sampled(KINDS, VALUES_A_FIELD, target + name):
                    data = plain | {name: list(MANY[kind])}
                    answer = visitor.ask("POST", target, encoded(pairs(data)).encode())
                    wrong += lost(answer, field, data, f"{target} {name}={kind}")
            everything = {name: [TYPED["markup"]] for name in form.fields if name != "next"}
            visitor.ask("POST", target, encoded(pairs(everything)).encode())
        wrong += visitor.wrong
    fail_if(wrong)


KEPT_KINDS = {"text", "textarea", "search", "email", "tel", "number", "date", "url"}


def lost(answer: object, field: pages.Field, data: dict[str, list[str | bytes]], where: str) -> list[str]:
    """Say when a refused page does not give back what was typed in the field."""
    typed = data[field.name]
    if getattr(answer, "status_code", 0) not in {200, 409} or field.kind not in KEPT_KINDS or len(typed) != 1:
        return []
    if not answer.headers.get("Content-Type", "").startswith("text/html"):  # type: ignore[attr-defined]
        # What a script sends by itself gets no page back.
        return []
    value = typed[0]
    if not isinstance(value, str) or pages.Page(judge.written(answer)).holds(value):  # type: ignore[attr-defined]
        return []
    return [f"{where}: what was typed is lost"]


@pytest.mark.parametrize("row", few("queries", different()), ids=named)
def test_no_address_breaks_a_page_or_leads_elsewhere(row: Row, crowded: Town, heard: Listener) -> None:
    url = urlsplit(address(row, crowded)).path
    wrong: list[str] = []
    for visitor in visitors(row, crowded):
        for names in PARAMETERS if not WHOLE else [(name,) for group in PARAMETERS for name in group]:
            values = [sampled(IN_QUERY, VALUES_A_QUERY, url + name) for name in names]
            for kinds in zip(*values, strict=True):
                query = encoded([(name, IN_ADDRESS[kind]) for name, kind in zip(names, kinds, strict=True)])
                visitor.ask("GET", f"{url}?{query}")
        visitor.ask("GET", f"{url}?{encoded([('next', '//evil.example/h11'), ('go', 'answers')])}")
        for kind in sampled(ELSEWHERE, WAYS, url):
            where = encoded([("next", IN_ADDRESS[kind])])
            visitor.ask("POST", f"{url}?{where}", where.encode())
        wrong += visitor.wrong
    fail_if(wrong)


@pytest.mark.parametrize("row", few("ways", different()), ids=named)
def test_no_way_of_asking_breaks_a_page(row: Row, crowded: Town, heard: Listener) -> None:
    url = address(row, crowded)
    visitor = visitors(row, crowded)[0]
    for method in sampled(WRONG_METHODS, METHODS, url):
        answer = visitor.ask(method, url, b"a=1")
        if answer is not None and method not in {"HEAD", "OPTIONS"}:
            # 412: what takes files in parts asks for the header of its protocol.
            assert answer.status_code in {302, 400, 401, 403, 404, 405, 412}, (
                f"{method} {url}: {answer.status_code}"
            )
    for kind in sampled(list(BODIES), WAYS, url):
        visitor.ask("POST", url, BODIES[kind], kind.split("#")[0])
    for extra in sampled(HEADERS, WAYS, url):
        visitor.ask("GET", url, **extra)
    fail_if(visitor.wrong)


BODIES = {
    "application/json": b'{"a": ',
    "multipart/form-data": b"no boundary",
    "multipart/form-data; boundary=h": b'--h\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut',
    "multipart/form-data; boundary=h#2": b'--h\r\nContent-Disposition: form-data; name="text"; filename="\x00"'
    b"\r\nContent-Type: \xff\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--h--\r\n",
    "multipart/form-data; boundary=\u00e9": b"--",
    "application/x-www-form-urlencoded; charset=utf-16": b"a=\xff",
    "application/x-www-form-urlencoded; charset=h11": b"a=1",
    "application/x-www-form-urlencoded#big": b"a=" + b"x" * 3_000_000,
    "application/x-www-form-urlencoded#many": b"&".join(b"a=1" for _ in range(2_500)),
    "application/x-www-form-urlencoded#broken": b"%=%&&=%zz&%00=%00&csrfmiddlewaretoken=%00",
    "\xff/\x00": b"\x00",
    "": b"",
}
HEADERS: list[dict[str, str]] = [
    {"HTTP_ACCEPT_LANGUAGE": "x" * 20_000},
    {"HTTP_ACCEPT_LANGUAGE": "fr;q=nan, \x00, */*, zz-\xff;q=1e400"},
    {"HTTP_COOKIE": "sessionid=\xff\x00; django_language=../../h11; csrftoken=<h11>; =;;;"},
    {"HTTP_COOKIE": "sessionid=" + "a" * 8_000},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "testserver@evil.example"},
    {"HTTP_X_FORWARDED_FOR": "not an address, \x00"},
    {"HTTP_REFERER": "javascript:h11()"},
    {"HTTP_ACCEPT": "application/h11", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=nan, br"},
    {"HTTP_RANGE": "bytes=-1", "HTTP_IF_MODIFIED_SINCE": "29 Feb 2027", "HTTP_IF_NONE_MATCH": "\xff"},
]
