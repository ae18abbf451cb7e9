"""What the script of a room asks and says: by its own link only, in order, once, and of a size."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from tests.interviews.making import both_in, heard, say, seat, url
from tests.personas import Town
from visavis.interviews import seating, services, throttle
from visavis.interviews.models import Interview

HELLO = {"to": 2, "t": 1, "k": "offer", "d": "c2VhbGVk"}


def test_what_one_says_the_other_hears_once_and_in_order(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    bruno = town.client("bruno")
    ice = {"to": 2, "k": "ice", "d": "eA=="}
    assert say(bruno, host, HELLO, ice).json() == {"told": 2}
    # The answer was lost: the page sends it again, with what came meanwhile.
    assert say(bruno, host, HELLO, ice, ice).status_code == 200
    assert [row["k"] for row in heard(hers.ear)] == ["offer", "ice", "ice"]
    assert heard(hers.ear)[0] == {"k": "offer", "f": 1, "c": host.connection, "d": HELLO["d"]}
    assert not heard(host.ear)
    assert say(Client(), hers, {"to": 1, "k": "offer", "d": ""}).status_code == 400
    assert say(Client(), hers, {"to": 1, "k": "ask", "d": ""}).status_code == 200
    ice = {"to": 1, "k": "ice", "d": "eA=="}
    say(Client(), hers, ice, number=2)
    with CaptureQueriesContext(connection) as one:
        say(Client(), hers, ice, number=3)
    with CaptureQueriesContext(connection) as many:
        say(Client(), hers, *[ice] * 20, number=4)
    assert len(one) == len(many) == 3


def test_who_waits_and_who_was_put_out_says_and_learns_nothing(room: Interview, town: Town) -> None:
    services.arrive(seat=seat(room, 1), by=town.people["bruno"])
    hers = services.arrive(seat=seat(room, 2), by=None)
    assert say(Client(), hers, {"to": 1, "k": "ask", "d": ""}).status_code == 410
    waiting = Client().post(url("connect", hers)).json()
    assert waiting["others"] == [] and "key" not in waiting
    services.admit(seat=hers, by=town.people["bruno"])
    inside = Client().post(url("connect", hers)).json()
    assert inside["others"][0]["name"] == "Bruno" or inside["others"][0]["n"] == 1
    assert inside["key"] == seating.key_of(room.pk, room.appointment.uid)
    services.put_out(seat=hers, by=town.people["bruno"])
    for name in ("connect", "sign", "post"):
        body = {"c": 1, "n": 1, "m": [{"to": 1, "t": 1, "k": "ask", "d": ""}]} if name == "post" else {"c": 1}
        kind = {"content_type": "application/json"} if name == "post" else {}
        assert Client().post(url(name, hers), json.dumps(body) if kind else body, **kind).status_code == 410
    outside = Client().get(url("state", hers)).json()
    assert outside["in"] is False and outside["others"] == []
    assert "demandé de quitter" in Client(headers={"accept-language": "fr"}).get(url("seat", hers)).text


def test_a_former_page_learns_that_another_counts_and_hears_nothing(room: Interview, town: Town) -> None:
    host, before = both_in(room, town)
    hers = services.connect(seat=before)
    assert say(Client(), before, {"to": 1, "k": "ask", "d": ""}).status_code == 412
    assert Client().post(url("sign", before), {"c": before.connection}).status_code == 412
    assert not heard(host.ear)
    bruno = town.client("bruno")
    # The offer to her first page comes when her second one sits there; an answer of it would fit no other offer.
    assert say(bruno, host, HELLO | {"t": before.connection}).json() == {"told": 0}
    assert not heard(hers.ear) and not heard(before.ear)
    assert say(bruno, host, HELLO | {"t": hers.connection}, number=2).json() == {"told": 1}
    assert [row["k"] for row in heard(hers.ear)] == ["offer"]
    # The same the other way round: her answer to a page of his that is gone.
    again = services.connect(seat=host)
    ask = {"to": 1, "k": "ask", "d": ""}
    assert say(Client(), hers, ask | {"t": host.connection}).json() == {"told": 0}
    assert say(Client(), hers, ask | {"t": again.connection}, number=2).json() == {"told": 1}


def test_what_no_page_of_ours_sends_is_refused(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    bruno = town.client("bruno")
    for body in (
        "", "[]", "[" * 5_000, json.dumps({"c": 1, "n": 1, "m": []}),
        json.dumps({"c": True, "n": 1, "m": [HELLO]}), json.dumps({"c": 1, "n": -1, "m": [HELLO]}),
        json.dumps({"c": 1, "n": 1, "m": [HELLO] * 31}),
        json.dumps({"c": 1, "n": 1, "m": [HELLO | {"k": "admit"}]}),
        json.dumps({"c": 1, "n": 1, "m": [HELLO | {"t": "1"}]}),
        json.dumps({"c": 1, "n": 1, "m": [{"to": 2, "k": "offer", "d": ""}]}),
        json.dumps({"c": 1, "n": 1, "m": [HELLO | {"d": "<b>"}]}),
        json.dumps({"c": 1, "n": 1, "m": [HELLO | {"d": "A" * 24_001}]}),
    ):  # fmt: skip
        answer = bruno.post(url("post", host), body, content_type="application/json")
        assert answer.status_code == 400 and not heard(hers.ear)
    large = bruno.post(url("post", host), "x" * 96_001, content_type="application/json")
    assert large.status_code == 413


def test_the_link_of_another_interview_opens_nothing_here(room: Interview, town: Town) -> None:
    host, hers = both_in(room, town)
    number, _dash, signs = hers.code.partition("-")
    for code in (f"{host.pk}-{signs}", f"{number}-{'A' * 22}", number, f"{number}-", "x-y"):
        for name in ("seat/{}/", "seat/{}/state/"):
            assert Client().get("/interviews/" + name.format(code)).status_code == 404
    # The link of the counsellor's seat is not enough: he signs in, and may receive.
    for who in ("visitor", "amelie", "dario", "rosa"):
        assert town.client(who).get(url("seat", host)).status_code == 404


def test_a_seat_that_floods_is_held_back_alone_and_for_a_minute(
    room: Interview, town: Town, clock: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(throttle, "MOST_POSTS", 3)
    host, hers = both_in(room, town)
    ice = {"to": 1, "k": "ice", "d": "eA=="}
    said = [say(Client(), hers, ice, number=number).status_code for number in range(5)]
    assert said == [200, 200, 200, 429, 429] and len(heard(host.ear)) == 3
    assert say(town.client("bruno"), host, HELLO).json() == {"told": 1}
    clock.shift(throttle.POSTS_S)
    assert say(Client(), hers, ice, number=3).json() == {"told": 1}
