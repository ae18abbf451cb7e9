import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from visavis.agencies import hours, words
from visavis.agencies.forms import minute_of
from visavis.agencies.holidays import department_of, easter, is_holiday
from visavis.agencies.hours import Span, Unreadable, parse
from visavis.agencies.timetable import Timetable

PARIS = ZoneInfo("Europe/Paris")
USUAL = parse("Mo-Fr 08:30-12:30,13:30-17:00; Sa 09:00-12:00; PH off")


def paris(*parts: int, fold: int = 0) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=PARIS, fold=fold)  # type: ignore[arg-type, misc]


def test_days_ranges_and_several_spans_are_understood() -> None:
    assert USUAL.days[0] == (Span(510, 750), Span(810, 1020)) and USUAL.days[0] == USUAL.days[4]
    assert USUAL.days[5] == (Span(540, 720),) and USUAL.days[6] == ()
    assert USUAL.holidays == ()
    for text, open_days in (
        ("24/7", [0, 1, 2, 3, 4, 5, 6]), ("08:00-10:00", [0, 1, 2, 3, 4, 5, 6]),
        ("Mo,We 08:00-10:00", [0, 2]), ("Mo, We 08:00 - 10:00", [0, 2]), ("Sa-Mo 08:00-10:00", [0, 5, 6]),
        ("Mo-Fr 08:00-10:00; We off", [0, 1, 3, 4]), ("Mo-Fr 08:00-10:00; Tu closed;", [0, 2, 3, 4]),
        ("Mo-Fr,PH 08:00-10:00", [0, 1, 2, 3, 4]),
    ):  # fmt: skip
        assert [day for day, spans in enumerate(parse(text).days) if spans] == open_days


def test_what_is_not_understood_gets_a_short_sentence() -> None:
    for text in (
        "", ";", "Mo-Fr", "lundi 8h-12h", "Jan-Mar 08:00-10:00", "Mo 25:00-26:00", "Mo 08:70-09:00",
        "Mo 12:00-08:00", "Mo 08:00-10:00,09:00-11:00", "Mo 08:00-sunset", "Mo-PH 08:00-10:00",
        "Mo[1] 08:00-10:00", "x" * 10_000,
    ):  # fmt: skip
        with pytest.raises(Unreadable) as refusal:
            parse(text)
        assert 10 < len(str(refusal.value)) < 250


