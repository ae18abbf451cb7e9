"""The pages of appointments, as each person meets them."""

import datetime as dt
import re

import pytest
import time_machine

from tests import factories
from tests.appointments.making import MONDAY, TUESDAY, booked, kind, times, workshop
from tests.personas import Town
from visavis.agencies import team
from visavis.appointments import services
from visavis.appointments.enums import State
from visavis.appointments.inviting import services as inviting
from visavis.appointments.models import Appointment, Kind, OtherDay, Receiving, Workshop
from visavis.appointments.services import Wanted
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User

TOMORROW = TUESDAY


def value(at: dt.datetime) -> str:
    return f"{int(at.timestamp())}"


def test_she_books_with_her_own_counsellor_in_three_pages(received: Town) -> None:
    follow_up = kind(received.agency, "follow-up", bring="Votre CV")
    client = received.client("amelie")
    assert "follow-up 30" in client.get("/appointments/").text
    at = times(received.agency, 30, TOMORROW)[0]
    held = client.post(f"/appointments/kind/{follow_up.pk}/", {"at": value(at)})
    page = client.get(held.url).text
    assert "Bruno" in page
    assert "8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in page
    assert "Votre CV" in page
    # Nobody is promised a reminder of what is tomorrow.
    assert "rappelons" not in client.post(held.url, follow=True).text
    row = Appointment.objects.get()
    assert (row.state, row.person) == (State.BOOKED, received.people["amelie"])
    assert client.get(held.url).url == row.url
    assert "mardi 12 janvier" in client.get("/home/").text
    assert not News.objects.exists()
    at = times(received.agency, 30, TOMORROW + dt.timedelta(days=2))[0]
    client = received.client("gael")
    held = client.post(f"/appointments/kind/{kind(received.agency).pk}/", {"at": value(at)})
    assert "rappelons deux jours avant" in client.post(held.url, follow=True).text


def test_without_an_account_few_times_are_held_until_the_code_is_typed(received: Town) -> None:
    first = kind(received.agency)
    address = f"/appointments/kind/{first.pk}/"
    client = received.client("visitor")
    assert first.name in client.get(f"/appointments/agency/{received.agency.pk}/").text
    free = times(received.agency, 30, TOMORROW, TOMORROW + dt.timedelta(days=2))
    held = client.post(address, {"at": value(free[0])})
    assert client.get(held.url).status_code == 200
    asked = client.post(held.url, {"address": "neuve@example.org"})
    assert asked.url == f"{held.url}code/"
    assert free[0] not in times(received.agency, 30, TOMORROW)
    answers = [client.post(address, {"at": value(at)}).status_code for at in free[1:13]]
    assert answers == [302] * 11 + [409]
    # What is held by one is not shown to another.
    held = received.client("gael").post(address, {"at": value(free[12])})
    for other in ("amelie", "visitor"):
        assert received.client(other).get(held.url).status_code == 404


def test_who_comes_second_or_cannot_have_it_sees_other_times(received: Town) -> None:
    first = kind(received.agency)
    at = times(received.agency, 30, TOMORROW)[0]
    booked(first, at, received.people["gael"])
    answer = received.client("visitor").post(f"/appointments/kind/{first.pk}/", {"at": value(at)})
    assert answer.status_code == 409
    assert len(re.findall(r'<button class="button" name="at"', answer.text)) == 3
    assert "vient d’être pris" in answer.text
    call = kind(received.agency, "call", 10, channels=["phone", "agency"])
    day = TOMORROW + dt.timedelta(days=21)
    at = times(received.agency, 10, day)[0]
    held = services.hold(wanted=Wanted(call, at, "phone"), person=None, by=None)
    User.objects.filter(pk=received.people["gael"].pk).update(phone=None)
    refused = received.client("gael").post(f"/appointments/held/{held.uid}/", follow=True)
    assert "Aucun numéro" in refused.text
    assert refused.redirect_chain[-1][0].endswith(f"?from={day}")
    assert at in times(received.agency, 10, day)


