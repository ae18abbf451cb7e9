"""When things happen: on working days, in office hours, less in August and around Christmas."""

import datetime as dt

from visavis.synthetic.dice import Choice, Dice

_BY_WEEKDAY = (1.25, 1.2, 1.05, 1.0, 0.7, 0.0, 0.0)
_AUGUST, _CHRISTMAS = 0.45, 0.25
_FIRST_HOUR, _LAST_HOUR = 7, 15
_SATURDAY = 5


def busyness(day: dt.date) -> float:
    """How much happens on a day, 1 on a usual working day."""
    share = _BY_WEEKDAY[day.weekday()]
    if day.month == 8:
        return share * _AUGUST
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3):
        return share * _CHRISTMAS
    return share


def days(first: dt.date, last: dt.date) -> Choice[dt.date]:
    """The days of a span, both ends included, by how much happens on each."""
    span = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return Choice((day, busyness(day)) for day in span)


def moment_on(dice: Dice, day: dt.date) -> dt.datetime:
    """A moment in office hours of that day, or of the Monday after a weekend."""
    if day.weekday() >= _SATURDAY:
        day += dt.timedelta(days=7 - day.weekday())
    time = dt.time(dice.between(_FIRST_HOUR, _LAST_HOUR), dice.between(0, 59), tzinfo=dt.UTC)
    return dt.datetime.combine(day, time)


def later(dice: Dice, moment: dt.datetime, days: float) -> dt.datetime:
    """A moment in office hours about so many days later; never before the first."""
    found = moment_on(dice, (moment + dt.timedelta(days=days)).date())
    return found if found > moment else moment + dt.timedelta(minutes=dice.between(6, 90))
