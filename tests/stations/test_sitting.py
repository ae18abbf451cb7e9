"""A sitting from its first page to its wipe, as a browser asks for it."""

import datetime as dt
import re
from typing import Any

import numpy as np
import pytest
import segno
import zxingcpp
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.appointments.making import always_open, overseas
from tests.personas import Town
from tests.stations.conftest import Kiosk, new_kiosk, text
from visavis.agencies.models import Closure
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.people.models import Session
from visavis.people.sessions.store import name_of
from visavis.queues import services as queue
from visavis.queues.enums import State
from visavis.queues.models import Ticket
from visavis.stations import badges, device, sittings
from visavis.stations.enums import End, Way
from visavis.stations.models import Badge, HelpCall, Rules, Sitting

MINUTE = dt.timedelta(minutes=1)


def at_work(kiosk: Kiosk, clock: Any, minutes: int) -> None:
    """Let so many minutes go by in which somebody touches the station."""
    for _minute in range(minutes):
        clock.shift(MINUTE)
        kiosk.post("beat", active="1")


def test_before_anybody_sits_all_leads_to_the_start_and_a_guest_has_the_whole_site(kiosk: Kiosk) -> None:
    for path in ("/", "/account/", reverse("searches:jobs"), reverse("account_login"), kiosk.url("home")):
        answer = kiosk.client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, kiosk.url("start")), path
    assert "English" in text(kiosk.get("start")) and "sans rien" in text(kiosk.get("ways")).lower()
    assert kiosk.post("guest").headers["Location"] == kiosk.url("home")
    assert kiosk.sitting is not None and kiosk.sitting.way == Way.GUEST
    page = kiosk.client.get(reverse("searches:jobs"))
    assert page.status_code == 200 and "data-station " in text(page)
    assert "no-store" in page.headers["Cache-Control"]
    # Who is nobody there stays nobody: her file asks who she is.
    assert kiosk.client.get(reverse("people:account")).status_code == 302


def test_a_ticket_opens_a_station_once_and_never_a_file(kiosk: Kiosk, ticket: Ticket, town: Town) -> None:
    queue.leave(ticket=ticket, by=town.people["rosa"])
    kiosk.post("ticket", number=str(ticket.number))
    assert kiosk.sitting is None
    ticket = queue.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    assert "Aucun ticket" in text(kiosk.post("ticket", number="99"))
    assert kiosk.post("ticket", number=str(ticket.number)).status_code == 302
    assert kiosk.sitting is not None and kiosk.sitting.ticket == ticket and not kiosk.sitting.session
    assert kiosk.client.get(reverse("people:account")).headers["Location"].startswith("/account/sign-in/")
    other = new_kiosk(town, "Poste 2")
    assert "en cours" in text(other.post("ticket", number=str(ticket.number))) or other.sitting is None
    assert other.sitting is None


def test_the_language_of_the_start_is_spoken(kiosk: Kiosk, card: dict[str, str], town: Town) -> None:
    """Of this sitting alone: her account keeps its own, and the switch at the top of a page still does both."""
    amelie = town.people["amelie"]
    kiosk.client.post(reverse("set_language"), {"language": "en", "next": kiosk.url("ways")})
    kiosk.post("badge", **card)
    page = kiosk.get("home")
    assert "data-meets" not in page.text, "it is no booth"
    assert '<html lang="en"' in page.text and page.headers["Content-Language"] == "en"
    amelie.refresh_from_db()
    assert amelie.language == "fr"
    assert '<html lang="fr"' in town.client("amelie").get(reverse("portal:home")).text
    kiosk.client.post(reverse("set_language"), {"language": "fr", "next": kiosk.url("home")})
    assert '<html lang="fr"' in kiosk.get("home").text
    kiosk.post("check_in")
    ticket = Ticket.objects.get()
    assert ticket.person == town.people["amelie"] and ticket.state == State.WAITING
    assert str(ticket.number) in text(kiosk.get("home"))


def test_five_wrong_pins_lead_to_reception(kiosk: Kiosk, card: dict[str, str], town: Town) -> None:
    for _time in range(4):
        kiosk.post("badge", code=card["code"], pin="9999x")
    kiosk.post("badge", **card)
    assert kiosk.sitting is not None and Badge.objects.get().tries == 0
    answer = kiosk.post("badge", code=card["code"].lower().replace("-", " "), pin=card["pin"])
    assert answer.headers["Location"] == kiosk.url("home")
    page = kiosk.client.get(reverse("people:account"))
    assert page.status_code == 200 and town.people["amelie"].name in text(page)
    assert kiosk.sitting is not None and kiosk.sitting.session
    wrong = "0001" if card["pin"] != "0001" else "0002"
    kiosk.post("finish")
    said = [text(kiosk.post("badge", code=card["code"], pin=wrong)) for _time in range(5)]
    assert "ne vont pas ensemble" in said[0] and "accueil" in said[-1] and said[0] != said[-1]
    # The right one comes too late.
    assert "accueil" in text(kiosk.post("badge", **card)) and kiosk.sitting is None
    assert Badge.objects.get().is_locked
    _row, code, pin = badges.issue(person=town.people["amelie"], by=town.people["rosa"])
    kiosk.post("badge", **card)
    assert kiosk.sitting is None
    kiosk.post("badge", code=code, pin=pin)
    assert kiosk.sitting is not None


