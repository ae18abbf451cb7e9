import datetime as dt
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.personas import Town
from tests.queues.test_services import clock
from visavis.queues import arriving, services
from visavis.queues.enums import State
from visavis.queues.models import Ticket
from visavis.queues.words import Crowd

__all__ = ["clock"]


def url(name: str, *args: object) -> str:
    return reverse(f"queues:{name}", args=args)


def text(answer: Any) -> str:
    return " ".join(answer.text.replace("\u00a0", " ").split())


def at_the_door(town: Town) -> str:
    return url("take", town.agency.pk, arriving.code_of(town.agency, services.today(town.agency)))


def test_a_phone_at_the_door_gets_a_number_while_it_is_open_and_keeps_it(town: Town, clock: Any) -> None:
    phone, yesterday = Client(), services.today(town.agency) - dt.timedelta(days=1)
    for agency, day in ((town.agency, yesterday), (town.other_agency, services.today(town.agency))):
        code = arriving.code_of(agency, day)
        assert phone.post(url("take", town.agency.pk, code)).status_code == 200
    assert not Ticket.objects.exists()
    phone = Client(headers={"accept-language": "fr"})
    assert "Personne n’attend" in text(phone.get(at_the_door(town))) and not Ticket.objects.exists()
    answer = phone.post(at_the_door(town))
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == url("place", ticket.code) and ticket.person is None
    assert phone.post(at_the_door(town)).headers["Location"] == url("place", ticket.code)
    assert Ticket.objects.count() == 1
    clock.shift(dt.timedelta(hours=10))
    answer = Client(headers={"accept-language": "fr"}).post(at_the_door(town))
    assert "Ouvre demain" in text(answer) and Ticket.objects.count() == 1


def test_the_place_in_line_is_followed_without_signing_in_and_from_her_home(town: Town) -> None:
    first, second = (services.come_in(agency=town.agency, by=town.people["rosa"]) for _one in range(2))
    phone = Client(headers={"accept-language": "fr"})
    assert "1 personne passe avant vous" in text(phone.get(url("place", second.code)))
    services.call_next(agency=town.agency, desk="3", by=town.people["bruno"])
    assert "guichet 3" in text(phone.get(url("place", first.code)))
    assert "prochaine personne" in text(phone.get(url("place", second.code)))
    phone.post(url("move", second.code, "leave"))
    second.refresh_from_db()
    assert second.state == State.LEFT and phone.get(url("place", "nothing")).status_code == 404
    ticket = services.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    assert url("place", ticket.code) in town.client("amelie").get(reverse("portal:home")).text


def test_the_hall_shows_numbers_and_desks_and_no_name(town: Town, settings: Any) -> None:
    for port, is_heard in ((0, False), (8001, True)):
        settings.VISAVIS_LIVE_PORT = port
        shown = Client().get(url("hall", town.agency.pk)).text
        assert (f'data-visavis-live="queue:{town.agency.pk}"' in shown) is is_heard
    rosa = town.people["rosa"]
    ticket = services.come_in(agency=town.agency, by=rosa, person=town.people["amelie"])
    services.call_next(agency=town.agency, desk="7", by=rosa)
    shown = Client().get(url("hall", town.agency.pk)).text
    assert f'data-number="{ticket.number}" data-desk="7"' in shown
    assert "Amélie" not in shown and ticket.code not in shown and "Rosa" not in shown
    assert "http-equiv" in shown, "it is followed without JavaScript too"


def test_the_hall_is_drawn_once_for_all_its_screens_until_something_moves(town: Town) -> None:
    rosa, hall = town.people["rosa"], url("hall", town.agency.pk)
    services.come_in(agency=town.agency, by=rosa)
    french, english = ({"headers": {"accept-language": one}} for one in ("fr", "en"))
    first = Client(**french).get(hall)
    with CaptureQueriesContext(connection) as asked:
        assert Client(**french).get(hall).content == first.content
    assert not [one for one in asked if "queues_ticket" in one["sql"]], "nothing is read again"
    assert Client(**english).get(hall).content != first.content
    services.call_next(agency=town.agency, desk="7", by=rosa)
    assert 'data-desk="7"' in Client(**french).get(hall).text


def test_a_ticket_goes_through_the_board_from_call_to_end_and_a_late_page_moves_none(town: Town) -> None:
    rosa, agency = town.client("rosa"), town.agency.pk
    rosa.post(url("come_in", agency), {"priority": "3", "person": town.jobseeker.pk})
    ticket = Ticket.objects.get()
    assert ticket.person == town.people["amelie"]
    bruno = town.client("bruno")
    assert "Amélie" in bruno.get(url("board", agency)).text
    bruno.post(url("next", agency))
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING, "at no desk nobody is called"
    bruno.post(url("sit", agency), {"desk": "3"})
    bruno.post(url("next", agency))
    for what, state in (("begin", State.SERVING), ("finish", State.FINISHED)):
        ticket.refresh_from_db()
        bruno.post(url("act", ticket.pk, what), {"version": ticket.version})
        ticket.refresh_from_db()
        assert ticket.state == state
    ticket = services.come_in(agency=town.agency, by=town.people["rosa"])
    answer = town.client("rosa").post(url("act", ticket.pk, "leave"), {"version": 99}, follow=True)
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING and "page" in text(answer)


def test_a_name_is_shown_to_who_may_see_the_person(town: Town, django_assert_max_num_queries: Any) -> None:
    services.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["gael"])
    assert "Gaël" not in town.client("bruno").get(url("board", town.agency.pk)).text
    rosa = town.client("rosa")
    services.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    for _one in range(40):
        services.come_in(agency=town.agency, by=town.people["rosa"])
    rosa.post(url("sit", town.agency.pk), {"desk": "3"})
    rosa.post(url("next", town.agency.pk))
    with django_assert_max_num_queries(12):
        rosa.get(url("board", town.agency.pk))


def test_the_page_of_the_door_and_programs_say_who_waits_now_with_a_light(town: Town) -> None:
    said = [Crowd(number, 0, worst).light for number, worst in ((0, 99), (1, 30), (2, 31), (9, 60), (9, 61))]
    assert said == ["green", "green", "amber", "amber", "red"]
    services.come_in(agency=town.agency, by=town.people["rosa"])
    page = Client(headers={"accept-language": "fr"}).get(reverse("agencies:page", args=[town.agency.pk]))
    assert "1 personne attend." in text(page)
    told = Client().get(f"/api/v1/agencies/{town.agency.pk}").json()["waiting"]
    assert told == {"number": 1, "minutes_at_best": 5, "minutes_at_worst": 28, "light": "green"}
    for _one in range(5):
        services.come_in(agency=town.agency, by=town.people["rosa"])
    assert Client().get(f"/api/v1/agencies/{town.agency.pk}").json()["waiting"]["light"] == "red"
    page = Client(headers={"accept-language": "fr"}).get(reverse("agencies:page", args=[town.agency.pk]))
    assert "Rouge : l’attente est longue." in text(page), "said in words"
