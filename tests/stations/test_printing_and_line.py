"""Pages within a balance, and who waits for a station."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from tests.stations.conftest import Kiosk, new_kiosk, text
from visavis.common import typesetting
from visavis.queues import services as queue
from visavis.queues.models import Ticket
from visavis.stations import badges, reservations, sittings
from visavis.stations.models import Reservation, Rules, Sitting, Station

MINUTE = dt.timedelta(minutes=1)
CV = "/profile/cv/out/download/?format=pdf&language=fr&identity=yes"


def test_what_is_listed_is_printed_once_it_is_counted(kiosk: Kiosk, card: dict[str, str], town: Town) -> None:
    assert town.client("amelie").get(CV).headers["Content-Type"] == "application/pdf"
    Rules.objects.create(agency=town.agency, pages=2)
    kiosk.post("badge", **card)
    english = CV.replace("=fr", "=en")
    for path in (CV, english, CV):
        asked = kiosk.client.get(path)
        assert asked.headers["Content-Type"].startswith("text/html")
        assert "Imprimer ce document" in text(asked) and "Plus tard" in text(asked)
        kiosk.post("prints", path=path, pages="1", name="cv.pdf")
    assert kiosk.sitting is not None and kiosk.sitting.pages == 0, "nothing is counted in the list"
    assert text(kiosk.get("prints")).count("Imprimer celui-ci") == 2
    assert "2 documents à imprimer" in text(kiosk.get("home"))
    given = kiosk.client.get(kiosk.post("print", path=CV, pages="1").headers["Location"])
    assert given.headers["Content-Type"] == "application/pdf" and given.content.startswith(b"%PDF")
    assert "inline" in given.headers["Content-Disposition"] and "no-store" in given.headers["Cache-Control"]
    assert kiosk.sitting.pages == 1 and text(kiosk.get("prints")).count("Imprimer celui-ci") == 1
    # Asked for again, it is handed out again: counted again.
    kiosk.post("print", path=CV, pages="1")
    assert "demandez à l’accueil" in text(kiosk.get("prints")), "none is left"
    refused = kiosk.client.post(kiosk.url("print"), {"path": CV, "pages": "1"}, follow=True)
    assert "plus de pages" in text(refused)
    kiosk.post("prints", path=english, act="out")
    assert english not in text(kiosk.get("prints")).replace("&amp;", "&")


def test_the_list_is_gone_for_who_comes_next_and_fewer_pages_than_there_are_hand_nothing_out(
    kiosk: Kiosk, card: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.post("badge", **card)
    for number in range(11):
        kiosk.post("prints", path=f"/paper/{number}/", pages="1", name=f"paper {number}")
    shown = text(kiosk.client.get(kiosk.url("prints")))
    assert "paper 9" in shown and "paper 10" not in shown and "pleine" in shown
    assert kiosk.post("prints", path="//evil.example/", pages="1").status_code == 404
    kiosk.post("finish")
    kiosk.post("badge", **card)
    assert "Rien pour l’instant" in text(kiosk.get("prints"))
    monkeypatch.setattr(typesetting, "pages_in", lambda _pdf: 9)
    paid = kiosk.post("print", path=CV, pages="1")
    assert kiosk.client.get(paid.headers["Location"]).headers["Content-Type"].startswith("text/html")
    for pages in ("0", "-1", "x", "", "99999"):
        kiosk.post("print", path=CV, pages=pages)
    assert kiosk.sitting is not None and kiosk.sitting.pages == 1
    assert kiosk.post("print", path="//evil.example/", pages="1").status_code == 404


def test_no_other_card_brings_a_balance(kiosk: Kiosk, card: dict[str, str], town: Town, clock: Any) -> None:
    Rules.objects.create(agency=town.agency, pages=3)
    kiosk.post("badge", **card)
    assert kiosk.post("print_page", pages="3").json() == {"refused": ""}
    kiosk.post("finish")
    _row, code, pin = badges.issue(person=town.people["amelie"], by=town.people["rosa"])
    kiosk.post("badge", code=code, pin=pin)
    assert "reste" in kiosk.post("print_page", pages="1").json()["refused"]
    kiosk.post("finish")
    clock.shift(dt.timedelta(days=1))
    kiosk.post("badge", code=code, pin=pin)
    assert kiosk.post("print_page", pages="1").json() == {"refused": ""}


def in_line(town: Town) -> Ticket:
    return queue.come_in(agency=town.agency, by=town.people["rosa"])


def wait_for(kiosk: Kiosk, *tickets: Ticket) -> None:
    """Have a guest sit there while tickets get in line, and go: the station is kept for the first."""
    kiosk.post("guest")
    for one in tickets:
        reservations.join(ticket=one)
    kiosk.post("finish")


def test_when_all_are_taken_the_next_free_station_is_kept_for_the_first(kiosk: Kiosk, town: Town) -> None:
    first, second = in_line(town), in_line(town)
    with pytest.raises(reservations.IsFree):
        reservations.join(ticket=first)
    kiosk.post("guest")
    phone = town.client("visitor")
    place = reverse("stations:line", args=[first.code])
    assert "Tous sont pris" in text(phone.get(place))
    phone.post(place, {"act": "join"})
    reservations.join(ticket=second)
    assert "Vous êtes la prochaine personne" in text(phone.get(place)) or "prochain" in text(phone.get(place))
    kiosk.post("finish")
    assert "réservé" in text(phone.get(place))
    assert f"ticket {first.number}" in text(kiosk.get("start"))
    # Nobody else opens it meanwhile.
    kiosk.post("guest")
    assert kiosk.sitting is None
    kiosk.post("ticket", number=str(second.number))
    assert kiosk.sitting is None
    kiosk.post("ticket", number=str(first.number))
    assert kiosk.sitting is not None and not Reservation.objects.filter(ticket=first).exists()


def test_a_station_that_is_not_heard_is_kept_for_nobody(kiosk: Kiosk, town: Town, clock: Any) -> None:
    other = new_kiosk(town, "Poste 2")
    clock.shift(6 * MINUTE)
    kiosk.post("beat")
    assert reservations.free(town.agency) == [kiosk.station] and other.station.is_silent


def test_a_head_reads_figures_of_nobody(kiosk: Kiosk, card: dict[str, str], town: Town, clock: Any) -> None:
    kiosk.post("badge", **card)
    kiosk.post("print_page", pages="2")
    clock.shift(MINUTE)
    kiosk.post("finish")
    assert not Sitting.objects.filter(badge__isnull=False).exists()
    page = text(town.client("hugo").get(reverse("stations:figures", args=[town.agency.pk])))
    assert "9 h" in page and "Amélie" not in page.split("<main")[1]
    sheet = town.client("hugo").get(reverse("stations:figures", args=[town.agency.pk]) + "?as=csv")
    assert sheet.status_code in {200, 302}


def test_a_code_and_a_card_that_reception_gives_and_blocks_are_shown_once(town: Town) -> None:
    rosa = town.client("rosa")
    where = reverse("stations:badge_of", args=[town.jobseeker.pk])
    rosa.post(where, {"act": "issue"})
    first, again = text(rosa.get(where)), text(rosa.get(where))
    assert "Le code secret" in first and "Le code secret" not in again
    amelie = town.client("amelie")
    assert "Vous en avez une" in text(amelie.get(reverse("stations:mine")))
    amelie.post(reverse("stations:mine"))
    assert "Vous n’en avez pas" in text(amelie.get(reverse("stations:mine")))
    hugo, page = town.client("hugo"), reverse("stations:stations", args=[town.agency.pk])
    hugo.post(reverse("stations:add", args=[town.agency.pk]), {"name": "Poste 9"})
    shown = re.search(r"<b>([A-Z2-9]{5}-[A-Z2-9]{5})</b>", hugo.get(page).text)
    assert shown
    # Over plain http a device is enrolled on this machine only.
    Client(SERVER_NAME="localhost").post(reverse("stations:enrol"), {"code": shown[1]})
    assert shown[1] not in hugo.get(page).text


def test_who_stands_there_without_a_number_takes_one_and_nobody_sits_down(kiosk: Kiosk, town: Town) -> None:
    asked = re.search(r'name="asked" value="([^"]+)"', kiosk.get("ways").text)
    assert asked
    page = text(kiosk.post("take", asked=asked[1], short="1"))
    given = Ticket.objects.get()
    assert given.is_short and given.person is None and kiosk.sitting is None
    assert f"Votre numéro est le {given.number}" in page
    kiosk.post("take", asked=asked[1])
    assert Ticket.objects.count() == 1, "a page that is loaded again gives no other"
    kiosk.post("take", asked="another")
    assert Ticket.objects.count() == 2
    assert town.client("amelie").post(kiosk.url("take")).status_code == 404


def hers(town: Town) -> Ticket:
    """Give Amélie a ticket in her name."""
    return queue.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])


def test_who_waited_sits_down_by_her_card(kiosk: Kiosk, card: dict[str, str], town: Town, clock: Any) -> None:
    wait_for(kiosk, hers(town))
    kiosk.post("badge", **card)
    assert kiosk.sitting is not None and not Reservation.objects.exists()
    kiosk.post("finish")
    kiosk.post("guest")
    reservations.join(ticket=in_line(town))
    before = kiosk.sitting
    clock.shift(MINUTE)
    kiosk.post("badge", **card)
    after = kiosk.sitting
    assert before is not None and after is not None and after.badge is not None
    assert after.ends_at == before.ends_at, "who waits is not made to wait longer"
    assert Reservation.objects.get().station is None


def line_of(town: Town, ticket: Ticket) -> str:
    return text(town.client("visitor").get(reverse("stations:line", args=[ticket.code])))


def test_who_came_too_late_is_told_until_she_asks_again_behind(kiosk: Kiosk, town: Town, clock: Any) -> None:
    first, second, third = in_line(town), in_line(town), in_line(town)
    wait_for(kiosk, first, second, third)
    clock.shift(6 * MINUTE)
    Station.objects.update(heard_at=sittings.clock.now())
    kiosk.post("beat")
    page = line_of(town, first)
    assert "cinq minutes : ce temps est passé" in page and "M’inscrire dans la file" in page
    assert [one.ticket for one in reservations.in_line(town.agency)] == [second, third]
    reservations.join(ticket=first)
    assert [one.ticket for one in reservations.in_line(town.agency)] == [second, third, first]
    # What was kept in vain is kept for the next, and for the next again.
    for ticket in (second, third, first):
        kept = reservations.kept_for(kiosk.station)
        assert kept is not None and kept.ticket == ticket
        reservations.leave(ticket=ticket)
    assert reservations.kept_for(kiosk.station) is None and kiosk.post("beat").json()["kept"] == 0


def test_for_whom_a_station_is_kept_is_read(kiosk: Kiosk, town: Town, ticket: Ticket, clock: Any) -> None:
    rosa = town.client("rosa")
    wait_for(kiosk, ticket)
    now = reverse("stations:now", args=[town.agency.pk])
    assert f"réservé au ticket {ticket.number} jusqu’à 9 h 35" in text(rosa.get(now))
    assert "Sans rien" not in text(kiosk.get("ways")) and "C’est vous ?" in text(kiosk.get("ways"))
    clock.shift(6 * MINUTE)
    assert "Personne n’attend" in text(rosa.get(now)), "an hour that has passed is nobody's place"
    kiosk.post("ticket", number=str(ticket.number))
    assert "Vous êtes à ce poste" in line_of(town, ticket)
    with pytest.raises(reservations.SitsAlready):
        reservations.join(ticket=ticket)
    kiosk.post("finish")
    ticket.state = "left"
    ticket.save()
    page = line_of(town, ticket)
    assert "Ce ticket est terminé" in page and "M’inscrire" not in page


def test_while_it_is_closed_none_is_kept_and_nobody_is_too_late(kiosk: Kiosk, town: Town, clock: Any) -> None:
    # Open until 12:30 in Paris, and from 13:30 again: half past eleven, and half past twelve, in UTC.
    clock.move_to(dt.datetime(2027, 3, 23, 11, 28, tzinfo=dt.UTC))
    kiosk.post("beat")
    first, second = in_line(town), in_line(town)
    wait_for(kiosk, first, second)
    assert reservations.kept_for(kiosk.station) is not None
    clock.shift(3 * MINUTE)
    kiosk.post("beat")
    page = line_of(town, first)
    assert "Fermé" in page and "Vous gardez votre place" in page
    clock.shift(61 * MINUTE)
    kiosk.post("beat")
    kept = reservations.kept_for(kiosk.station)
    assert kept is not None and kept.ticket == first