def test_the_camera_reads_a_card_of_hers_alone(card: dict[str, str], town: Town, kiosk: Kiosk) -> None:
    assert Client().post(reverse("stations:badge"), card).status_code == 404
    with pytest.raises(badges.NotForStaff):
        badges.issue(person=town.people["bruno"], by=town.people["rosa"])
    made = np.array([list(row) for row in segno.make_qr(card["code"]).matrix_iter(scale=6, border=4)])
    points = np.where(made > 0, 0, 255).astype(np.uint8)
    assert zxingcpp.read_barcodes(points)
    height, width = points.shape
    where = f"{kiosk.url('read')}?width={width}&height={height}"
    answer = kiosk.client.post(where, points.tobytes(), content_type="application/octet-stream")
    assert answer.json() == {"code": card["code"]}
    for asked in ("?width=9999&height=1", "?width=2&height=2", "", "?width=-1&height=-1"):
        bad = kiosk.client.post(kiosk.url("read") + asked, b"x", content_type="application/octet-stream")
        assert bad.status_code == 400


def test_finishing_ends_the_session_and_has_the_browser_forget(kiosk: Kiosk, card: dict[str, str]) -> None:
    kiosk.post("badge", **card)
    kiosk.client.get(reverse("people:account"))
    session = kiosk.client.session.session_key
    assert session is not None
    answer = kiosk.post("finish")
    assert (answer.status_code, answer.headers["Location"]) == (303, kiosk.url("start") + "?over=finished")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert {name for name, one in kiosk.client.cookies.items() if one.value} == {device.COOKIE}
    assert not Session.objects.filter(pk=name_of(session), over="").exclude(session_data="").exists()
    # Back: nothing but the start.
    assert kiosk.client.get(reverse("people:account")).headers["Location"] == kiosk.url("start")
    row = kiosk.last
    assert (row.end, row.badge, row.ticket, row.session) == (End.FINISHED, None, None, "")
    kiosk.post("badge", **card)
    answer = kiosk.client.post(reverse("account_logout"))
    assert answer.headers["Location"].startswith(kiosk.url("start")) and kiosk.sitting is None
    kiosk.post("guest")
    for evil in ("//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"):
        assert kiosk.post("help", next=evil).headers["Location"] == kiosk.url("home")


def test_a_stolen_cookie_is_nobodys_once_the_sitting_is_over(kiosk: Kiosk, card: dict[str, str]) -> None:
    kiosk.post("badge", **card)
    kiosk.client.get(reverse("people:account"))
    thief = Client()
    thief.cookies = kiosk.client.cookies.copy()
    del thief.cookies[device.COOKIE]
    assert thief.get(reverse("people:account")).status_code == 200
    kiosk.post("finish")
    assert thief.get(reverse("people:account")).status_code == 302
    # Her browser was killed: its session comes back with it, and finds nobody.
    kiosk.post("badge", **card)
    kiosk.client.get(reverse("people:account"))
    before = kiosk.client.cookies.copy()
    sittings.end_at(kiosk.station, End.LOST)
    kiosk.client.cookies = before
    kiosk.post("guest")
    assert kiosk.client.get(reverse("people:account")).status_code == 302


def test_an_empty_seat_is_wiped_by_the_server_alone(kiosk: Kiosk, card: dict[str, str], clock: Any) -> None:
    kiosk.post("badge", **card)
    clock.shift(dt.timedelta(seconds=140))
    assert kiosk.client.get(reverse("people:account")).status_code == 200
    clock.shift(dt.timedelta(seconds=151))
    answer = kiosk.client.get(reverse("people:account"))
    assert (answer.status_code, answer.headers["Location"]) == (303, kiosk.url("start") + "?over=idle")
    assert kiosk.last.end == End.IDLE and kiosk.client.get("/account/").status_code == 303
    kiosk.post("guest")
    for _time in range(4):
        clock.shift(dt.timedelta(seconds=40))
        told = kiosk.post("beat")
    assert told.status_code == 303 and kiosk.last.end == End.IDLE
    kiosk.post("guest")
    for _time in range(4):
        clock.shift(dt.timedelta(seconds=40))
        told = kiosk.post("beat", active="1").json()
    assert told["left"] == 30 * 60 - 160