@given(st.text(alphabet="MoTuWeThFrSaSuPH0123456789:-,; /off", max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        week = parse(text)
    except Unreadable:
        return
    assert len(week.days) == 7


def test_the_door_is_open_from_the_first_minute_until_before_the_last() -> None:
    for at, is_open in (
        (paris(2026, 6, 1, 8, 29), False), (paris(2026, 6, 1, 8, 30), True),
        (paris(2026, 6, 1, 12, 29), True), (paris(2026, 6, 1, 12, 30), False),
        (paris(2026, 6, 1, 14, 0), True), (paris(2026, 6, 7, 10, 0), False),
        (paris(2026, 7, 14, 10, 0), False),
    ):  # fmt: skip
        assert Timetable(USUAL).is_open(at) is is_open
        assert Timetable(USUAL).is_open(at.astimezone(dt.UTC)) is is_open
    night = parse("Su 02:00-03:00")
    assert Timetable(night).is_open(paris(2026, 10, 25, 2, 30))
    assert Timetable(night).is_open(paris(2026, 10, 25, 2, 30, fold=1))
    assert not Timetable(night).is_open(paris(2026, 10, 25, 3, 0))
    brief, second_time = parse("Su 02:00-02:30"), paris(2026, 10, 25, 2, 15, fold=1)
    assert Timetable(brief).is_open(second_time) == Timetable(brief).is_open(second_time.astimezone(dt.UTC))


def test_the_next_opening_skips_what_is_closed_and_keeps_to_the_wall_when_clocks_change() -> None:
    assert Timetable(USUAL).next_opening(paris(2026, 6, 6, 12, 0)) == paris(2026, 6, 8, 8, 30)
    assert Timetable(USUAL).next_opening(paris(2026, 7, 13, 18, 0)) == paris(2026, 7, 15, 8, 30)
    assert Timetable(USUAL).next_opening(paris(2026, 6, 1, 8, 30)) == paris(2026, 6, 1, 13, 30)
    assert Timetable(parse("Mo-Su off")).next_opening(paris(2026, 6, 1)) is None
    assert Timetable(parse("Mo 20:00-24:00")).closing(paris(2026, 6, 1, 23, 59)) == paris(2026, 6, 2, 0, 0)
    for after, opens_utc in (
        (paris(2026, 3, 27, 18, 0), dt.datetime(2026, 3, 28, 8, 0, tzinfo=dt.UTC)),
        (paris(2026, 3, 28, 18, 0), dt.datetime(2026, 3, 30, 6, 30, tzinfo=dt.UTC)),
        (paris(2026, 10, 24, 18, 0), dt.datetime(2026, 10, 26, 7, 30, tzinfo=dt.UTC)),
    ):
        assert Timetable(USUAL).next_opening(after) == opens_utc


def test_holidays_follow_easter_and_some_departments_have_their_own() -> None:
    for year, sunday in (
        (1961, (4, 2)), (2000, (4, 23)), (2008, (3, 23)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25)),
    ):  # fmt: skip
        assert easter(year) == dt.date(year, *sunday)
    assert all(is_holiday(dt.date(2026, *day)) for day in [(4, 6), (5, 14), (5, 25), (12, 25)])
    assert not is_holiday(dt.date(2026, 4, 5))
    week = parse("Mo-Sa 08:30-12:00; PH off")
    assert Timetable(week, department_of("67482")).on(dt.date(2026, 12, 26)) == ()
    assert Timetable(week, department_of("26362")).on(dt.date(2026, 12, 26)) != ()
    for commune, month, day in (
        ("67482", 4, 3), ("57463", 12, 26), ("97105", 5, 27), ("97209", 5, 22), ("97302", 6, 10),
        ("97411", 12, 20), ("97608", 4, 27), ("97701", 10, 9), ("97801", 5, 28),
    ):  # fmt: skip
        on = dt.date(2026, month, day)
        assert is_holiday(on, department_of(commune))
        assert not is_holiday(on) and not is_holiday(on, department_of("26362")) and not is_holiday(on, "")
        assert is_holiday(dt.date(2026, 7, 14), department_of(commune))


def test_a_week_and_what_the_door_does_now_are_told_in_words() -> None:
    with translation.override("en"):
        told = [(line.days, line.times) for line in words.week_words(USUAL)]
    assert told == [
        ("Monday to Friday", "from 8:30 to 12:30 and from 13:30 to 17:00"),
        ("Saturday", "from 9:00 to 12:00"),
        ("Sunday", "closed"),
        ("Public holidays", "closed"),
    ]
    for at, said in (
        (paris(2026, 6, 1, 9, 0), "Open now, until 12:30."),
        (paris(2026, 6, 1, 7, 0), "Closed now. Opens today at 8:30."),
        (paris(2026, 6, 1, 18, 0), "Closed now. Opens tomorrow at 8:30."),
        (paris(2026, 6, 6, 18, 0), "Closed now. Opens on Monday 8 June at 8:30."),
    ):
        with translation.override("en"):
            assert words.now_words(Timetable(USUAL), at) == said


SPANS = st.lists(st.integers(0, 96).map(lambda quarter: quarter * 15), max_size=4, unique=True).map(
    lambda ends: tuple(hours.Span(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)


@given(st.tuples(*[SPANS] * 7), st.sampled_from([None, (), (hours.Span(600, 720),)]))
def test_a_week_is_written_as_it_is_read(days: tuple[hours.Spans, ...], holidays: hours.Spans | None) -> None:
    week = hours.Week(days, holidays)
    assert hours.parse(hours.written(week)) == week


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("8", 480), ("8h", 480), ("8h30", 510), ("8 h 30", 510), ("08:30", 510), ("8.30", 510), ("24:00", 1440),
     ("8\u00a0h\u00a030", 510), (" Midi", 720), ("minuit", 0), ("noon", 720),
     ("25", None), ("8h60", None), ("24:15", None), ("matin", None), ("8:3", None)],
)  # fmt: skip
def test_a_time_is_understood_as_people_write_it(typed: str, minute: int | None) -> None:
    assert minute_of(typed) == minute
