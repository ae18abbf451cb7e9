"""While the database does not answer: a page that says so in both languages, and what programs read in its place."""

import logging
import sqlite3
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from tests.api.conftest import MakeProgram, Program, program
from tests.api.test_problems import check
from tests.personas import Town
from tests.ui.html import elements
from visavis.common import away

__all__ = ["program"]
pytestmark = pytest.mark.django_db


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


GONE = caused(OperationalError("lost"), psycopg.OperationalError("the connection is lost"))


def refuse(error: Exception) -> Any:
    """Let nothing through to the database; count what was tried."""

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        wrapper.asked += 1  # type: ignore[attr-defined]
        raise error

    wrapper.asked = 0  # type: ignore[attr-defined]
    return wrapper


@pytest.fixture(autouse=True)
def fresh_latch(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(away, "LATCH", away.Latch())
    yield


def of(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", ["/", "/jobs/", "/caseload/", "/account/", "/nothing/here/", "/sitemap.xml"])
def test_a_page_says_it_in_both_languages_and_asks_nothing_more(town: Town, path: str) -> None:
    client = of(town.client("chloe"))
    nothing = refuse(GONE)
    with connection.execute_wrapper(nothing):
        answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    text = answer.content.decode()
    assert {section["lang"] for section in elements(text, "section")} == {"fr", "en"}
    assert f'href="{path}"' in text and len(answer.content) < 14_000
    # What failed once is not asked again by each of the layers around: a pool would make each wait.
    assert nothing.asked == 1


def test_what_goes_away_while_the_session_is_kept_is_away_and_no_bad_request(client: Client) -> None:
    """Django takes any failure there for a session that somebody ended, and answers 400."""

    def refuse_sessions(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and "people_session" in sql:
            raise GONE
        return execute(sql, *rest)

    of(client)
    assert client.post("/account/sign-in/", {"address": "first@example.org"}).status_code == 302
    with connection.execute_wrapper(refuse_sessions):
        for address in ("second@example.org", "third@example.org"):
            answer = client.post("/account/sign-in/", {"address": address})
            assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_what_was_sent_is_not_sent_again_by_a_link(town: Town) -> None:
    client = of(town.client("amelie"))
    with connection.execute_wrapper(refuse(GONE)):
        text = client.post("/account/").content.decode()
    assert "/account/" not in text and "Did you just send something?" in text


def test_a_program_reads_a_problem(town: Town, program: MakeProgram) -> None:
    asking: Program = program("chloe")
    of(asking.client)
    with connection.execute_wrapper(refuse(GONE)):
        answer = asking.get("/profile")
    check(answer, 503, "away")
    assert answer["Retry-After"] == "10"


def test_health_needs_no_database_and_the_latch_sends_away_before_anything_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.execute_wrapper(refuse(GONE)):
        assert client.get("/health/live").status_code == 200
        assert client.get("/health/ready").json()["database"] == "wrong"
    monkeypatch.setattr(away.LATCH, "may_try", lambda: False)
    nothing = refuse(GONE)
    with connection.execute_wrapper(nothing):
        assert client.get("/").status_code == client.get("/api/v1/vacancies").status_code == 503
    assert nothing.asked == 0


def of_sqlite(name: str) -> Exception:
    found = sqlite3.OperationalError(name)
    found.sqlite_errorname = name
    return caused(OperationalError(name), found)


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (GONE, True),
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), True),
        (caused(OperationalError(), psycopg.errors.LockNotAvailable()), True),
        (caused(OperationalError(), psycopg.errors.QueryCanceled()), True),
        (caused(OperationalError(), psycopg.errors.TooManyConnections()), True),
        (of_sqlite("SQLITE_BUSY"), True),
        (of_sqlite("SQLITE_IOERR_WRITE"), True),
        (of_sqlite("SQLITE_ERROR"), False),
        (ValueError(), False),
        (caused(RuntimeError(), GONE), True),
    ],
    ids=lambda value: type(value.__cause__ or value).__name__ if isinstance(value, Exception) else "",
)
def test_only_what_passes_by_itself_is_away(error: Exception, is_away: bool) -> None:
    assert away.is_away(error) is is_away


def test_a_fault_of_ours_is_said_as_one(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.CRITICAL, "django.request"),
        connection.execute_wrapper(refuse(ValueError())),
    ):
        assert of(client).get("/jobs/").status_code == 500


def test_one_tries_while_it_is_gone_and_the_others_hear_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    latch, now = away.Latch(), [100.0]
    monkeypatch.setattr(away.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(away, "connection", SimpleNamespace(connection=None))
    assert latch.may_try() and latch.may_try()
    latch.shut()
    assert not latch.may_try()
    now[0] += away.RESTS_S
    assert [latch.may_try() for _again in range(3)] == [True, False, False]
    latch.open()
    assert not latch.may_try(), "nobody was let in"
    monkeypatch.setattr(away, "connection", SimpleNamespace(connection=object()))
    latch.open()
    assert latch.may_try() and latch.may_try()
