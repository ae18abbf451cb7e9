"""What is hers alone, through a program: each act by a scope of its own, stamped with the key, and told to her."""

import html
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.api.conftest import MakeProgram, stamped
from tests.personas import Town
from visavis.api import grave
from visavis.api.models import Token
from visavis.api.scopes import Scope, grantable
from visavis.consents.models import Consent
from visavis.leaving.models import Closing
from visavis.mandates import services as mandates
from visavis.mandates.enums import State, Way
from visavis.mandates.models import Mandate
from visavis.people.models import User

REACH, MANDATES, CONSENTS = "/account/reach", "/account/mandates", "/account/consents"
INTERESTS = f"{CONSENTS}/interests"


def told() -> list[list[str]]:
    """Return whom a message told that a program did something grave; that a token was made is told by another."""
    return [one.to for one in mail.outbox if "programme" in one.subject]


def again(town: Town) -> User:
    return User.objects.get(pk=town.people["amelie"].pk)


def test_she_changes_how_she_is_reached_is_told_and_what_cannot_reach_her_is_refused(
    town: Town, program: MakeProgram
) -> None:
    amelie = program("amelie")
    assert amelie.put(REACH, {"name": "Autre", "channel": "post"}).status_code == 409
    assert amelie.put(REACH, {"email": "autre@example.org"}).status_code == 422, "no way in changes here"
    assert again(town).name == town.people["amelie"].name and not told()
    said = {"name": "Amélie Roche", "channel": "post", "postal_address": "3 rue Haute\n26000 Valence"}
    changed = amelie.put(REACH, said)
    assert changed.status_code == 200 and changed.json()["name"] == "Amélie Roche"
    assert (again(town).channel, again(town).postal_address) == ("post", said["postal_address"])
    assert amelie.get(REACH).json()["email_page"].endswith(reverse("people:email"))
    assert told() == [[town.people["amelie"].email]]
    assert stamped(town, "account")
    page = html.unescape(town.client("amelie").get(reverse("people:readings")).content.decode())
    assert f"Un de vos programmes, avec la clé {Token.objects.get().pk}" in page


def test_she_gives_a_mandate_and_nobody_elses_program_ends_it(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    offered = amelie.post(MANDATES, {"errands": ["read-appointments"], "days": 1})
    assert offered.status_code == 201 and offered.json()["code"]
    row = mandates.take(code=offered.json()["code"], helper=town.people["ines"])
    assert [one["helper"] for one in amelie.get(MANDATES).json()["items"]] == [town.people["ines"].name]
    gael = program("gael")
    assert gael.post(f"{MANDATES}/{row.pk}/end").status_code == 404
    assert gael.get(MANDATES).json()["items"] == []
    assert Mandate.objects.get().state == State.GIVEN
    assert amelie.post(f"{MANDATES}/{row.pk}/end").json()["state"] == "revoked"
    steps = Mandate.objects.get().steps.filter(by=town.people["amelie"])
    assert {one.way for one in steps} == {Way.PROGRAM} and stamped(town, "mandate")


def test_she_says_yes_to_the_words_that_she_read_and_takes_it_back(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    (read,) = (one for one in amelie.get(CONSENTS).json()["items"] if one["purpose"] == "interests")
    assert read["standing"] is None
    assert amelie.post(INTERESTS, {"words_sha256": "0" * 64}).json()["type"].endswith("#stale")
    assert not Consent.objects.exists()
    assert amelie.post(INTERESTS, {"words_sha256": read["words_sha256"]}).status_code == 200
    row = Consent.objects.get()
    assert (row.words, row.how, row.language) == (read["words"], Consent.How.PROGRAM, "en")
    (back,) = amelie.delete(INTERESTS).json()["items"]
    assert back["standing"] is None and Consent.objects.get().end == Consent.End.WITHDRAWN
    assert stamped(town, "consent")
    # The words in another language have another mark.
    french = program("amelie")
    french.language = "fr"
    assert french.post(INTERESTS, {"words_sha256": read["words_sha256"]}).status_code == 409


def test_all_that_is_kept_is_taken_away(town: Town, program: MakeProgram) -> None:
    taken = program("amelie").post("/account/data")
    assert taken["Content-Type"] == "application/zip" and taken["Cache-Control"] == "no-store"
    with zipfile.ZipFile(BytesIO(taken.getvalue())) as archive:
        rows = json.loads(archive.read("data.json"))
    assert town.people["amelie"].email in json.dumps(rows)
    assert town.people["gael"].email not in json.dumps(rows)
    assert stamped(town, "data-out") and len(told()) == 1


def test_closing_asks_for_what_was_read_and_is_undone_for_thirty_days(
    town: Town, program: MakeProgram, django_capture_on_commit_callbacks: Any
) -> None:
    amelie = program("amelie")
    read = amelie.get("/account/closing").json()
    assert read["days"] == 30
    assert amelie.post("/account/close", {"version": "x"}).json()["type"].endswith("#stale")
    assert not Closing.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        closed = amelie.post("/account/close", {"version": read["version"]})
    assert closed.status_code == 200 and not again(town).is_active
    assert amelie.get("/me").status_code == 401 and not Token.objects.working().exists()
    assert stamped(town, "account") and len(told()) == 1
    page = closed.json()["reopen_page"]
    assert Client().post(page[page.index("/account/") :]).status_code == 302 and again(town).is_active


@pytest.mark.parametrize(
    ("method", "path", "body", "scope"),
    [
        ("put", REACH, {"name": "x"}, Scope.REACH_WRITE),
        ("post", MANDATES, {"errands": ["search"]}, Scope.MANDATES_WRITE),
        ("post", f"{MANDATES}/1/end", None, Scope.MANDATES_WRITE),
        ("post", INTERESTS, {"words_sha256": "0" * 64}, Scope.CONSENTS_WRITE),
        ("delete", INTERESTS, None, Scope.CONSENTS_WRITE),
        ("post", "/account/data", None, Scope.DATA_READ),
        ("post", "/account/close", {"version": "x"}, Scope.ACCOUNT_CLOSE),
    ],
)
def test_each_needs_its_own_scope_and_no_other_gives_it(
    town: Town, program: MakeProgram, method: str, path: str, body: Any, scope: Scope
) -> None:
    others = [one for one in grantable(town.people["amelie"]) if one != scope]
    assert program("amelie", *others).ask(method, path, body).status_code == 403
    assert program("bruno").ask(method, path, body).status_code == 403
    assert program("chloe").ask(method, path, body).status_code == 403
    assert not told()


def test_a_program_that_does_it_very_often_waits(
    town: Town, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grave, "ACTS", grave.Share(2, 2, grave.HOUR))
    amelie = program("amelie")
    names = [amelie.put(REACH, {"name": f"Amélie {n}"}).status_code for n in range(3)]
    assert names == [200, 200, 409] and again(town).name == "Amélie 1"
