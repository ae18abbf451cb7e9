"""A meeting: sane hours, an address and a person, a choice of times, a reason when it is cancelled, a calendar."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests import factories
from tests.appointments.making import always_open, booked, kind, receives
from tests.introductions import times
from tests.personas import Town
from visavis.appointments import elsewhere
from visavis.appointments.models import Appointment, Meeting, Quantum
from visavis.appointments.services import Elsewhere
from visavis.common import clock
from visavis.introductions import flow, services, undoing, waiting
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.forms import TimeForm
from visavis.introductions.meetings import DayOfRest, NotSaid, Plan, Where, WrongDay
from visavis.introductions.models import Introduction
from visavis.introductions.stories import Group
from visavis.news.models import News
from visavis.people.models import User

pytestmark = pytest.mark.django_db

PARIS = timezone.get_default_timezone()


def fresh(row: Introduction) -> Introduction:
    return Introduction.objects.with_person().get(pk=row.pk)


def propose(town: Town, row: Introduction, plan: Plan) -> Introduction:
    services.set_time(introduction=row, side=Side.EMPLOYER, plan=plan, by=town.people["chloe"])
    return fresh(row)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_an_hour_is_taken_as_people_write_it_and_asked_again_where_the_clocks_skip_or_repeat_it() -> None:
    field = TimeForm.base_fields["at"]
    for said, written in (((8, 30), ["8 h 30", "8\u00a0h\u00a030", "8h30", "8:30"]), ((9, 0), ["9 h", "9h"])):
        for typed in written:
            at = field.clean(f"15/01/2027 {typed}")
            assert (at.hour, at.minute) == said
    for typed in ("2027-03-28T02:30", "31/10/2027 02:30"):
        with pytest.raises(ValidationError, match="heure change"):
            field.clean(typed)


def test_a_time_at_which_nobody_meets_is_refused_and_a_day_of_rest_needs_an_explicit_yes(
    time_machine: Any,
) -> None:
    time_machine.move_to(at("2026-11-27T12:00"), tick=False)
    hours = [f"2026-12-02T{hour}" for hour in ("06:59", "03:00", "20:45", "22:00")]
    sure = [(when, True) for when in (*hours, "2027-02-28T10:00")]
    for when, is_sure in (*sure, ("2027-01-01T10:00", False), ("2026-11-26T10:00", False)):
        with pytest.raises(WrongDay):
            Plan((at(when),), "phone", 30, is_sure=is_sure).checked()
    for when in ("2026-11-29T10:00", "2026-12-25T10:00"):
        with pytest.raises(DayOfRest):
            Plan((at(when),), "phone").checked()
        assert Plan((at(when),), "phone", is_sure=True).checked().times == (at(when),)
    # A holiday of the department of the work is one too.
    plan = Plan((at("2026-12-26T10:00"),), "phone")
    assert plan.checked("26").times
    with pytest.raises(services.WrongDay):
        plan.checked("67")


WHOLE = {"place": "on-site", "address": "8 rue des Fours", "contact": "Mme Roux", "phone": "04 75 00 00 01"}
TOLD = {"address": "8 rue des Fours", "contact": "Mme Roux", "phone": "+33475000001"}
ASKED = {
    "address": "Écrivez où venir : rue et ville.",
    "contact": "Écrivez qui demander : prénom et nom.",
    "phone": "Écrivez le numéro à appeler ce jour-là.",
}


def lacking(place: str) -> list[str]:
    """Say what is asked of an employer, of each way to meet."""
    return {"on-site": [*ASKED], "phone": ["contact", "phone"]}.get(place, ["contact"])


def test_the_page_asks_where_whom_and_which_number_and_keeps_what_was_typed(
    town: Town, row: Introduction
) -> None:
    when = times.at_ten(2).strftime("%Y-%m-%dT10:00")
    said = {"act": "set-time", "seen": str(row.version), "at": when} | WHOLE
    client = town.client("chloe")
    for name, sentence in ASKED.items():
        page = client.post(row.url, said | {name: " "})
        kept = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert page.status_code == 200 and sentence in kept
        assert when in kept and all(WHOLE[one] in kept for one in ASKED if one != name)
    for place in ("agency", "phone", "video"):
        needed = {name: WHOLE[name] if name in lacking(place) else " " for name in ASKED}
        now = {"place": place, "seen": str(fresh(row).version)}
        assert client.post(row.url, said | needed | now).status_code == 302, place
    assert fresh(row).meeting_contact == "Mme Roux"


@pytest.mark.parametrize("place", ["on-site", "agency", "phone", "video"])
def test_the_service_refuses_it_too(place: str, town: Town, row: Introduction) -> None:
    Introduction.objects.filter(pk=row.pk).update(employer_contact=None)
    for name in lacking(place):
        with pytest.raises(NotSaid):
            propose(town, row, times.plan(place=place, **TOLD | {name: ""}))
        assert fresh(row).meeting_at is None
    for name in ASKED.keys() - lacking(place):
        assert propose(town, row, times.plan(place=place, **TOLD | {name: ""})).meeting_at is not None


def test_what_the_employers_contact_gave_is_filled_in_and_a_sunday_kept_with_what_to_tick(
    town: Town, row: Introduction
) -> None:
    chloe = User.objects.get(pk=town.people["chloe"].pk)
    chloe.phone = "+33475000009"
    chloe.save(update_fields=["phone"])
    page = town.client("chloe").get(row.url).content.decode()
    assert "04 75 00 00 09" in page
    row = propose(town, row, Plan((times.at_ten(2),), "phone"))
    assert (row.meeting_contact, row.meeting_phone) == ("Chloé", "+33475000009")
    sunday = clock.local() + dt.timedelta(days=(6 - clock.local().weekday()) % 7 or 7)
    typed = sunday.strftime("%Y-%m-%dT10:00")
    said = {"act": "set-time", "seen": str(row.version), "at": typed, "place": "phone", "minutes": "30"}
    said |= {"contact": "Mme Roux", "phone": "04 75 00 00 01"}
    client = town.client("chloe")
    page = client.post(row.url, said).content.decode()
    assert typed in page and "cochez" in page
    assert client.post(row.url, said | {"is_sure": "on"}).status_code == 302
    assert fresh(row).meeting_at is not None


def asked_by(page: str) -> list[str]:
    """Return what the form by which a time is taken asks for."""
    [form] = [one for one in page.split("</form>") if 'value="take-time"' in one]
    return [name for name in ASKED if f'name="{name}"' in form[form.rindex("<form") :]]


def proposed_by_her(town: Town, row: Introduction, place: str, *days: int) -> Introduction:
    """Amélie proposes times; nothing is known of the employer's contact, nor of the workplace."""
    Introduction.objects.filter(pk=row.pk).update(employer_contact=None)
    times_ = tuple(times.at_ten(day) for day in days or (2,))
    plan = Plan(times_, place)
    services.set_time(introduction=fresh(row), side=Side.JOBSEEKER, plan=plan, by=town.people["amelie"])
    return fresh(row)


