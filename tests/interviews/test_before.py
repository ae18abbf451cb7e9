"""Before the interview: the link in every message, the page of tries, and a way on for whatever does not work."""

import html
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from tests.interviews.making import both_in, seat, url
from tests.personas import Town
from visavis.appointments import calendars, rooms, telling
from visavis.interviews import services
from visavis.interviews.models import Interview
from visavis.interviews.relay import credentials
from visavis.interviews.views.before import INSTEAD
from visavis.news import services as news
from visavis.people import delivery
from visavis.people.delivery import Answers

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text


def test_the_link_stands_in_each_message_and_opens_without_an_account(room: Interview) -> None:
    link = rooms.link_of(room.appointment)
    assert link.endswith(f"/v/{seat(room, 2).code}/")
    told = telling.tell(room.appointment, telling.SOON)
    assert told is not None and telling.answers(told).link == link
    for way in ("email", "phone"):
        assert link in delivery.news_mail(way, "fr", answers=Answers(link=link)).text  # type: ignore[arg-type]
    assert link.encode() in calendars.file(room.appointment).replace(b"\r\n ", b"")
    assert any(link in one for one in telling.facts(room.appointment))
    answer = Client().get(urlsplit(link).path)
    assert answer.status_code == 302 and answer["Location"] == seat(room, 2).url
    assert news.send(told.pk)
    assert rooms.link_of(room.appointment) in mail.outbox[-1].body
    assert b"/v/" not in calendars.feed([room.appointment])
    room.appointment.state = "revoked"
    assert rooms.link_of(room.appointment) == ""


def servers(said: str) -> list[dict[str, Any]]:
    given = html.unescape(said.partition('data-servers="')[2].partition('"')[0])
    found: list[dict[str, Any]] = json.loads(given)
    return found


def test_whatever_does_not_work_has_three_ways_on_and_captions_are_told(room: Interview, town: Town) -> None:
    for why in INSTEAD:
        said = read(Client(), url("instead", seat(room, 2), why))
        assert "I would rather be called" in said and "Come to the agency" in said and "Another time" in said
        assert room.appointment.agency.address in said
    page = url("seat", seat(room, 2))
    words = "Captions can be typed in the room"
    assert words in read(Client(), page) and "answer our message" in read(Client(), page)
    hers = read(town.client("amelie"), page)
    assert "Des sous-titres peuvent être saisis" in hers and "Écrivez-le-nous avant" in hers
    assert "sous-titres" not in read(town.client("bruno"), url("seat", seat(room, 1)))


def test_each_thing_is_tried_by_the_relay_of_ones_seat(room: Interview, settings: Any, town: Town) -> None:
    said = read(Client(), url("trying", seat(room, 2)))
    assert "<noscript>" in said and "I would rather be called" in said
    settings.VISAVIS_TURN_URLS, settings.VISAVIS_TURN_SECRET = ["turn:relay.test:3478"], "secret"
    answer = Client().get(url("trying", seat(room, 2)))
    assert "camera=(self)" in answer["Permissions-Policy"]
    [given] = servers(answer.text)
    assert given["username"].endswith(f":{credentials.name_of(room.pk, seat(room, 2).pk)}")
    assert servers(read(Client(), "/interviews/try/")) == []
    [given] = servers(read(town.client("amelie"), "/interviews/try/"))
    assert given["username"].endswith(f":user-{town.people['amelie'].pk}")
    services.arrive(seat=seat(room, 2), by=None)
    assert "servers" not in Client().post(url("connect", seat(room, 2))).json()
    both_in(room, town)
    [given] = Client().post(url("connect", seat(room, 2))).json()["servers"]
    assert given["username"].endswith(f":{credentials.name_of(room.pk, seat(room, 2).pk)}")
    services.put_out(seat=seat(room, 2), by=town.people["bruno"])
    assert Client().post(url("connect", seat(room, 2))).status_code in (404, 410)


def test_once_it_is_over_nobody_is_told_of_the_phone_alone_or_twice(room: Interview, town: Town) -> None:
    who = {"sitter": services.Sitter.INTERPRETER, "name": "Mme Sow", "by": town.people["bruno"]}
    beside = services.invite(interview=room, **who)
    both_in(room, town)
    services.end(interview=room, by=town.people["bruno"])
    for one in (seat(room, 2), beside):
        said = read(Client(), url("seat", one))
        assert "Write to us, call, or come" in said and "You would rather talk on the phone" not in said
