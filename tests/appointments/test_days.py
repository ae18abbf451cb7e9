"""Days that come back once a month, beside another reader of such rules."""

import datetime as dt

from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from visavis.appointments.models import OtherDay
from visavis.appointments.models.receiving import days_of, week_of


@given(st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31)), st.integers(-100, 500), st.integers(0, 70))
def test_days_that_come_back_monthly_are_those_of_another_reader(
    day: dt.date, ahead: int, length: int
) -> None:
    first = day + dt.timedelta(days=ahead)
    last = first + dt.timedelta(days=length)
    nth = -1 if week_of(day) == 5 else week_of(day)
    rule = rrule.rrule(
        rrule.MONTHLY, dtstart=dt.datetime.combine(day, dt.time()), until=dt.datetime.combine(last, dt.time()),
        byweekday=rrule.weekday(day.weekday(), nth),
    )  # fmt: skip
    others = [one.date() for one in rule if first <= one.date() <= last]
    assert list(days_of(day, 0, first, last, is_monthly=True)) == others


def test_how_a_day_comes_back_is_said() -> None:
    def said(day: dt.date, **often: object) -> str:
        return OtherDay(day=day, start=0, end=60, is_there=True, **often).comes_back

    tuesday = dt.date(2027, 4, 13)
    assert said(tuesday) == ""
    assert said(tuesday, every=2) == "et toutes les 2 semaines"
    assert said(tuesday, is_monthly=True) == "et le deuxième mardi de chaque mois"
    assert said(dt.date(2027, 4, 30), is_monthly=True) == "et le dernier vendredi de chaque mois"