@pytest.mark.parametrize(
    ("place", "days"), [("on-site", (2, 9)), ("on-site", (2,)), ("phone", (2,)), ("video", (2,))]
)
def test_an_employer_who_takes_her_time_is_asked_where_whom_and_which_number(
    place: str, days: tuple[int, ...], town: Town, row: Introduction
) -> None:
    """The page asks what is needed and nothing else, keeps what was typed, and she reads all of it."""
    row, client = proposed_by_her(town, row, place, *days), town.client("chloe")
    assert asked_by(client.get(row.url).content.decode()) == lacking(place)
    said = {"act": "take-time", "seen": str(row.version)} | {one: WHOLE[one] for one in lacking(place)}
    if len(days) > 1:
        said["slot"] = times.at_ten(days[1]).astimezone(dt.UTC).isoformat()
    for name in lacking(place):
        page = client.post(row.url, said | {name: " "})
        kept = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert page.status_code == 200 and ASKED[name] in kept
        assert all(WHOLE[one] in kept for one in lacking(place) if one != name)
        assert len(days) == 1 or re.search(rf'value="{re.escape(said["slot"])}"[^>]*checked', kept)
        assert fresh(row).state == State.AGREED
    assert client.post(row.url, said).status_code == 302
    row = fresh(row)
    assert (row.state, row.meeting_contact) == (State.INTERVIEW, "Mme Roux")
    hers = town.client("amelie").get(row.url).content.decode()
    assert all(WHOLE[one] in hers for one in lacking(place))


