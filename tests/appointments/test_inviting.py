"""People are invited to choose a time: counted first, told by her channel, reminded, and seen when none is free."""

import datetime as dt
import uuid

import pytest
import time_machine

from tests import factories
from tests.appointments.making import MONDAY, booked, kind, times
from tests.personas import Town
from visavis.appointments import services as appointments
from visavis.appointments.enums import State
from visavis.appointments.inviting import room, services, sweep
from visavis.appointments.models import Appointment, Invitation, Kind, OtherDay, Receiving, TimesAsked
from visavis.common import clock, keeping
from visavis.news.models import Envelope, News
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.queues import services as queues

DAY = dt.timedelta(days=1)
TOMORROW = MONDAY.date() + DAY


@pytest.fixture
def follow_up(received: Town) -> Kind:
    return kind(received.agency, "follow-up", books="invited")


def paper_only(user: User) -> User:
    """Somebody without e-mail and without phone."""
    user.email, user.phone, user.channel = None, None, Channel.POST
    user.postal_address = "3 rue du Port\n26000 Valence"
    user.save()
    return user


def invite(town: Town, what: Kind, days: int = 10) -> Invitation:
    return services.invite(kind=what, people=[town.jobseeker], days=days, by=town.people["bruno"])[0]


def told() -> list[str]:
    return list(News.objects.filter(thing="to-choose").order_by("pk").values_list("kind", flat=True))


def free_times(town: Town) -> list[dt.datetime]:
    return times(town.agency, 30, TOMORROW)


def test_an_invitation_by_letter_goes_from_the_counsellor_to_presence_without_mail_or_phone(
    received: Town, follow_up: Kind
) -> None:
    amelie = paper_only(received.people["amelie"])
    bruno = received.client("bruno")
    check = bruno.post(
        "/agenda/invite/",
        {"chosen": received.jobseeker.pk, "kind": follow_up.pk, "days": 10, "step": "check"},
    )
    assert "Bruno" in check.text
    bruno.post(
        "/agenda/invite/", {"chosen": received.jobseeker.pk, "kind": follow_up.pk, "days": 10, "step": "send"}
    )
    bruno.post("/post/", {"form": uuid.uuid4()})
    letter = Envelope.objects.get()
    assert letter.news.state == News.State.TO_TELL
    bruno.post(f"/post/{letter.batch_id}/posted/")
    # Four days later the letter is there, on a borrowed phone.
    with time_machine.travel(MONDAY + 4 * DAY, tick=False):
        phone = received.client("visitor")
        page = phone.post("/letter/", {"code": letter.code.lower().replace("-", " ")}, follow=True)
        assert "Nous vous invitons" in page.text
        at = times(received.agency, 30, TOMORROW + 4 * DAY, TOMORROW + 8 * DAY)[3]
        address = f"/letter/read/{letter.pk}/"
        held = phone.post(address, {"at": f"{int(at.timestamp())}"}, follow=True)
        row = Appointment.objects.get()
        assert (row.state, row.person) == (State.HELD, amelie)
        assert str(row.uid) in held.text
        phone.post(address, {"act": "book", "held": str(row.uid)}, follow=True)
        row.refresh_from_db()
        assert (row.state, row.way, row.counsellor) == (State.BOOKED, "letter", received.people["bruno"])
        assert "Je ne peux pas venir" in phone.get(address).text
    assert Invitation.objects.get().state == Invitation.State.BOOKED
    with time_machine.travel(at - dt.timedelta(minutes=10), tick=False):
        ticket = queues.come_in(agency=received.agency, by=received.people["rosa"], person=amelie)
        assert ticket.to == received.people["bruno"]
    with time_machine.travel(at, tick=False):
        received.client("bruno").post(f"{row.url}settle/", {"act": "see"})
    row.refresh_from_db()
    assert row.state == State.SEEN


def test_free_times_are_counted_for_each_counsellor_before_anybody_is_told(
    received: Town, follow_up: Kind
) -> None:
    eve = factories.UserFactory(
        name="Eve", role="counsellor", role__organisation=received.agency.organisation
    )
    other = factories.JobseekerFactory(agency=received.agency, counsellor=eve)
    rooms = room.of(follow_up, [received.jobseeker, other], MONDAY.date())
    assert [(one.holder, one.times > 1, one.missing) for one in rooms] == [
        (eve, False, 1),
        (received.people["bruno"], True, 0),
    ]
    assert not News.objects.exists()
    invite(received, follow_up)
    assert room.of(follow_up, [other], MONDAY.date())[0].waiting == 0
    assert [one.waiting for one in room.of(kind(received.agency), [other], MONDAY.date())] == [0]


