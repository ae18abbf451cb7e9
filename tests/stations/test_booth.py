"""The booth: kept for an interview by video, opened by whom it is kept for, empty before it and after."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import factories
from tests.appointments.making import kind, receives, wanted
from tests.personas import Town
from tests.stations.conftest import NOW, Kiosk, new_kiosk, text
from visavis.appointments import places, services
from visavis.appointments.models import Appointment, Quantum
from visavis.appointments.telling import facts
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.queues import services as queue
from visavis.stations import booths, reservations, sittings
from visavis.stations.enums import Way
from visavis.stations.models import Station

# Half past ten on the wall, an hour from now.
STARTS = NOW + dt.timedelta(hours=1)


def new_booth(town: Town, name: str = "Cabine") -> Kiosk:
    kiosk = new_kiosk(town, name)
    Station.objects.filter(pk=kiosk.station.pk).update(is_booth=True)
    kiosk.station.refresh_from_db()
    return kiosk


@pytest.fixture
def booth(town: Town) -> Kiosk:
    receives(town.agency, town.people["bruno"])
    return new_booth(town)


def booked(town: Town, at: dt.datetime = STARTS, person: User | None = None) -> Appointment:
    what = kind(town.agency, channels=["video", "agency"])
    whom = person or town.people["amelie"]
    return services.book(wanted=wanted(what, at, channel="video"), person=whom, by=town.people["bruno"])


def somebody_elses(town: Town, at: dt.datetime = STARTS) -> Appointment:
    """Book an interview of somebody new with a colleague of Bruno's."""
    where = {"role": Role.COUNSELLOR, "role__organisation": town.agency.organisation}
    receives(town.agency, factories.UserFactory(**where))
    return booked(town, at, factories.UserFactory())


@pytest.fixture
def interview(town: Town, booth: Kiosk) -> Appointment:
    row = booked(town)
    assert places.keep(row)
    return row


def at(clock: Any, minutes: float) -> None:
    """Go to so many minutes after the hour of the interview."""
    clock.move_to(STARTS + dt.timedelta(minutes=minutes))
    Station.objects.update(heard_at=STARTS + dt.timedelta(minutes=minutes))


def open_by_card(booth: Kiosk, card: dict[str, str]) -> str:
    return text(booth.client.post(booth.url("badge"), card, follow=True))


def test_the_head_says_that_a_station_is_a_booth(town: Town) -> None:
    add = reverse("stations:add", args=[town.agency.pk])
    page = town.client("hugo").post(add, {"name": "Cabine", "is_booth": "on"}, follow=True)
    assert Station.objects.get(name="Cabine").is_booth and "cabine</span>" in page.text


def test_it_is_offered_where_an_interview_by_video_is_booked_alone(booth: Kiosk, town: Town) -> None:
    amelie, her = town.client("amelie"), town.people["amelie"]
    what = kind(town.agency, channels=["video", "agency"])
    shown = {}
    for channel in ("agency", "video"):
        held = services.hold(wanted=wanted(what, STARTS, channel=channel), person=her, by=her)
        url = reverse("appointments:held", args=[held.uid])
        shown[channel] = 'name="place"' in amelie.get(url).text
        if channel == "agency":
            services.let_go(uid=held.uid)
    assert shown == {"agency": False, "video": True}
    page = text(amelie.post(url, {"place": "on"}, follow=True))
    row = Appointment.objects.get(uid=held.uid)
    assert places.place_of(row) == booth.station.pk and row.wants_place
    assert "gardée pour vous" in page and town.agency.address in page


def test_it_goes_with_the_interview_and_is_free_once_cancelled(interview: Appointment, town: Town) -> None:
    later = STARTS + dt.timedelta(hours=1)
    moved = services.move(appointment=interview, starts_at=later, by=town.people["bruno"])
    kept = Quantum.objects.filter(place__isnull=False).order_by("at")
    assert kept.count() == 6 and kept[0].appointment_id == moved.pk
    assert kept[0].at * 300 == int(later.timestamp())
    services.revoke(appointment=moved, by=town.people["bruno"])
    assert not Quantum.objects.filter(place__isnull=False).exists()


def test_at_another_time_at_which_it_is_taken_she_is_told_so(interview: Appointment, town: Town) -> None:
    later = STARTS + dt.timedelta(hours=1)
    other = somebody_elses(town, later)
    assert places.keep(other)
    services.move(appointment=interview, starts_at=later, by=town.people["bruno"])
    assert "n’est pas libre à cette heure" in text(town.client("amelie").get(interview.url))


def test_at_its_hour_it_opens_for_her_card_and_for_nobody_else_who_reads_so_beforehand(
    booth: Kiosk, interview: Appointment, clock: Any, card: dict[str, str], town: Town
) -> None:
    """Nobody is offered a way that would be refused."""
    at(clock, -40)
    assert "Sans rien" in text(booth.get("ways"))
    at(clock, -9)
    page = text(booth.get("ways"))
    assert "gardée pour un entretien" in page and "Sans rien" not in page and "Avec ma carte" in page
    booth.post("guest")
    assert booth.sitting is None, "a guest is sent to another station"
    stranger = queue.come_in(agency=town.agency, by=town.people["rosa"])
    assert "gardée pour un entretien" in text(booth.post("ticket", number=stranger.number))
    page = open_by_card(booth, card)
    sitting = booth.sitting
    assert sitting is not None and sitting.way == Way.BADGE
    assert sitting.ends_at == interview.ends_at + booths.AFTER, "as long as it takes, whatever the usual time"
    assert "Votre entretien en visio à 10" in page and "/interviews/seat/" in page
    assert f'data-meets="{49 * 60}"' in page, "until when nobody need touch it"
    assert "data-meets" in booth.client.get("/account/").text