@pytest.mark.parametrize("place", ["on-site", "agency", "phone", "video"])
def test_the_service_refuses_a_time_taken_without_it_too(place: str, town: Town, row: Introduction) -> None:
    row = proposed_by_her(town, row, place)
    taken = {"introduction": row, "side": Side.EMPLOYER, "by": town.people["chloe"]}
    for name in lacking(place):
        with pytest.raises(NotSaid):
            services.take_time(**taken, where=Where(**TOLD | {name: ""}))
        assert (fresh(row).state, fresh(row).meeting_contact) == (State.AGREED, "")
    services.take_time(**taken, where=Where(**{name: TOLD[name] for name in lacking(place)}))
    assert fresh(row).state == State.INTERVIEW


def test_what_is_known_already_is_not_asked_again_and_not_told_after_a_no(
    town: Town, row: Introduction
) -> None:
    """He told where to come before: her other time is taken in one tap, and the place stands."""
    row = propose(town, row, times.plan(2, "on-site"))
    her = {"introduction": row, "side": Side.JOBSEEKER, "by": town.people["amelie"]}
    services.set_time(**her, plan=Plan((times.at_ten(9),), "on-site"))
    said = {"act": "take-time", "seen": str(fresh(row).version)}
    assert town.client("chloe").post(row.url, said).status_code == 302
    assert (fresh(row).state, fresh(row).meeting_address) == (State.INTERVIEW, "8 rue des Fours")
    services.not_hire(introduction=fresh(row), side=Side.EMPLOYER, reason="other", by=town.people["chloe"])
    page = town.client("amelie").get(row.url).content.decode()
    assert "Mme Roux" not in page and "rue des Fours" not in page


def test_she_chooses_one_of_three_times(town: Town, row: Introduction) -> None:
    three = tuple(times.at_ten(day) for day in (2, 9, 16))
    row = propose(
        town, row, replace(times.plan(2, "on-site", address="8 rue des Fours, Valence"), times=three)
    )
    page = town.client("amelie").get(row.url).content.decode()
    assert page.count('name="slot"') == 3
    said = {"act": "take-time", "seen": str(row.version), "slot": three[1].astimezone(dt.UTC).isoformat()}
    wrong = said | {"slot": "2000-01-01T10:00:00+00:00"}
    assert town.client("amelie").post(row.url, wrong).status_code == 200
    assert fresh(row).state == State.AGREED
    assert town.client("amelie").post(row.url, said).status_code == 302
    row = fresh(row)
    assert (row.state, row.meeting_at, row.times()) == (State.INTERVIEW, three[1], [three[1]])
    for persona in ("amelie", "chloe"):
        shown = town.client(persona).get(row.url).content.decode()
        assert "8 rue des Fours, Valence" in shown and "Mme Roux" in shown and "04 75 00 00 01" in shown
        assert "Boulanger" in town.client(persona).get(reverse("portal:home")).content.decode()