@pytest.mark.parametrize("who", ["bruno", "rosa"])
def test_her_counsellor_books_moves_and_cancels_and_she_is_told(who: str, received: Town) -> None:
    amelie = received.people["amelie"]
    follow_up = kind(received.agency, "follow-up", books="agency")
    client = received.client(who)
    assert follow_up.name in client.get(f"/people/user/{amelie.pk}/appointments/").text
    at, later = times(received.agency, 30, TOMORROW)[:2]
    client.post(f"/people/user/{amelie.pk}/appointments/kind/{follow_up.pk}/", {"at": value(at)})
    row = Appointment.objects.get()
    client.post(f"{row.url}move/", {"at": value(later), "version": row.version})
    client.post(row.url, {"act": "cancel"})
    row.refresh_from_db()
    assert (row.state, row.starts_at, row.sequence) == (State.REVOKED, later, 2)
    assert list(News.objects.order_by("pk").values_list("kind", flat=True)) == [
        "booked",
        "moved",
        "cancelled",
    ]


def test_what_the_agency_cancelled_stands_on_her_home_and_apart_until_another_time_is_hers(
    received: Town,
) -> None:
    first, amelie = kind(received.agency), received.people["amelie"]
    at, other = times(received.agency, 30, TOMORROW + dt.timedelta(days=2))[:2]
    row = booked(first, at, amelie)
    received.client("rosa").post(row.url, {"act": "cancel", "version": row.version})
    client = received.client("amelie")
    said = "Nous avons dû annuler ce rendez-vous"
    home = client.get("/home/").text
    assert said in home and f'href="{row.url}"' in home
    # It is to come: it stands neither under what was before, nor as one that is to take place.
    assert headings(client.get("/appointments/").text) == ["Annulés"]
    assert headings(received.client("rosa").get(f"/people/user/{amelie.pk}/appointments/").text) == [
        "Annulés"
    ]
    booked(first, other, amelie)
    assert said not in received.client("amelie").get("/home/").text
    with time_machine.travel(at + dt.timedelta(days=1)):
        assert headings(received.client("amelie").get("/appointments/").text) == ["Auparavant"]


@pytest.mark.parametrize("books", ["invited", "agency"])
def test_what_she_may_not_book_again_leads_to_the_phone_and_not_to_a_page_that_is_not_there(
    received: Town, books: str
) -> None:
    review, amelie = kind(received.agency, books=books), received.people["amelie"]
    row = booked(review, times(received.agency, 30, TOMORROW)[0], amelie, received.people["rosa"])
    received.client("rosa").post(row.url, {"act": "cancel", "version": row.version})
    client = received.client("amelie")
    page = client.get(row.url).text
    assert f"/appointments/kind/{review.pk}/" not in page
    assert "prochain horaire libre" in page and received.agency.phone_shown in page
    # Invited anew, she chooses by herself.
    if books == "invited":
        inviting.invite(kind=review, people=[amelie.jobseeker], days=10, by=received.people["rosa"])
        at = re.findall(r'name="at" value="(\d+)"', client.get(row.url).text)
        assert client.post(f"/appointments/kind/{review.pk}/", {"at": at[0]}).status_code == 302


def headings(page: str) -> list[str]:
    """Return what stands over the appointments that are not to come."""
    return [one for one in re.findall(r"<h2[^>]*>([^<]*)</h2>", page) if one in ("Annulés", "Auparavant")]


def test_near_the_hour_she_is_told_whom_to_call_or_to_write(received: Town, gaels: Appointment) -> None:
    row, at = gaels, gaels.starts_at
    received.client("gael").post(row.url, {"act": "cancel", "version": row.version + 1})
    row.refresh_from_db()
    assert row.state == State.BOOKED
    with time_machine.travel(at - dt.timedelta(hours=3)):
        page = received.client("gael").get(row.url).text
        received.client("gael").post(row.url, {"act": "cancel"})
    row.refresh_from_db()
    assert received.agency.phone_shown in page
    assert 'value="cancel"' not in page
    assert row.state == State.BOOKED
    with time_machine.travel(at - dt.timedelta(hours=2), tick=False):
        page = received.client("gael").get(row.url).text
        assert "C’est bientôt" in page and 'href="/messages/new/"' in page


