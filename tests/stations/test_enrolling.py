"""A device becomes a station, and is none any more; the machine's own door."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from tests.stations.conftest import Kiosk, text
from visavis.agencies.roles import NotHead
from visavis.stations import device, enrolling, entering, sittings
from visavis.stations.enums import Way
from visavis.stations.models import Rules, Sitting, Station

MINUTE = dt.timedelta(minutes=1)


def browser(host: str = "localhost", **more: Any) -> Client:
    return Client(headers={"accept-language": "fr"}, SERVER_NAME=host, **more)


def code_for(town: Town) -> str:
    return enrolling.add(agency=town.agency, name="Poste 9", by=town.people["hugo"])[1]


def enrol(one: Client, code: str) -> Any:
    return one.post(reverse("stations:machine"), json.dumps({"code": code}), "application/json")


def test_over_plain_http_a_device_is_refused_and_told_why(town: Town, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    code = code_for(town)
    plain = browser("service.example")
    answer = plain.post(reverse("stations:enrol"), {"code": code})
    assert "https" in text(answer) and device.COOKIE not in plain.cookies
    main = text(answer).split("<main")[1].split("</main>")[0]
    assert "<input" not in main.replace('<input type="hidden"', "")
    assert enrol(plain, code).status_code == 403 and not Station.objects.get(name="Poste 9").enrolled_at
    over_tls = browser("service.example")
    over_tls.post(reverse("stations:enrol"), {"code": code}, secure=True)
    assert device.COOKIE in over_tls.cookies


def new_browser_after(typed: dict[str, str]) -> Client:
    one = browser()
    one.post(reverse("stations:enrol"), typed)
    return one


def test_a_code_works_once_for_half_an_hour(kiosk: Kiosk, town: Town, clock: Any) -> None:
    kiosk.post("guest")
    town.client("hugo").post(reverse("stations:code", args=[kiosk.station.pk]))
    assert kiosk.sitting is None and "n’est pas un poste" in text(kiosk.get("start"))
    hugo = town.client("hugo")
    hugo.post(reverse("stations:enrol"), {"code": code_for(town)}, SERVER_NAME="localhost")
    assert hugo.get("/account/", SERVER_NAME="localhost").status_code == 303
    code = code_for(town)
    typed = {"code": f" {code.lower().replace('-', ' ')} "}
    assert device.COOKIE in new_browser_after(typed).cookies
    assert device.COOKIE not in new_browser_after(typed).cookies
    late = code_for(town)
    clock.shift(31 * MINUTE)
    assert device.COOKIE not in new_browser_after({"code": late}).cookies


def machine_of(town: Town) -> tuple[Client, dict[str, str], Station]:
    """Enrol a machine; return what it asks with."""
    one = browser()
    key = enrol(one, code_for(town)).json()["key"]
    return one, {"HTTP_AUTHORIZATION": f"Bearer {key}"}, Station.objects.get(name="Poste 9")


def told(one: Client, key: dict[str, str], event: str = "") -> Any:
    body = json.dumps({"event": event})
    return one.post(reverse("stations:machine"), body, content_type="application/json", **key)


def test_a_machine_lets_each_browser_in_once(town: Town, clock: Any) -> None:
    Rules.objects.create(agency=town.agency, sites="mail.example.fr\nemploi.example")
    one, key, _row = machine_of(town)
    said = told(one, key, "begin").json()
    assert said["sites"] == ["mail.example.fr", "emploi.example"] and said["sitting"] == 0
    first, second = browser(), browser()
    assert "Commencer" in text(first.get(said["enter"]))
    first.post(said["enter"])
    assert "English" in text(first.get(reverse("stations:start")))
    assert second.post(said["enter"]).status_code == 409
    # The next browser takes its place: what the one before was, is no station any more.
    second.post(told(one, key, "begin").json()["enter"])
    assert "n’est pas un poste" in text(first.get(reverse("stations:start")))
    late = told(one, key, "begin").json()["enter"]
    clock.shift(3 * MINUTE)
    assert browser().post(late).status_code == 409


def test_a_machine_hears_that_a_sitting_ended_or_that_it_is_revoked(town: Town, clock: Any) -> None:
    one, key, row = machine_of(town)
    thief = browser()
    thief.cookies[device.COOKIE] = key["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert "n’est pas un poste" in text(thief.get(reverse("stations:start"))), "its key is no browser's"
    sitting = sittings.begin(station=row, way=Way.GUEST)
    assert told(one, key).json()["sitting"] == sitting.pk
    clock.shift(3 * MINUTE)
    said = told(one, key).json()
    assert (said["sitting"], said["ended"]) == (0, sitting.pk)
    sittings.begin(station=row, way=Way.GUEST)
    told(one, key, "begin")
    assert Sitting.objects.latest("pk").end == "lost"
    enrolling.revoke(station=row, by=town.people["hugo"])
    assert told(one, key).status_code == 403
    for body in ("", "[]", "{", '{"event": {}}', "x" * 9_000):
        answer = one.post(reverse("stations:machine"), body, content_type="application/json")
        assert answer.status_code == 403


def test_only_the_head_enrols_revokes_and_makes_rules_that_name_sites(town: Town) -> None:
    with pytest.raises(NotHead):
        enrolling.add(agency=town.agency, name="x", by=town.people["rosa"])
    assert entering.is_ours("x") is False
    hugo = town.client("hugo")
    where = reverse("stations:rules", args=[town.agency.pk])
    given = {"minutes": "45", "more": "10", "pages": "5"}
    for wrong in (
        "*", "localhost", "mail example fr <script>", "http://", "a" * 300, "javascript:x", "10.0.0.1",
    ):  # fmt: skip
        hugo.post(where, {**given, "sites": wrong})
        assert not Rules.objects.exists(), wrong
    hugo.post(where, {**given, "sites": "https://Mail.Example.fr/boite?x=1\nemploi.example, mail.example.fr"})
    row = Rules.objects.get()
    assert row.hosts == ["mail.example.fr", "emploi.example"] and row.minutes == 45