def test_her_wish_is_read_and_she_says_only_when_and_is_asked_nothing_of_the_place(
    town: Town, row: Introduction
) -> None:
    row = propose(town, row, times.plan())
    said = {"act": "other-time", "seen": str(row.version), "words": "Le mardi matin"}
    assert town.client("amelie").post(row.url, said).status_code == 302
    assert "Le mardi matin" in town.client("chloe").get(row.url).content.decode()
    row = propose(town, fresh(row), times.plan(9))
    assert (row.meeting_wish, len(row.times())) == ("", 1)
    row = propose(town, row, replace(times.plan(), times=(times.at_ten(2), times.at_ten(9))))
    with pytest.raises(WrongDay):
        services.take_time(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    said = {"act": "set-time", "seen": str(row.version), "at": times.at_ten(9).strftime("%Y-%m-%dT10:00")}
    assert town.client("amelie").post(row.url, said | {"place": "on-site"}).status_code == 302
    assert fresh(row).meeting_by == Side.JOBSEEKER
    row = propose(town, fresh(row), times.plan())
    assert not asked_by(town.client("amelie").get(row.url).content.decode())
    sent = {"act": "take-time", "seen": str(row.version), "address": "Chez un inconnu"}
    town.client("amelie").post(row.url, sent)
    assert fresh(row).state == State.INTERVIEW and fresh(row).meeting_address != "Chez un inconnu"


@pytest.mark.parametrize(("side", "by"), [("jobseeker", "amelie"), ("employer", "chloe")])
def test_either_cancels_with_a_reason_that_the_other_reads(
    side: str, by: str, town: Town, row: Introduction, time_machine: Any
) -> None:
    row = propose(town, row, times.plan())
    services.take_time(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    row = fresh(row)
    with pytest.raises(services.NoReason):
        services.cancel(introduction=row, side=Side(side), reason="pay", by=town.people[by])
    services.cancel(introduction=row, side=Side(side), reason="prevented", by=town.people[by])
    row = fresh(row)
    assert (row.state, row.meeting_at) == (State.AGREED, None)
    reader = "chloe" if by == "amelie" else "amelie"
    assert "imprévu" in town.client(reader).get(row.url).content.decode()
    services.undo(introduction=row, by=town.people[by])
    assert fresh(row).state == State.INTERVIEW
    # Once it has begun, it is not cancelled.
    time_machine.move_to(times.at_ten(2) + dt.timedelta(minutes=1))
    with pytest.raises(services.NotNow):
        services.cancel(introduction=fresh(row), side=Side(side), reason="prevented", by=town.people[by])


def test_both_are_reminded_once_the_day_before_by_day(
    town: Town, row: Introduction, time_machine: Any
) -> None:
    row = propose(town, row, times.plan(5))
    services.take_time(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    eve = times.at_ten(5) - dt.timedelta(days=1)
    told = News.objects.filter(kind=NewsKind.TOMORROW)
    for when, number in ((eve.replace(hour=3), 0), (eve.replace(hour=9, minute=5), 2), (eve, 2)):
        time_machine.move_to(when, tick=False)
        flow.remind_the_day_before()
        assert told.count() == number
    assert set(told.values_list("user__name", flat=True)) == {"Amélie", "Chloé"}


@pytest.mark.parametrize(("when", "utc"), [("2027-03-27T10:00", "09:00"), ("2027-03-30T10:00", "08:00")])
def test_the_calendar_file_is_right_on_both_sides_of_the_change_of_clocks(
    when: str, utc: str, town: Town, row: Introduction, time_machine: Any
) -> None:
    time_machine.move_to(at("2027-03-20T12:00"), tick=False)
    Introduction.objects.filter(pk=row.pk).update(changed_at=clock.now())
    row = propose(town, row, Plan((at(when),), "on-site", 60, "8 rue des Fours", "Mme Roux", "+33475000001"))
    address = reverse("introductions:calendar", kwargs={"introduction_id": row.pk})
    assert town.client("amelie").get(address).status_code == 404
    services.take_time(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    answer = town.client("amelie").get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    begins, ends = event.decoded("dtstart"), event.decoded("dtend")
    assert begins.astimezone(dt.UTC).strftime("%H:%M") == utc
    assert ends - begins == dt.timedelta(hours=1)
    assert b"TZID=Europe/Paris" in answer.content and b"BEGIN:VTIMEZONE" in answer.content
    assert (event["location"], "Mme Roux" in event["description"]) == ("8 rue des Fours", True)
    assert "Amélie" not in answer.content.decode()


def test_one_calendar_entry_lives_through_another_time_and_is_taken_out_when_it_is_cancelled(
    town: Town, row: Introduction
) -> None:
    """It keeps its name; its number grows."""
    address = reverse("introductions:calendar", kwargs={"introduction_id": row.pk})
    client, her = town.client("chloe"), {"side": Side.JOBSEEKER, "by": town.people["amelie"]}
    events = []
    for day in (2, 9):
        services.take_time(introduction=propose(town, fresh(row), times.plan(day)), **her)
        events += Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert events[0].decoded("dtstart") != events[1].decoded("dtstart")
    assert Meeting.objects.count() == 1
    assert not Appointment.objects.exists()
    services.cancel(introduction=fresh(row), reason="prevented", **her)
    assert address in client.get(row.url).content.decode()
    calendar = Calendar.from_ical(client.get(address).content)
    [last] = calendar.walk("VEVENT")
    assert (calendar["method"], last["status"]) == ("CANCEL", "CANCELLED")
    assert events[0]["uid"] == events[1]["uid"] == last["uid"]
    assert events[0]["sequence"] < events[1]["sequence"] < last["sequence"]
    assert last.decoded("dtstart") == events[1].decoded("dtstart") and not calendar.walk("VALARM")
    propose(town, fresh(row), times.plan(12))
    assert client.get(address).status_code == 404


# A meeting is an appointment: her time is taken, whoever books, and one calendar holds it -------------


def anew() -> Introduction:
    return Introduction.objects.with_person().get()


@pytest.fixture
def agreed(town: Town, row: Introduction) -> Introduction:
    """Both agree on a time."""
    services.take_time(introduction=proposed_on(town, row), side=Side.JOBSEEKER, by=town.people["amelie"])
    return anew()


def proposed_on(town: Town, row: Introduction, day: int = 5) -> Introduction:
    plan = times.plan(day)
    services.set_time(introduction=row, side=Side.EMPLOYER, plan=plan, by=town.people["chloe"])
    return anew()


def taken(town: Town) -> int:
    return Quantum.objects.filter(person=town.people["amelie"]).count()


@pytest.mark.database
def test_a_time_that_both_agree_on_is_hers_until_it_is_cancelled_and_again_when_that_is_taken_back(
    town: Town, agreed: Introduction
) -> None:
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.is_off, taken(town)) == (agreed.meeting_at, False, 6)
    always_open(town.agency)
    receives(town.agency, town.people["bruno"], ((0, 1440),))
    with pytest.raises(Elsewhere):
        booked(kind(town.agency), meeting.starts_at, town.people["amelie"], town.people["bruno"])
    assert agreed.url in town.client("amelie").get("/appointments/").text
    amelie = town.people["amelie"]
    services.cancel(introduction=agreed, side=Side.JOBSEEKER, reason="prevented", by=amelie)
    assert (taken(town), Meeting.objects.get().is_off) == (0, True)
    undoing.undo(introduction=anew(), by=amelie)
    assert (taken(town), Meeting.objects.get().is_off) == (6, False)
    assert Meeting.objects.get().sequence == 2


@pytest.mark.database
def test_a_time_at_which_she_has_an_appointment_is_not_agreed_on(town: Town, row: Introduction) -> None:
    proposed = proposed_on(town, row)
    at = proposed.meeting_at
    assert at is not None
    elsewhere.agree(person=town.people["amelie"], starts_at=at, ends_at=at + dt.timedelta(minutes=5))
    with pytest.raises(elsewhere.TakenThen):
        services.take_time(introduction=proposed, side=Side.JOBSEEKER, by=town.people["amelie"])
    proposed.refresh_from_db()
    assert (proposed.state, proposed.meeting) == ("agreed", None)


def test_she_proposes_no_time_at_which_she_is_expected_elsewhere(town: Town, agreed: Introduction) -> None:
    plan = times.plan(5)
    amelie = town.people["amelie"]
    elsewhere.agree(
        person=amelie, starts_at=times.at_ten(12), ends_at=times.at_ten(12) + dt.timedelta(minutes=30)
    )
    with pytest.raises(elsewhere.TakenThen, match="10"):
        services.set_time(introduction=agreed, side=Side.JOBSEEKER, plan=times.plan(12), by=amelie)
    services.set_time(introduction=agreed, side=Side.JOBSEEKER, plan=plan, by=amelie)
    assert anew().meeting_at == plan.times[0]


def test_meetings_are_listed_in_the_order_of_their_days(town: Town, agreed: Introduction) -> None:
    amelie, chloe = town.people["amelie"], town.people["chloe"]
    sooner = services.want(
        jobseeker=town.jobseeker, vacancy=factories.VacancyFactory(employer=town.employer), by=amelie
    )
    flow.put_next(sooner.vacancy_id)
    services.agree(introduction=sooner, by=chloe)
    services.set_time(introduction=sooner, side=Side.EMPLOYER, plan=times.plan(2), by=chloe)
    services.take_time(introduction=sooner, side=Side.JOBSEEKER, by=amelie)
    found = waiting.listed(waiting.HER_OPEN(amelie.pk), Side.JOBSEEKER)[Group.TO_MEET]
    assert [one.row.pk for one in found] == [sooner.pk, agreed.pk]
