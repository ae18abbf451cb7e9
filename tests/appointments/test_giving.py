"""A counsellor away or gone, a door that closes: what stood there is given, or cancelled and told."""

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override

from tests import factories
from tests.appointments.making import MONDAY, TUESDAY, booked, kind, receives, somebody, times, workshop
from tests.personas import Town
from visavis.agencies import absences, closures, handing, team
from visavis.agencies.models import Absence
from visavis.agencies.zones import instant
from visavis.appointments import services
from visavis.appointments.enums import State
from visavis.appointments.models import Appointment, Quantum
from visavis.appointments.services import Wanted
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User

TOMORROW = TUESDAY


@pytest.fixture
def eve(received: Town) -> User:
    found: User = factories.UserFactory(
        name="Eve", role="counsellor", role__organisation=received.agency.organisation
    )
    return found


def go_away(town: Town, substitute: User, first: dt.date = TOMORROW) -> Absence:
    """Let Bruno be away until tomorrow."""
    said = {"agency": town.agency, "user": town.people["bruno"], "by": town.people["bruno"]}
    return absences.add(**said, starts_on=first, ends_on=TOMORROW, substitute=substitute)


def told() -> list[str]:
    return list(News.objects.filter(thing="appointment").order_by("pk").values_list("kind", flat=True))


def test_a_leave_gives_what_stands_there_to_who_stands_in(received: Town, eve: User, commits: Any) -> None:
    first, bruno = kind(received.agency), received.people["bruno"]
    inside, after = (times(received.agency, 30, TOMORROW + dt.timedelta(days=n))[0] for n in (0, 2))
    rows = [booked(first, at, received.people["gael"]) for at in (inside, after)]
    with commits():
        go_away(received, eve)
    assert list(Appointment.objects.order_by("starts_at").values_list("counsellor", flat=True)) == [
        eve.pk,
        bruno.pk,
    ]
    assert Quantum.objects.filter(appointment=rows[0], counsellor=eve).count() == 6
    assert told() == ["given"]
    with commits():
        team.let_go(agency=received.agency, user=bruno, by=received.people["hugo"])
    rows[0].refresh_from_db()
    assert rows[0].counsellor == eve


@pytest.mark.parametrize("has_begun", [True, False])
def test_who_is_back_sooner_has_again_what_was_given_and_nothing_else(
    received: Town,
    eve: User,
    commits: Any,
    *,
    has_begun: bool,
) -> None:
    receives(received.agency, eve)
    first, bruno = kind(received.agency), received.people["bruno"]
    at = times(received.agency, 30, TOMORROW)
    given = booked(first, at[0], received.people["gael"])
    with commits():
        away = go_away(received, eve, MONDAY.date() if has_begun else TOMORROW)
    hers = booked(first, at[2], somebody(received))
    assert {*Appointment.objects.values_list("counsellor", flat=True)} == {eve.pk}
    News.objects.update(state="sent", told_at=MONDAY)
    with commits():
        absences.end(absence=away, by=bruno)
    given.refresh_from_db()
    hers.refresh_from_db()
    assert (given.counsellor, hers.counsellor) == (bruno, eve)
    assert told() == ["given", "given"]


@pytest.mark.database
def test_what_nobody_can_take_stays_and_is_asked_about(received: Town, eve: User, commits: Any) -> None:
    receives(received.agency, eve)
    first, bruno = kind(received.agency), received.people["bruno"]
    at = times(received.agency, 30, TOMORROW)[0]
    for _n in range(2):
        booked(first, at, somebody(received))
    with commits():
        go_away(received, eve)
    assert Appointment.objects.filter(counsellor=bruno).count() == 1
    assert "(1)" in received.client("bruno").get("/home/").text


@pytest.mark.database
def test_who_leaves_hands_appointments_over_and_they_come_back(received: Town, eve: User) -> None:
    bruno, hugo = received.people["bruno"], received.people["hugo"]
    for one in times(received.agency, 30, TOMORROW)[:2]:
        booked(kind(received.agency), one, somebody(received))
    lines = {line.code: line.number for line in handing.preview(bruno, received.agency)}
    assert lines["appointments"] == 2
    row = handing.hand_over(agency=received.agency, former=bruno, to=[eve], by=hugo)
    assert Appointment.objects.filter(counsellor=eve).count() == 2
    assert Quantum.objects.filter(counsellor=bruno).count() == 0
    handing.take_back(handover=row, by=hugo)
    assert Appointment.objects.filter(counsellor=bruno).count() == 2