def test_a_letter_says_all_of_it_and_its_code_cancels(received: Town) -> None:
    from visavis.appointments import telling  # noqa: PLC0415
    from visavis.news import wording  # noqa: PLC0415

    gael = received.people["gael"]
    gael.channel = Channel.POST
    gael.save()
    row = booked(kind(received.agency), times(received.agency, 30, TOMORROW)[0], gael)
    told = telling.tell(row, telling.BOOKED)
    assert told is not None
    said = " ".join(wording.on_paper(told))
    assert "mardi 12 janvier à 8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in said
    assert received.agency.address in said


def test_a_counsellor_says_when_she_receives(received: Town) -> None:
    client = received.client("bruno")
    address = f"/agenda/hours/{received.agency.pk}/"
    assert "9:00" not in client.get(address).text
    client.post(address, {"act": "week", "time_0_0": "9:00", "time_0_1": "11h"})
    assert list(Receiving.objects.values_list("weekday", "start", "end")) == [(0, 540, 660)]
    assert 'name="time_0_4"' in client.post(address, {"more": "yes", "time_0_0": "9", "time_0_1": "11"}).text
    day = {"act": "day", "day": "2027-01-18", "start": "9", "end": "8", "is_there": "no"}
    assert "La fin vient avant le début" in client.post(address, day).text
    client.post(address, day | {"end": "11"})
    row = OtherDay.objects.get()
    client.post(address, {"act": "day", "drop": row.pk})
    assert not OtherDay.objects.exists()
    client.post(address, day | {"end": "11", "every": "month"})
    assert OtherDay.objects.get().is_monthly
    assert "et le troisième lundi de chaque mois" in client.get(address).text


def test_the_head_says_what_is_given_and_what_is_no_longer_is_seen_by_who_works_there(received: Town) -> None:
    client = received.client("hugo")
    address = f"/agenda/kinds/{received.agency.pk}/"
    told = {
        "name": "Point projet",
        "nature": "follow-up",
        "minutes": "45",
        "channels": ["agency"],
        "books": "anybody",
    }
    assert "cinq minutes" in client.post(address, told | {"minutes": "43"}).text
    client.post(address, told | {"is_open": "on"})
    row = Kind.objects.get()
    client.post(f"{address}?kind={row.pk}", told)
    row.refresh_from_db()
    assert (row.minutes, row.is_open) == (45, False)
    assert "porte ce nom" in client.post(address, told).text
    shut = kind(received.agency, is_open=False)
    for persona, status in (("visitor", 404), ("gael", 404), ("dario", 404), ("rosa", 302)):
        assert received.client(persona).get(f"/appointments/kind/{shut.pk}/").status_code == status
    assert shut.name not in received.client("visitor").get(f"/appointments/agency/{received.agency.pk}/").text
    assert shut.name in received.client("hugo").get(f"/agenda/kinds/{received.agency.pk}/").text
    shut = kind(received.agency, "workshop", 60, is_open=False)
    row = workshop(shut, MONDAY + dt.timedelta(days=1), received.people["bruno"])
    assert list(Workshop.objects.visible_to(received.people["gael"])) == []
    assert list(Workshop.objects.visible_to(received.people["rosa"])) == [row]