def test_the_time_is_told_extended_and_over(kiosk: Kiosk, town: Town, clock: Any, ticket: Ticket) -> None:
    Rules.objects.create(agency=town.agency, minutes=30, more=15)
    kiosk.post("guest")
    kiosk.post("more")
    assert kiosk.sitting is not None and kiosk.sitting.extensions == 0, "not before the notice"
    at_work(kiosk, clock, minutes=26)
    kiosk.post("more")
    assert kiosk.sitting is not None and kiosk.sitting.extensions == 1
    assert kiosk.post("beat").json()["left"] == 19 * 60
    at_work(kiosk, clock, minutes=19)
    assert kiosk.last.end == End.TIME
    kiosk.post("guest")
    town_desk = town.client("rosa")
    town_desk.post(reverse("stations:reserve", args=[town.agency.pk]), {"number": ticket.number})
    at_work(kiosk, clock, minutes=27)
    said = kiosk.client.post(kiosk.url("more"), follow=True)
    assert "Vous ne pouvez pas rester" in text(said)


def test_the_agency_closes_and_the_station_with_it(kiosk: Kiosk, clock: Any) -> None:
    # Open until 12:30 in Paris: half past eleven in UTC.
    clock.move_to(dt.datetime(2027, 3, 23, 11, 10, tzinfo=dt.UTC))
    kiosk.post("guest")
    assert kiosk.sitting is not None and kiosk.sitting.to_closing
    at_work(kiosk, clock, minutes=16)
    assert "ferme bientôt" in text(kiosk.get("home"))
    at_work(kiosk, clock, minutes=3)
    clock.shift(MINUTE + dt.timedelta(seconds=1))
    answer = kiosk.get("home")
    assert answer.headers["Location"].endswith("?over=closing")
    kiosk.post("guest")
    assert kiosk.sitting is None


def test_help_is_called_once_told_to_reception_and_ended_by_who_goes(kiosk: Kiosk, town: Town) -> None:
    kiosk.post("guest")
    kiosk.post("help", next=reverse("searches:jobs"))
    kiosk.post("help")
    call = HelpCall.objects.get()
    called, coming = "L’accueil le sait", "Quelqu’un de l’agence vient"
    assert [words in text(kiosk.get("home")) for words in (called, coming)] == [True, False]
    rosa = town.client("rosa")
    assert "Poste 1" in text(rosa.get(reverse("stations:now", args=[town.agency.pk])))
    assert "appelle à l’aide" in text(rosa.get(reverse("portal:home")))
    rosa.post(reverse("stations:go", args=[call.pk]))
    call.refresh_from_db()
    assert call.ended_at and call.by == town.people["rosa"]
    assert [words in text(kiosk.get("home")) for words in (called, coming)] == [False, True]
    HelpCall.objects.update(ended_at=clock.now() - 6 * MINUTE)
    assert [words in text(kiosk.get("home")) for words in (called, coming)] == [False, False]
    assert "appelle à l’aide" not in text(rosa.get(reverse("portal:home")))
    when = {"starts_at": clock.now() + 3 * MINUTE, "ends_at": clock.now() + 300 * MINUTE}
    Closure.objects.create(agency=town.agency, **when, reason="Panne")
    assert kiosk.post("beat", active="1").json() == {"left": 180, "closing": True}


def test_hours_at_a_station_overseas_are_of_the_wall(kiosk: Kiosk, card: dict[str, str], town: Town) -> None:
    overseas(town)
    always_open(town.agency)
    starts_at = clock.now() + 20 * MINUTE
    times = {"starts_at": starts_at, "ends_at": starts_at + 30 * MINUTE}
    Appointment.objects.filter(pk=town.appointment.pk).update(agency=town.agency, channel="agency", **times)
    kiosk.post("badge", **card)
    assert "Votre rendez-vous à 12 h 50" in text(kiosk.get("home"))
    ends = text(town.client("rosa").get(reverse("stations:now", args=[town.agency.pk])))
    assert re.search(r"jusqu’à 1[345] h", ends), "half past twelve, and as long as one may sit there"


@pytest.mark.database
def test_the_database_lets_one_sit_at_a_station_while_it_is_enrolled(kiosk: Kiosk, town: Town) -> None:
    kiosk.post("guest")
    with pytest.raises(sittings.InUse):
        sittings.begin(station=kiosk.station, way=Way.GUEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(station=kiosk.station).update(ended_at=clock.now())
    hugo = town.client("hugo")
    hugo.post(reverse("stations:revoke", args=[kiosk.station.pk]))
    assert kiosk.post("beat").status_code == 404
    assert "n’est pas un poste" in text(kiosk.get("start")) and kiosk.last.end == End.AGENCY
