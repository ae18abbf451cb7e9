"""Whatever goes wrong has one shape."""

import logging
from typing import Any

import pytest

from tests.api.conftest import ROOT, MakeProgram, Program
from tests.personas import Town
from visavis.api import problems
from visavis.api.operations import profile as operations

SHAPE = {"type", "title", "status", "detail", "errors"}


def check(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == problems.MEDIA_TYPE
    said: dict[str, Any] = answer.json()
    assert set(said) == SHAPE
    assert said["status"] == status
    assert said["type"] == f"/api/v1/docs/errors/#{code}"
    assert said["title"] and said["detail"]
    return said


def raw(
    program: Program, body: bytes, content_type: str = "application/json", path: str = "/vacancies"
) -> Any:
    headers = {"Authorization": f"Bearer {program.key}"}
    return program.client.post(f"{ROOT}{path}", data=body, content_type=content_type, headers=headers)


def test_what_is_not_json_is_400(town: Town, program: MakeProgram) -> None:
    chloe = program("chloe")
    for body in (b"{", b"nan", b"[NaN]", b'"\xff"', b"[" * 100_000):
        check(raw(chloe, body), 400, "malformed")
    for value in (b"1e999", b'"\\ud800"', b'"\\u0000"'):
        check(raw(chloe, b'{"a": ' + value + b"}"), 400, "malformed")


def test_what_cannot_be_asked_so_says_why_by_its_number_and_what_is_wrong_by_its_field(
    town: Town, program: MakeProgram
) -> None:
    check(program().get("/profile"), 401, "no-token")
    check(program().get("/nothing/here"), 404, "not-found")
    check(program().get("/vacancies/999999"), 404, "not-found")
    check(program().get("/vacancies/99999999999999999999999"), 422, "invalid")
    check(program().get("/vacancies/abc"), 404, "not-found")
    check(program().get("/vacancies/%0Aabc"), 404, "not-found")
    chloe = program("chloe")
    answer = chloe.delete("/vacancies")
    check(answer, 405, "method")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    check(raw(chloe, b'{"employer_name": "%s"}' % (b"x" * 300_000)), 413, "too-large")
    check(raw(chloe, b"a=1", "application/x-www-form-urlencoded"), 415, "not-json")
    answer = program("amelie").post("/profile/jobs", {"title": 5, "years": 99, "colour": "red"})
    found = {(one["where"], one["field"]): one["detail"] for one in check(answer, 422, "invalid")["errors"]}
    assert found == {
        ("body", "title"): "Write a text.",
        ("body", "years"): "The most is 60.",
        ("body", "colour"): "We do not know this field.",
    }
    job = {"title": "Vendeuse", "start_year": 2020, "end_year": 2010}
    (wrong,) = check(program("amelie").post("/profile/jobs", job), 422, "invalid")["errors"]
    assert wrong["field"] == "end_year"
    assert wrong["detail"] == "The end comes before the beginning. Check the two dates."


def test_answers_are_kept_by_no_cache_and_problems_told_in_the_language_asked_for_but_a_fault(
    town: Town, program: MakeProgram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = program("amelie").get("/profile")
    assert answer["Cache-Control"] == "no-store"
    assert "Authorization" in answer["Vary"]
    visitor = program()
    english = visitor.get("/profile")
    french = visitor.get("/profile", **{"Accept-Language": "de, fr-FR;q=0.8"})
    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")
    assert english.json()["title"] == "A token is needed"
    assert french.json()["title"] == "Il faut un jeton"

    def broken(_request: object) -> None:
        raise RuntimeError("Amélie Martin, 06 12 34 56 78")

    monkeypatch.setattr(operations, "own", broken)
    with caplog.at_level(logging.ERROR):
        said = check(program("amelie").get("/profile"), 500, "fault")
    assert "Amélie" not in str(said)
    assert "the service for programs failed" in caplog.text
