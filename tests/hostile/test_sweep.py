"""The sweep itself: each fault of a page is found, and a page without fault is not blamed."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.hostile import judge
from tests.hostile import page as pages
from tests.hostile.values import MARKUP, TYPED
from tests.hostile.visit import Visitor, encoded, listening
from tests.test_hostile import lost
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.hostile.faulty")]

FAULTS = [
    ("POST", "raises", "NaN", "ValueError"), ("POST", "echoes", MARKUP, "unescaped"),
    ("POST", "echoes", "\"><a href='javascript:h11()'>", "unescaped"),
    ("POST", "leads-away", "//evil.example/", "redirects to"),
    ("POST", "leads-away", "https://evil.example/", "redirects to"),
    ("POST", "tells", "amelie@example.org", "carries words"), ("POST", "tells", "soudeuse", "carries words"),
    ("POST", "bare", "1", "Content-Security-Policy"), ("POST", "broken", "1", "answers 503"),
    ("GET", "writes", "", "WroteOnGet"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "fault", "typed", "wanted"), FAULTS)
def test_a_fault_is_found(method: str, fault: str, typed: str, wanted: str) -> None:
    visitor = Visitor(Client(), signed_in=False)
    visitor.ask(method, f"/faulty/{fault}/", encoded([("typed", typed)]).encode())
    assert [one for one in visitor.wrong if wanted in one], visitor.wrong


def test_a_page_that_is_not_taken_apart_would_have_said_nothing() -> None:
    for page in (
        "<h11>", "<p OnH11='1'>", "<a href=' java&#115;cript:alert()'>",
        "<form action='java&Tab;script:1'><a href='JavaScript&colon;1'>", "<img src='data:text/html,1'>",
        "<a href='//evil&#46;example/'>", "<a href='\\\\evil.\texample\\'>", "<script>h11()</script>",
    ):  # fmt: skip
        found = pages.Page(page)
        elsewhere = [one for one in found.addresses if "evil.example" in judge.host(one)]
        assert len(judge.harmful(page)) == len(found.injected) + len(elsewhere) > 0


def test_what_was_typed_is_known_however_it_is_written_and_a_drawn_token_is_not() -> None:
    for line in (MARKUP, quote(MARKUP), "?next=//evil.example/h11", "javascript:h11()", "h11=1"):
        assert judge.TYPED.search(line)
    assert not judge.TYPED.search("/interviews/seat/2-hOjQq7QZt_Oq9tOH11TzoT/try/")


def test_a_page_without_fault_is_not_blamed_unless_who_is_signed_in_keeps_it() -> None:
    visitor = Visitor(Client(), signed_in=False)
    visitor.ask("POST", "/faulty/none/", encoded([("typed", "1")]).encode())
    assert not visitor.wrong
    visitor = Visitor(Client(), signed_in=True)
    visitor.ask("GET", "/faulty/none/")
    assert [one for one in visitor.wrong if "Cache-Control" in one]


def test_words_in_a_log_and_those_that_a_refused_page_forgets_are_found() -> None:
    with listening() as heard:
        Visitor(Client(), signed_in=False).ask("POST", "/faulty/logs/", b"typed=soudeuse")
    assert heard.telling()
    visitor, field = Visitor(Client(), signed_in=False), pages.Field("typed", "text")
    kept = visitor.ask("POST", "/faulty/none/", b"typed=soudeuse")
    forgotten = visitor.ask("POST", "/faulty/forgets/", b"typed=soudeuse")
    assert not lost(kept, field, {"typed": ["soudeuse"]}, "here")
    assert lost(forgotten, field, {"typed": ["soudeuse"]}, "here")


def test_a_visit_leaves_nothing_behind() -> None:
    User.objects.create(name="Camille", language="fr")
    visitor = Visitor(Client(), signed_in=False)
    visitor.ask("POST", "/faulty/writes/", b"typed=1")
    assert User.objects.get().language == "fr" and not visitor.wrong


def test_every_value_is_sent_as_bytes_that_a_server_may_get() -> None:
    body = encoded(list(TYPED.items()))
    assert body.isascii() and "%ED%A0%80" in body
    assert "%00" in body
