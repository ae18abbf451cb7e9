import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.agencies.conftest import paris
from tests.personas import Town
from visavis.agencies import closures, hours, services
from visavis.agencies.closures import Closed, WrongTimes
from visavis.agencies.models import Closure, OpenDay, WeekChange
from visavis.agencies.roles import NotHead
from visavis.agencies.timetable import Stretch
from visavis.journal.models import Entry

pytestmark = pytest.mark.usefixtures("monday")

FRIDAY = dt.date(2027, 3, 26)


def close(town: Town, starts_at: dt.datetime, ends_at: dt.datetime, by: str = "hugo") -> Closure:
    who = {"agency": town.agency, "by": town.people[by], "reason": "Travaux"}
    return closures.close(starts_at=starts_at, ends_at=ends_at, **who)


def test_who_wants_to_know_hears_only_of_what_was_open(town: Town, told: list[Closed]) -> None:
    close(town, paris(3, 23, 11), paris(3, 23, 14))
    assert told[0].stretches == (
        Stretch(paris(3, 23, 11), paris(3, 23, 12, 30)),
        Stretch(paris(3, 23, 13, 30), paris(3, 23, 14)),
    )
    met = [told[0].meets(paris(3, 23, hour), paris(3, 23, hour + 1)) for hour in (10, 12)]
    assert met == [False, True]
    close(town, paris(3, 27, 8), paris(3, 28, 20))
    assert len(told) == 1, "a week-end concerns nobody"


def test_a_closure_says_what_it_touches_and_is_over(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closures, "TOUCHES", [lambda closed: [f"{len(closed.stretches)} visits."]])
    what = {"agency": town.agency, "starts_at": paris(3, 23, 0), "reason": "", "by": None}
    assert closures.touched(closures.closing(ends_at=paris(3, 24, 0), **what)) == ["2 visits."]
    assert not Closure.objects.exists()
    close(town, paris(3, 23, 10), paris(3, 24, 10))
    timetable = town.agency.timetable
    assert timetable.is_open(paris(3, 23, 9)) and not timetable.is_open(paris(3, 23, 10))
    assert timetable.closing(paris(3, 23, 9)) == paris(3, 23, 10)
    assert timetable.next_opening(paris(3, 23, 10)) == paris(3, 24, 10)
    commune = factories.CommuneFactory(code="97411", name="Saint-Denis")
    overseas = factories.AgencyFactory(commune=commune, opening_hours="Mo-Fr 08:00-12:00; PH off")
    assert overseas.timetable.is_open(dt.datetime(2027, 3, 29 + 1, 4, 0, tzinfo=dt.UTC))
    assert not overseas.timetable.is_open(dt.datetime(2027, 3, 30, 8, 0, tzinfo=dt.UTC))


def test_times_that_cannot_be_are_refused_and_only_the_head_closes_the_door(town: Town) -> None:
    for starts_at, ends_at in (
        (paris(3, 24, 10), paris(3, 24, 10)),
        (paris(3, 24, 10), paris(3, 23, 10)),
        (paris(3, 15, 8), paris(3, 19, 18)),
        (paris(3, 24, 8), paris(3, 24, 8) + dt.timedelta(days=367)),
    ):
        with pytest.raises(WrongTimes):
            close(town, starts_at, ends_at)
    for persona in ("bruno", "rosa", "dario", "amelie"):
        with pytest.raises(NotHead):
            close(town, paris(3, 23, 8), paris(3, 23, 18), by=persona)


def test_a_closure_taken_back_never_was_and_one_begun_ends_now(town: Town) -> None:
    coming, begun = (close(town, paris(3, day, hour), paris(3, day, 18)) for day, hour in ((23, 8), (22, 7)))
    with time_machine.travel(paris(3, 22, 10), tick=False):
        for row in (coming, begun):
            closures.take_back(row=row, by=town.people["hugo"])
    timetable = town.agency.timetable
    assert timetable.is_open(paris(3, 23, 9)) and timetable.is_open(paris(3, 22, 10))
    assert not timetable.is_open(paris(3, 22, 9)), "what was closed stays so in the past"
    assert Entry.objects.filter(thing="closure", action="deleted").count() == 2


def test_a_day_of_its_own_closes_again_what_it_opened(town: Town, told: list[Closed]) -> None:
    hugo, saturday = town.people["hugo"], dt.date(2027, 3, 27)
    row = closures.open_on(agency=town.agency, day=saturday, spans="09:00-12:00", reason="", by=hugo)
    closures.take_back(row=row, by=hugo)
    assert told[0].stretches == (Stretch(paris(3, 27, 9), paris(3, 27, 12)),)
    hugo, easter_monday = town.people["hugo"], dt.date(2027, 3, 29)
    services.change_hours(agency=town.agency, opening_hours="Mo-Fr 08:30-12:30; PH off", by=hugo)
    told.clear()
    closures.open_on(agency=town.agency, day=easter_monday, spans="10:00-16:00", reason="Forum", by=hugo)
    assert town.agency.timetable.is_open(paris(3, 29, 15)) and not told
    row = closures.open_on(agency=town.agency, day=FRIDAY, spans="10:00-11:00", reason="", by=hugo)
    assert told[0].stretches == (
        Stretch(paris(3, 26, 8, 30), paris(3, 26, 10)),
        Stretch(paris(3, 26, 11), paris(3, 26, 12, 30)),
    )
    closures.open_on(agency=town.agency, day=FRIDAY, spans="09:00-10:00", reason="", by=hugo)
    assert OpenDay.objects.in_force().filter(day=FRIDAY).count() == 1
    row.refresh_from_db()
    assert row.ended_at


def test_another_week_tells_whom_it_closes_and_leaves_its_history(town: Town, told: list[Closed]) -> None:
    before, hugo = town.agency.opening_hours, town.people["hugo"]
    services.change_hours(agency=town.agency, opening_hours="Mo-Fr 08:30-12:30", by=hugo)
    met = [told[0].meets(paris(3, 30, hour), paris(3, 30, hour, 30)) for hour in (9, 14)]
    assert met == [False, True]
    services.change_hours(agency=town.agency, opening_hours="Mo-Fr 08:30-12:30", by=hugo)
    services.change_hours(agency=town.agency, opening_hours="Mo-Fr 08:30-17:30", by=hugo)
    assert len(told) == 1, "hours that only grow concern nobody"
    kept = [(row.before, row.after, row.by) for row in WeekChange.objects.all()]
    assert kept == [("Mo-Fr 08:30-12:30", "Mo-Fr 08:30-17:30", hugo), (before, "Mo-Fr 08:30-12:30", hugo)]
    with pytest.raises(hours.Unreadable):
        services.change_hours(agency=town.agency, opening_hours="lundi", by=hugo)
