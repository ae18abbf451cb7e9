"""Closures that come back: their days, their words, their page, and what stands in them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from tests.agencies.conftest import NOW, PARIS, paris
from tests.appointments import making
from tests.personas import Town
from visavis.agencies import closures, history, repeats
from visavis.agencies.closures import FOR_EVER, Closed, WrongTimes
from visavis.agencies.hours import Span, parse
from visavis.agencies.models import Closure
from visavis.agencies.repeats import EachMonth, EachOtherWeek, EachYear, Repeat
from visavis.agencies.repeats_words import repeat_words
from visavis.agencies.roles import NotHead
from visavis.agencies.timetable import Stretch, Timetable
from visavis.appointments.enums import State

pytestmark = pytest.mark.usefixtures("monday")

ALWAYS = Stretch(NOW, FOR_EVER)
FIRST_MONDAY = Repeat(EachMonth(1, 0), Span(510, 750))
LATE_AUGUST = Repeat(EachYear((8, 16), (8, 31)))
MORNING = {"number": "1", "weekday": "0", "first_hour": "8 h 30", "last_hour": "12 h 30", "reason": "Réunion"}
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})


def keep(town: Town, repeat: Repeat, held: Stretch = ALWAYS, by: str = "hugo") -> Closure:
    who = {"agency": town.agency, "by": town.people[by], "reason": "Réunion"}
    return closures.keep_coming_back(repeat=repeat, held=held, **who)


SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda span: span[0] < span[1])
DAYS = st.one_of(
    st.builds(EachMonth, st.sampled_from(repeats.NUMBERS), st.integers(0, 6)),
    st.builds(EachOtherWeek, st.booleans(), st.integers(0, 6)),
)

DATES = st.tuples(st.integers(1, 12), st.integers(1, 28))


@given(st.one_of(DAYS, st.builds(EachYear, DATES, DATES)), SPANS)
def test_what_is_written_is_read_again(days: repeats.Days, span: tuple[int, int]) -> None:
    repeat = Repeat(days, Span(*span))
    assert repeats.read(repeats.written(repeat)) == repeat


@given(st.one_of(DAYS, st.builds(EachYear, DATES, DATES)))
def test_another_reader_finds_the_same_days(days: repeats.Days) -> None:
    """The rule as OpenStreetMap writes it, read by a second reader, over five years."""
    theirs = OpeningHours("24/7; " + repeats.written(Repeat(days)))
    first = dt.date(2026, 1, 1)
    for step in range(5 * 366):
        day = first + dt.timedelta(days=step)
        is_open = theirs.is_open(dt.datetime.combine(day, dt.time(12, 7)))
        assert is_open is not days.holds_on(day), day


def test_it_is_said_in_both_languages_and_what_is_no_rule_of_ours_is_refused() -> None:
    for text in ("", "Mo[5] off", "Mo off", "week 01-53/2 off", "Aug 16 off", "Feb 30-Mar 01 off"):
        with pytest.raises(ValueError, match="no closure"):
            repeats.read(text)
    for language, repeat, said in (
        ("en", FIRST_MONDAY, "Closed every first Monday of the month, from 8:30 to 12:30."),
        ("fr", FIRST_MONDAY, "Fermé chaque premier lundi du mois, de 8 h 30 à 12 h 30."),
        ("en", LATE_AUGUST, "Closed each year from 16 August to 31 August."),
        (
            "fr",
            Repeat(EachOtherWeek(True, 4), Span(780, 1440)),
            "Fermé le vendredi des semaines paires, de 13 h à 24 h.",
        ),
        ("en", Repeat(EachMonth(-1, 2)), "Closed every last Wednesday of the month."),
        ("fr", Repeat(EachYear((1, 1), (1, 1))), "Fermé chaque année le 1er janvier."),
    ):
        with translation.override(language):
            assert repeat_words(repeat).translate(PLAIN) == said


def test_the_door_is_closed_on_each_of_its_days_but_on_one_with_hours_of_its_own(town: Town) -> None:
    keep(town, Repeat(EachYear((12, 24), (1, 2))))
    timetable = town.agency.timetable
    assert not timetable.is_open(paris(12, 28, 9))
    assert timetable.next_opening(paris(12, 23, 18)) == dt.datetime(2028, 1, 3, 8, 30, tzinfo=PARIS)
    keep(town, FIRST_MONDAY)
    timetable = town.agency.timetable
    assert timetable.is_open(paris(3, 29, 9)), "the last Monday of March"
    for day in ((4, 5), (5, 3), (11, 1)):
        assert not timetable.is_open(paris(*day, 9)), day
    assert timetable.is_open(paris(5, 3, 14)) and timetable.next_opening(paris(5, 3, 0)) == paris(
        5, 3, 13, 30
    )
    what = {"agency": town.agency, "day": dt.date(2027, 4, 5), "reason": ""}
    closures.open_on(spans="09:00-12:00", by=town.people["hugo"], **what)
    assert town.agency.timetable.is_open(paris(4, 5, 10))


def test_who_stands_in_any_of_its_days_within_a_year_hears_of_it(town: Town, told: list[Closed]) -> None:
    keep(town, FIRST_MONDAY, Stretch(paris(5, 1), paris(7, 1)))
    assert [one.starts_at for one in told[0].stretches] == [paris(5, 3, 8, 30), paris(6, 7, 8, 30)]


def test_appointments_on_its_days_are_cancelled(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    hugo, bruno = town.people["hugo"], town.people["bruno"]
    making.receives(town.agency, bruno)
    kind = making.kind(town.agency)
    inside = making.booked(kind, paris(4, 5, 9, 30), town.people["amelie"])
    beside = making.booked(kind, paris(4, 12, 9, 30), town.people["amelie"])
    closed = closures.coming_back(
        agency=town.agency, repeat=FIRST_MONDAY, held=ALWAYS, reason="Réunion", by=hugo
    )
    told = closures.touched(closed)
    assert len(told) == 2 and told[0].startswith("1 rendez-vous est annulé")
    assert told[1] == "Les personnes sont prévenues ainsi\N{NO-BREAK SPACE}: 1 par e-mail."
    with django_capture_on_commit_callbacks(execute=True):
        keep(town, FIRST_MONDAY)
    inside.refresh_from_db()
    beside.refresh_from_db()
    assert (inside.state, beside.state) == (State.REVOKED, State.BOOKED)


def test_a_rule_that_never_holds_is_refused_and_only_the_head_keeps_one(town: Town) -> None:
    for repeat, held in (
        (FIRST_MONDAY, Stretch(paris(5, 1), paris(4, 1))),
        (FIRST_MONDAY, Stretch(paris(1, 1), paris(2, 1))),
        (FIRST_MONDAY, Stretch(paris(4, 6), paris(4, 20))),
        (Repeat(EachYear((2, 29), (2, 29))), Stretch(paris(3, 1), paris(12, 31))),
    ):
        with pytest.raises(WrongTimes):
            keep(town, repeat, held)
    for persona in ("bruno", "rosa", "dario"):
        with pytest.raises(NotHead):
            keep(town, FIRST_MONDAY, by=persona)


def test_taken_back_it_holds_no_more_but_stays_in_the_past_and_in_the_history(town: Town) -> None:
    row = keep(town, FIRST_MONDAY)
    with time_machine.travel(paris(4, 20, 10), tick=False):
        closures.take_back(row=row, by=town.people["hugo"])
        timetable = town.agency.timetable
        assert timetable.is_open(paris(5, 3, 9)) and not timetable.is_open(paris(4, 5, 9))
        taken, made = history.changes(town.agency)
        assert made.title in taken.title and taken.by == made.by == town.people["hugo"].name


def test_the_head_sees_words_and_days_keeps_it_and_everybody_reads_it(town: Town) -> None:
    url, hugo = reverse("agencies:repeat", args=[town.agency.pk, "month"]), town.client("hugo")
    answer = hugo.post(url, MORNING)
    seen = answer.context["understood"]["text"]
    assert "Les prochains jours : lundi 5 avril, lundi 3 mai, lundi 7 juin." in seen.translate(PLAIN)
    assert not Closure.objects.exists()
    assert hugo.post(url, MORNING | {"seen": seen}).status_code == 302
    row = Closure.objects.get()
    assert row.rule == "Mo[1] 08:30-12:30 off"
    public = Client().get(reverse("agencies:page", args=[town.agency.pk]), headers={"accept-language": "en"})
    assert "Closed every first Monday of the month, from 8:30 to 12:30." in public.text
    hugo.post(reverse("agencies:open_again", args=[row.pk]))
    assert town.agency.timetable.is_open(paris(4, 5, 9))
    url = reverse("agencies:repeat", args=[town.agency.pk, "moon"])
    assert town.client("hugo").get(url).status_code == 404


def test_what_cannot_be_gets_a_sentence_and_is_kept(town: Town) -> None:
    for shape, typed, field in (
        ("month", MORNING | {"number": "5"}, "number"),
        ("month", MORNING | {"last_hour": "8"}, "last_hour"),
        ("month", MORNING | {"reason": ""}, "reason"),
        ("month", MORNING | {"last_day": "2027-03-01"}, "last_day"),
        ("weeks", {"parity": "", "weekday": "4", "reason": "x"}, "parity"),
        (
            "year",
            {"from_day": "30", "from_month": "2", "to_day": "1", "to_month": "3", "reason": "x"},
            "from_day",
        ),
    ):
        answer = town.client("hugo").post(reverse("agencies:repeat", args=[town.agency.pk, shape]), typed)
        assert answer.status_code == 200 and answer.context["understood"] is None
        assert list(answer.context["form"].errors) == [field]


def test_programs_read_each_of_its_times(town: Town) -> None:
    keep(town, FIRST_MONDAY)
    keep(town, Repeat(EachYear((4, 24), (4, 25))))
    answer = Client().get(f"/api/v1/agencies/{town.agency.pk}").json()
    begins = [one["starts_at"] for one in answer["closures"]]
    assert begins == ["2027-04-05T08:30:00+02:00", "2027-04-24T00:00:00+02:00", "2027-05-03T08:30:00+02:00"]
    assert answer["closures"][1]["ends_at"] == "2027-04-26T00:00:00+02:00", "days in a row are one time"


def test_from_two_to_three_by_the_wall_also_when_the_clock_is_changed() -> None:
    """In Paris the hour is left out in spring: nothing is closed of 23; in autumn it comes twice: two are, of 25."""
    for department, day, hours in (
        ("26", (3, 28), 23), ("26", (10, 31), 23), ("974", (3, 28), 23), ("974", (10, 31), 23),
    ):  # fmt: skip
        rule = Repeat(EachYear(day, day), Span(120, 180))
        door = Timetable(parse("24/7"), department, repeats=((rule, ALWAYS),))
        opened = sum((one.ends_at - one.starts_at for one in door.on(dt.date(2027, *day))), dt.timedelta())
        assert opened == dt.timedelta(hours=hours)