def test_more_times_are_asked_for_in_one_tap_and_opened_by_the_head(received: Town, follow_up: Kind) -> None:
    Receiving.objects.all().delete()
    choice = {"chosen": received.jobseeker.pk, "kind": follow_up.pk, "days": 10}
    bruno = received.client("bruno")
    page = bruno.post("/agenda/invite/", choice | {"step": "check"}).text
    assert "Demander plus d’horaires" in page
    bruno.post("/agenda/invite/", choice | {"step": "more"})
    bruno.post("/agenda/invite/", choice | {"step": "more"})
    asked = TimesAsked.objects.get()
    assert (asked.counsellor, asked.missing) == (received.people["bruno"], 1)
    hugo = received.client("hugo")
    assert asked.url in hugo.get("/home/").text
    assert asked.url in bruno.get("/home/").text
    hours = {"counsellor": received.people["bruno"].pk, "day": "2027-01-12", "start": "18:00", "end": "19:00"}
    assert "ne crée aucun horaire" in hugo.post(asked.url, hours).text
    assert not OtherDay.objects.exists()
    hugo.post(asked.url, hours | {"start": "9", "end": "10"})
    asked.refresh_from_db()
    assert asked.done_at is not None
    assert len(free_times(received)) == 2


def test_one_is_invited_at_the_counter_and_chooses_with_her_account(received: Town, follow_up: Kind) -> None:
    rosa = received.client("rosa")
    address = f"/people/user/{received.people['amelie'].pk}/appointments/kind/{follow_up.pk}/invite/"
    assert address in rosa.get(f"/people/user/{received.people['amelie'].pk}/appointments/").text
    rosa.post(address, {"step": "send"})
    rosa.post(address, {"step": "send"})
    assert Invitation.objects.get().person == received.people["amelie"]
    assert told() == ["invited"]
    # Who tells her of it by phone is led to where it is booked.
    assert (
        rosa.get(Invitation.objects.get().url).url
        == f"/people/user/{received.people['amelie'].pk}/appointments/"
    )
    assert (
        "Invitation à choisir" in rosa.get(f"/people/user/{received.people['amelie'].pk}/appointments/").text
    )
    address = f"/appointments/kind/{follow_up.pk}/"
    amelie = received.client("amelie")
    row = Invitation.objects.get()
    assert row.url in amelie.get("/home/").text
    assert amelie.get(row.url).url == address
    assert "Nous vous invitons" in amelie.get(address).text
    assert received.client("gael").get(address).status_code == 404
    assert received.client("visitor").get(address).url.startswith("/account/sign-in/")
    held = amelie.post(address, {"at": f"{int(free_times(received)[0].timestamp())}"})
    booked_at = amelie.post(held.url)
    row.refresh_from_db()
    assert (row.state, row.appointment.url) == (Invitation.State.BOOKED, booked_at.url)
    assert amelie.get(row.url).url == booked_at.url


def test_what_staff_books_on_the_phone_answers_an_invitation_and_no_second_time_does(
    received: Town, follow_up: Kind
) -> None:
    row, amelie, bruno = invite(received, follow_up), received.people["amelie"], received.people["bruno"]
    booked(follow_up, free_times(received)[0], amelie, received.people["rosa"])
    row.refresh_from_db()
    assert row.state == Invitation.State.BOOKED
    with pytest.raises(services.NotInvited):
        booked(follow_up, free_times(received)[1], amelie)
    assert Appointment.objects.count() == 1
    # Who has such an appointment, or another agency, is left out.
    stranger = factories.JobseekerFactory(agency=received.other_agency)
    found = services.sort(follow_up, [received.jobseeker, stranger])
    assert (len(found.people), len(found.others)) == (0, 2)
    with pytest.raises(services.NobodyToInvite):
        services.invite(kind=follow_up, people=[stranger], days=10, by=bruno)


@pytest.mark.parametrize("who", ["bruno", None])
def test_whom_the_agency_cancels_is_invited_anew_and_chooses_again(
    received: Town, follow_up: Kind, who: str | None
) -> None:
    amelie, by = received.people["amelie"], received.people[who] if who else None
    row = invite(received, follow_up)
    first, second = free_times(received)[:2]
    standing = booked(follow_up, first, amelie)
    with clock.moved(MONDAY + 3 * DAY):
        appointments.revoke(appointment=standing, by=by)
        row.refresh_from_db()
        assert (row.state, row.appointment, row.until) == ("open", None, TOMORROW + 12 * DAY)
        assert (row.reminded_at, row.remind_on) == (None, TOMORROW + 5 * DAY)
    assert f"/appointments/kind/{follow_up.pk}/" == received.client("amelie").get(row.url).url
    again = booked(follow_up, second, amelie)
    row.refresh_from_db()
    assert (row.state, row.appointment) == ("booked", again)