def test_who_leaves_hands_workshops_over_and_who_comes_is_told(received: Town, eve: User) -> None:
    bruno, hugo, cvs = (
        received.people["bruno"],
        received.people["hugo"],
        kind(received.agency, "workshop", 60),
    )
    at = times(received.agency, 30, TOMORROW)
    led, met = workshop(cvs, at[0], bruno), workshop(cvs, at[2], bruno)
    # Eve has something else while the second one takes place: nobody is in two places, it stays as it is.
    workshop(cvs, at[2], eve)
    taken = Wanted(cvs, at[0], "agency", workshop=led)
    come = somebody(received)
    seat = services.book(wanted=taken, person=come, by=come)
    lines = {line.code: line.words for line in handing.preview(bruno, received.agency)}
    assert lines["workshops"] == "2 ateliers à animer"
    row = handing.hand_over(agency=received.agency, former=bruno, to=[eve], by=hugo)
    for one, leads in ((led, eve), (met, bruno)):
        one.refresh_from_db()
        assert (one.holder, one.quanta.get(length__gt=0).counsellor) == (leads, leads)
    seat.refresh_from_db()
    assert (seat.counsellor, seat.quanta.filter(counsellor__isnull=False).exists()) == (eve, False)
    assert News.objects.filter(user=come, kind="given").count() == 1
    handing.take_back(handover=row, by=hugo)
    led.refresh_from_db()
    seat.refresh_from_db()
    assert (led.holder, seat.counsellor) == (bruno, bruno)


def test_a_closure_is_seen_before_and_cancels_and_tells_after(received: Town, commits: Any) -> None:
    bruno, hugo, first = received.people["bruno"], received.people["hugo"], kind(received.agency)
    at = times(received.agency, 30, TOMORROW)
    morning, afternoon = (booked(first, one, received.people["gael"]) for one in (at[0], at[-1]))
    cvs = kind(received.agency, "workshop", 60)
    taken = Wanted(cvs, at[2], "agency", workshop=workshop(cvs, at[2], bruno))
    seat = services.book(wanted=taken, person=received.people["amelie"], by=received.people["amelie"])
    closed = {
        "starts_at": instant(TOMORROW, 0, received.agency.zone),
        "ends_at": instant(TOMORROW, 780, received.agency.zone),
    }
    with commits():
        closures.close(agency=received.agency, reason="Panne d’électricité", by=hugo, **closed)
    morning.refresh_from_db()
    afternoon.refresh_from_db()
    assert (morning.state, afternoon.state) == (State.REVOKED, State.BOOKED)
    assert told() == ["cancelled", "cancelled"]
    assert cvs.workshops.get().is_off
    page = received.client("gael").get(morning.url).text
    assert page.count('name="at"') == 3
    # Of a workshop no single hours are offered: its own page says when the next ones are.
    page = received.client("amelie").get(seat.url).text
    assert 'name="at"' not in page
    assert f'href="/appointments/kind/{cvs.pk}/"' in page


@pytest.mark.database
@pytest.mark.parametrize("what", ["door", "leave"])
@pytest.mark.parametrize("is_earlier", [True, False])
def test_nobody_says_yes_to_a_time_that_was_held_before_the_door_closed_or_she_left_for_days(
    received: Town, what: str, *, is_earlier: bool, commits: Any
) -> None:
    bruno, hugo, gael = (received.people[name] for name in ("bruno", "hugo", "gael"))
    first, day = kind(received.agency), TOMORROW + dt.timedelta(days=2)
    soon, later = (times(received.agency, 30, one)[0] for one in (day, day + dt.timedelta(days=7)))
    if is_earlier:
        row = booked(first, later, gael)
        Appointment.objects.filter(pk=row.pk).update(wants_earlier_at=MONDAY)
        until = MONDAY + dt.timedelta(hours=24)
        services.hold_in_place(appointment=row, starts_at=soon, until=until)
    held = (
        services.hold(wanted=Wanted(first, soon, "agency"), person=gael, by=gael) if not is_earlier else None
    )
    with commits():
        if what == "door":
            starts_at, ends_at = (instant(day, minute, received.agency.zone) for minute in (0, 1440))
            times_of = {"starts_at": starts_at, "ends_at": ends_at}
            closures.close(agency=received.agency, reason="Travaux", by=hugo, **times_of)
        else:
            days = {"starts_on": day, "ends_on": day, "substitute": None}
            absences.add(agency=received.agency, user=bruno, by=bruno, **days)
    with pytest.raises(services.HoldOver):
        if held is not None:
            services.confirm(uid=held.uid, person=gael, by=gael)
        else:
            services.take_earlier(appointment=row, by=gael)
    assert not Appointment.objects.filter(starts_at=soon).exists()


def test_a_closure_says_beforehand_whom_somebody_has_to_tell(received: Town) -> None:
    people = [somebody(received) for _n in range(2)]
    for one, at in zip(people, times(received.agency, 30, TOMORROW), strict=False):
        booked(kind(received.agency), at, one)
    starts_at, ends_at = (instant(TOMORROW, minute, received.agency.zone) for minute in (0, 780))
    closed = closures.closing(
        agency=received.agency, starts_at=starts_at, ends_at=ends_at, reason="", by=received.people["hugo"]
    )
    with override("fr"):
        assert closures.touched(closed)[1:] == [
            "Les personnes sont prévenues ainsi : 2 par e-mail.".replace(" :", "\u00a0:")
        ]
        User.objects.filter(pk=people[0].pk).update(channel=Channel.COUNTER)
        assert ["1 par e-mail, 1 à l’accueil" in line for line in closures.touched(closed)] == [
            False,
            True,
            False,
        ]
        assert "À prévenir" in closures.touched(closed)[2]