def test_who_sits_there_before_has_left_by_then(booth: Kiosk, town: Town, clock: Any) -> None:
    at(clock, -35)
    booth.post("guest")
    assert booth.sitting is not None and booth.sitting.ends_at > STARTS - booths.EARLY
    assert places.keep(booked(town))
    booth.post("beat", active="1")
    assert booth.sitting is not None and booth.sitting.ends_at == STARTS - booths.EARLY
    at(clock, -14)
    sittings.note_use(booth.sitting, STARTS - dt.timedelta(minutes=14))
    booth.post("more")
    assert booth.sitting is not None and booth.sitting.ends_at == STARTS - booths.EARLY, "no more time"
    at(clock, -10)
    assert booth.get("home").status_code == 303, "wiped"
    at(clock, -14)
    booth.post("guest")
    assert booth.sitting is None, "four minutes are none"


def test_her_refused_card_leaves_a_guest(booth: Kiosk, town: Town, card: dict[str, str], clock: Any) -> None:
    at(clock, -35)
    booth.post("guest")
    sitting = booth.sitting
    assert sitting is not None and places.keep(somebody_elses(town))
    at(clock, -13)
    sittings.note_use(sitting, STARTS - dt.timedelta(minutes=13))
    assert "gardée pour un entretien" in open_by_card(booth, card)
    assert booth.sitting == sitting, "what was refused ends nothing"


def test_the_next_one_has_her_ten_minutes(booth: Kiosk, town: Town, card: dict[str, str], clock: Any) -> None:
    first = booked(town)
    after = somebody_elses(town, first.ends_at + dt.timedelta(minutes=30))
    assert places.keep(first) and places.keep(after)
    at(clock, 0)
    open_by_card(booth, card)
    clock.move_to(first.ends_at + booths.AFTER - dt.timedelta(minutes=2))
    assert booth.sitting is not None
    assert sittings.extend(sitting=booth.sitting).ends_at == after.starts_at - booths.EARLY


def test_her_ticket_opens_a_booth_alone(booth: Kiosk, interview: Appointment, town: Town, clock: Any) -> None:
    at(clock, -5)
    hers = queue.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    page = text(booth.client.post(booth.url("ticket"), {"number": hers.number}, follow=True))
    assert booth.sitting is not None and "Votre entretien en visio" in page
    assert "/interviews/seat/" not in page and "Amélie" not in page, "all in the hall read a number"


def test_reception_reads_no_name_of_it(booth: Kiosk, interview: Appointment, town: Town, clock: Any) -> None:
    now, rosa = reverse("stations:now", args=[town.agency.pk]), town.client("rosa")
    at(clock, -30)
    booth.post("beat")
    assert "libre" in text(rosa.get(now)) and "gardé pour un entretien" not in text(rosa.get(now))
    assert reservations.free(town.agency) == [booth.station]
    at(clock, -12)
    page = text(rosa.get(now))
    assert f"gardé pour un entretien à {interview.hour}".replace("\u00a0", " ") in page
    assert "Amélie" not in page and "libre" not in page
    assert reservations.free(town.agency) == []
    at(clock, 31)
    assert reservations.free(town.agency) == [booth.station]


def test_revoked_it_is_kept_no_more(booth: Kiosk, interview: Appointment, town: Town, clock: Any) -> None:
    hugo, second = town.client("hugo"), new_booth(town, "Cabine 2")
    hugo.post(reverse("stations:revoke", args=[booth.station.pk]))
    assert places.place_of(interview) == second.station.pk
    page = text(hugo.post(reverse("stations:revoke", args=[second.station.pk]), follow=True))
    assert places.place_of(interview) is None and "faites prévenir la personne" in page
    third = new_booth(town, "Cabine 3")
    assert places.keep(interview)
    at(clock, 12)
    hugo = town.client("hugo")
    page = text(hugo.post(reverse("stations:revoke", args=[third.station.pk]), follow=True))
    assert places.place_of(interview) is None and "faites prévenir la personne" in page, "in the middle"


def test_staff_keeps_it_for_her_and_lets_it_go(booth: Kiosk, town: Town) -> None:
    row, bruno = booked(town), town.client("bruno")
    assert "Garder la cabine" in text(bruno.get(row.url))
    bruno.post(row.url, {"act": "place"})
    assert places.place_of(row) == booth.station.pk
    kept = Entry.objects.filter(thing="appointment", thing_id=row.pk, note="place")
    assert kept.get().actor_id == town.people["bruno"].pk
    assert "gardée pour cette personne" in text(bruno.get(row.url))
    bruno.post(row.url, {"act": "no-place"})
    assert places.place_of(row) is None
    assert town.client("gael").post(row.url, {"act": "place"}).status_code == 404


def test_of_a_booth_five_minutes_are_kept_once_whoever_asks(interview: Appointment, town: Town) -> None:
    assert [one for one in facts(interview) if town.agency.address in one]
    other = somebody_elses(town)
    assert places.free_for(other) == [] and not places.keep(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.quanta.update(place=places.place_of(interview))
    second = new_booth(town, "Cabine 2")
    assert places.keep(other) and places.place_of(other) == second.station.pk