def test_who_cancels_herself_or_is_invited_already_is_not_anew(received: Town, follow_up: Kind) -> None:
    amelie, row = received.people["amelie"], invite(received, follow_up)
    first, second, third = free_times(received)[:3]
    appointments.cancel(appointment=booked(follow_up, first, amelie), by=amelie)
    row.refresh_from_db()
    assert row.state == "booked"
    other = invite(received, follow_up)
    standing = booked(follow_up, second, amelie)
    Invitation.objects.filter(pk=row.pk).update(state="open", appointment=None)
    appointments.revoke(appointment=standing, by=None)
    other.refresh_from_db()
    assert other.state == "booked" and Invitation.objects.open().get() == row
    standing = booked(follow_up, third, amelie)
    Kind.objects.filter(pk=follow_up.pk).update(is_open=False)
    appointments.revoke(appointment=standing, by=None)
    row.refresh_from_db()
    assert row.state == "booked"


def test_she_is_reminded_once_by_day_and_it_ends_after_ten_days(received: Town, follow_up: Kind) -> None:
    row = invite(received, follow_up)
    with time_machine.travel(MONDAY + 3 * DAY + dt.timedelta(hours=15), tick=False):
        sweep.sweep()
    assert told() == ["invited"]
    days = {2: ["invited"], 3: ["invited", "reminded"], 10: ["invited", "reminded"]}
    for day, expected in days.items():
        with time_machine.travel(MONDAY + day * DAY + dt.timedelta(hours=2), tick=False):
            sweep.sweep()
            sweep.sweep()
        assert told() == expected
    row.refresh_from_db()
    assert row.is_open
    with time_machine.travel(MONDAY + 11 * DAY, tick=False):
        sweep.sweep()
        row.refresh_from_db()
        assert row.state == Invitation.State.EXPIRED
        assert "n’ont choisi aucun horaire" in received.client("bruno").get("/home/").text


def test_staff_is_told_when_an_invited_person_finds_no_time_and_no_longer_when_she_does(
    received: Town, follow_up: Kind
) -> None:
    row = invite(received, follow_up)
    sweep.sweep()
    row.refresh_from_db()
    assert row.none_free_since is None
    hours = list(Receiving.objects.all())
    Receiving.objects.all().delete()
    with time_machine.travel(MONDAY + dt.timedelta(hours=2), tick=False):
        sweep.sweep()
        row.refresh_from_db()
        assert row.none_free_since is not None
        for name in ("bruno", "hugo"):
            assert "show=none-free" in received.client(name).get("/home/").text
        assert "Amélie" in received.client("bruno").get("/agenda/invitations/?show=none-free").text
    Receiving.objects.bulk_create(hours)
    with time_machine.travel(MONDAY + dt.timedelta(hours=4), tick=False):
        sweep.sweep()
    row.refresh_from_db()
    assert row.none_free_since is None


def test_what_is_taken_back_opens_nothing_and_is_told_no_more(received: Town, follow_up: Kind) -> None:
    invite(received, follow_up).delete()
    assert keeping.forget()["news of invitations that are gone"] == 1
    assert told() == []
    row, amelie = invite(received, follow_up), received.client("amelie")
    received.client("bruno").post("/agenda/invitations/", {"take_back": row.pk})
    assert amelie.get(f"/appointments/kind/{follow_up.pk}/").status_code == 404
    assert amelie.get(row.url).url == "/appointments/"
    assert services.take_back(invitation=row, by=received.people["bruno"]) is False
    News.objects.all().delete()
    paper_only(received.people["amelie"])
    services.take_back(invitation=invite(received, follow_up), by=received.people["bruno"])
    assert told() == []
    row = invite(received, follow_up)
    assert told() == ["invited"]
    assert keeping.forget()["news of invitations that are gone"] == 0
    booked(follow_up, free_times(received)[0], received.people["amelie"])
    assert told() == [], "it is answered"


def test_by_letter_there_are_five_days_more_and_before_and_after_it_is_said_who_is_told_how(
    received: Town, follow_up: Kind
) -> None:
    paper_only(received.people["amelie"])
    choice = {"chosen": received.jobseeker.pk, "kind": follow_up.pk, "days": 10}
    bruno = received.client("bruno")
    for step in ("check", "send"):
        page = bruno.post("/agenda/invite/", choice | {"step": step}, follow=True).text
        assert "1 par courrier" in page and "À prévenir" in page, step
    row = Invitation.objects.get()
    assert (row.remind_on, row.until) == (MONDAY.date() + 8 * DAY, MONDAY.date() + 15 * DAY)
