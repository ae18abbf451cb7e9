"""What holds for every address, whoever asks: no way round the token, no hint, no reading unseen, no leak."""

import runpy
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, reverse

from tests.access.row import STAFF, Row
from tests.hostile.values import IN_ADDRESS
from tests.hostile.visit import Visitor, sampled
from tests.personas import PERSONAS, Town
from tests.sweeps import WHOLE, few
from tests.test_access import address, numbers, rows
from tests.test_hostile import different, fail_if, named
from visavis.config import environment
from visavis.journal.models import Entry

NOBODY = 987_654_321


@pytest.mark.parametrize("row", few("tokens", different()), ids=named)
def test_nothing_is_sent_without_the_token(row: Row, town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    allowed = sorted(row.allowed - {"visitor"}) or ["bruno"]
    client.cookies = town.client(allowed[0]).cookies
    for data in ({}, {"csrfmiddlewaretoken": "a" * 64}):
        answer = client.post(address(row, town), data)
        assert answer.status_code in refusals(row)
        assert "csrf" not in answer.headers.get("Location", "")


def refusals(row: Row) -> set[int]:
    """Return how an address refuses; those for programs know no session, so there is none to abuse."""
    for_people = ("token" in row.name, "docs" in row.name, row.name == "api:errors")
    is_for_programs = row.name.startswith("api:") and not any(for_people)
    if row.name == "traces:reports":
        # Nobody is signed in there, whoever asks: its own permit lets a report in.
        return {400}
    if row.name in {"mailboxes:text", "mailboxes:text_state"}:
        # Nobody is signed in there, whoever asks: the provider's token lets a message and its state in.
        return {404}
    if row.name == "searches:stop":
        # Its signed address is the proof, whoever sends the form: a mail program does, without a cookie (RFC 8058).
        return {404} if "forged" in str(row.arguments) else {200}
    if row.name == "api:report_vacancy":
        # Whoever reports an ad need not be signed in, and no session is read: a form is no JSON.
        return {415}
    return {401, 404, 405} if is_for_programs else {403}


def some_outside(row: Row) -> list[str]:
    """Return who may not see it: in short three of them, others at each address."""
    outside = sorted(set(PERSONAS) - row.allowed - {"visitor"})
    return outside if WHOLE else sampled(outside, 3, named(row))


def things(row: Row) -> list[str]:
    """Return the arguments that are things of the town."""
    return [name for name, value in row.arguments.items() if value in OF_THE_TOWN]


OF_THE_TOWN = {*Town.__dataclass_fields__, *dir(Town)}
HIDDEN = [row for row in rows() if row.method == "get" and things(row)]


@pytest.mark.parametrize("row", few("hidden", HIDDEN), ids=named)
def test_what_one_may_not_see_looks_like_what_does_not_exist(row: Row, town: Town) -> None:
    url = address(row, town)
    for name in things(row):
        none = reverse(row.name, kwargs=numbers(row, town) | {name: NOBODY})
        for persona in some_outside(row):
            client = town.client(persona)
            refused, missing = client.get(url), client.get(none)
            assert refused.status_code == missing.status_code == 404, persona
            assert refused.content == missing.content, persona
            # Each request has a number of its own, drawn anew.
            for answer in (refused, missing):
                del answer.headers["X-Request-ID"]
            assert refused.headers == missing.headers, persona


ABOUT_HER = [
    row for row in rows() if row.arguments.get("jobseeker_id") == "jobseeker" and row.method == "get"
]


@pytest.mark.parametrize("row", ABOUT_HER, ids=named)
def test_nobody_of_the_service_reads_about_a_person_unseen(row: Row, town: Town) -> None:
    url, her = address(row, town), town.people["amelie"].pk
    for persona in sorted(row.allowed & STAFF):
        before = Entry.objects.about(her).count()
        answer = town.client(persona).get(url)
        if answer.status_code == 200:
            last = Entry.objects.about(her).order_by("-pk").first()
            assert Entry.objects.about(her).count() > before, f"{persona} read {url} unseen"
            assert last is not None and last.actor_id == town.people[persona].pk


def test_every_address_about_a_person_is_among_those_swept() -> None:
    about = {name for name, taken in arguments(get_resolver()) if "jobseeker_id" in taken}
    assert about == {row.name for row in rows() if row.arguments.get("jobseeker_id") == "jobseeker"}


def arguments(resolver: URLResolver, prefix: str = "") -> list[tuple[str, set[str]]]:
    """Return every address with the names of its arguments."""
    found: list[tuple[str, set[str]]] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += arguments(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            found.append((f"{prefix}{pattern.name}", set(pattern.pattern.converters)))
    return found


ARGUED = [
    row for row in different() if row.arguments and row.arguments.get("question", "pay") in {"pay", "work"}
]


@pytest.mark.parametrize("row", few("arguments", ARGUED), ids=named)
def test_no_argument_of_an_address_breaks_a_page(row: Row, town: Town) -> None:
    allowed = sorted(row.allowed) or ["bruno"]
    visitor = Visitor(town.client(allowed[0]), signed_in=False)
    marks = {name: f"{n}{NOBODY}" for n, name in enumerate(row.arguments, start=1)}
    plain = numbers(row, town)
    for name, mark in marks.items():
        url = reverse(row.name, kwargs=plain | {name: mark})
        for kind in ["nul", *sampled(list(IN_ADDRESS), 99 if WHOLE else 1, url)]:
            hostile = url.replace(mark, quote(IN_ADDRESS[kind], safe=""))
            answer = visitor.ask("GET", hostile)
            assert answer is None or answer.status_code in {302, 400, 401, 404, 405, 422}, hostile
            visitor.ask("POST", hostile)
    fail_if(visitor.wrong)


def test_over_tls_no_cookie_travels_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_URL", "https://visavis.example")
    monkeypatch.setenv("VISAVIS_DEMO", "no")
    found = runpy.run_path(str(environment.__file__).replace("environment", "settings"))
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"):
        assert found[name] is True, name
    assert found["SESSION_COOKIE_HTTPONLY"] is True and found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    names = [found[f"{one}_COOKIE_NAME"] for one in ("SESSION", "CSRF", "LANGUAGE")]
    assert all(name.startswith("__Host-") for name in names)
    assert found["CSRF_COOKIE_HTTPONLY"] is True and found["DEBUG"] is False


def test_every_answer_has_the_headers_that_browsers_obey_and_none_answers_to_trace(town: Town) -> None:
    for persona, url in (
        ("visitor", "/"), ("amelie", "/account/"), ("visitor", "/nothing-here/"), ("visitor", "/robots.txt"),
    ):  # fmt: skip
        answer = town.client(persona).get(url)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", url
        assert answer.headers["Referrer-Policy"] == "same-origin", url
        policy = answer.headers["Content-Security-Policy"]
        wanted = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        assert all(one in policy for one in wanted), policy
        assert "unsafe" not in policy and "http" not in policy
        assert "charset=utf-8" in answer.headers["Content-Type"], url
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert "no-store" in town.client("amelie").get("/account/").headers["Cache-Control"]
    for url in ("/", "/home/", "/jobs/", "/account/"):
        assert town.client("amelie").trace(url).status_code in {302, 405}, url


def test_the_session_s_cookie_is_out_of_reach_of_scripts_and_of_other_sites(town: Town) -> None:
    with override_settings(SESSION_COOKIE_SECURE=True):
        client = Client()
        client.get(reverse("demo:as", args=["jobseeker"]))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] is True and cookie["secure"] is True
    assert cookie["samesite"] in {"Lax", "Strict"}