def test_a_workshop_is_given_and_filled(received: Town) -> None:
    cvs = kind(received.agency, "workshop", 120, channels=["agency"])
    bruno, rosa, address = received.people["bruno"], received.client("rosa"), f"/agenda/workshops/{cvs.pk}/"
    worked = {"role": "counsellor", "role__organisation": received.agency.organisation}
    gone, _stayed = (factories.UserFactory(name=name, **worked) for name in ("Zoé Partie", "Zoé Restée"))
    gone.memberships.update(starts_on=MONDAY.date() - dt.timedelta(days=30))
    team.let_go(agency=received.agency, user=gone, by=received.people["hugo"])
    page = rosa.get(address).text
    assert ("Zoé Partie" in page, "Zoé Restée" in page) == (False, True)
    told = {"day": "2027-01-12", "start": "9:00", "places": "2", "holder": bruno.pk}
    rosa.post(address, told | {"holder": gone.pk})
    assert not Workshop.objects.exists(), "who has left leads none"
    rosa.post(address, told)
    row = Workshop.objects.get()
    assert "a un rendez-vous à ces heures" in rosa.post(address, told | {"start": "10:00"}).text
    client = received.client("gael")
    assert "2 places libres" in client.get(f"/appointments/kind/{cvs.pk}/").text
    held = client.post(f"/appointments/kind/{cvs.pk}/", {"workshop": row.pk})
    client.post(held.url)
    assert "1 place libre" in received.client("bruno").get("/agenda/?from=2027-01-12").text
    elsewhere = kind(received.other_agency, "workshop", 60)
    workshop(elsewhere, MONDAY + dt.timedelta(days=1), factories.UserFactory())
    assert rosa.get(f"/agenda/workshops/{elsewhere.pk}/").status_code == 404


def test_the_day_shows_who_comes_and_asks_not_before_it_begins(received: Town, gaels: Appointment) -> None:
    with time_machine.travel(gaels.starts_at + dt.timedelta(minutes=40)):
        assert "(1)" in received.client("bruno").get("/home/").text
    row, at = gaels, gaels.starts_at
    assert "Gaël" in received.client("bruno").get("/agenda/?from=2027-01-12").text
    act = {"act": "see", "version": row.version}
    for before, is_asked in (
        (dt.timedelta(minutes=40), False),
        (dt.timedelta(seconds=1), False),
        (dt.timedelta(), True),
    ):
        with time_machine.travel(at - before, tick=False):
            client = received.client("bruno")
            page = client.get(row.url).text
            assert [words in page for words in ("Il a eu lieu", "n’est pas venue")] == [is_asked, is_asked]
            told = client.post(f"{row.url}settle/", act, follow=True).text
            assert ("C’est noté" in told) == is_asked
        row.refresh_from_db()
        assert row.state == (State.SEEN if is_asked else State.BOOKED)


def test_a_page_asks_at_most_twelve_questions(received: Town, django_assert_max_num_queries: object) -> None:
    follow_up = kind(received.agency, "follow-up")
    for at in times(received.agency, 30, TOMORROW)[:6]:
        booked(follow_up, at, received.people["amelie"])
    for persona, address in (
        ("amelie", "/appointments/"),
        ("amelie", f"/appointments/kind/{follow_up.pk}/"),
        ("bruno", "/agenda/?from=2027-01-12"),
        ("bruno", f"/people/user/{received.people['amelie'].pk}/appointments/"),
    ):
        client = received.client(persona)
        client.get(address)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(address).status_code == 200


def test_nobody_is_called_of_whom_no_number_is_known(received: Town) -> None:
    call = kind(received.agency, "call", 10, channels=["phone"])
    both = kind(received.agency, "follow-up", channels=["phone", "agency"])
    person = received.people["amelie"]
    at = times(received.agency, 30, TOMORROW)[0]
    for number, known in ((None, False), ("+33612345678", True)):
        person.phone = number
        person.save()
        her, rosa = received.client("amelie"), received.client("rosa")
        page = her.get(f"/appointments/kind/{both.pk}/").text
        assert ("Par téléphone" in page) == known and (
            'type="hidden" name="channel" value="agency"' in page
        ) != known
        of_call = f"/people/user/{person.pk}/appointments/kind/{call.pk}/"
        assert ("Aucun numéro" in rosa.get(of_call).text) != known
        if not known:
            assert (
                rosa.post(of_call, {"at": value(at)}).status_code == 409 and not Appointment.objects.exists()
            )
    assert rosa.post(of_call, {"at": value(at)}).status_code == 302
