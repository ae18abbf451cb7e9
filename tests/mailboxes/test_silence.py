"""A channel that is silent without its wont is told; one that few use, a weekend, a holiday never."""

import datetime as dt
from typing import Any

import pytest

from tests.personas import Town
from visavis.common import clock
from visavis.mailboxes import signs, silence
from visavis.mailboxes.enums import Way
from visavis.mailboxes.models import Incoming, Message
from visavis.people.enums import Role
from visavis.people.waiting import waiting_for

# A Wednesday, with no holiday in the ten weeks before but All Saints and the Armistice.
TODAY = dt.date(2026, 12, 2)
DAY = dt.timedelta(days=1)


def past(*weekdays: int, until: dt.date, weeks: int = 10) -> set[dt.date]:
    """Return the days of some weekdays, up to one."""
    days = (until - number * DAY for number in range(weeks * 7))
    return {day for day in days if day.weekday() in weekdays}


def told(days: set[dt.date], today: dt.date = TODAY) -> bool:
    return silence.silence(Way.MAIL, days, today) is not None


WORKED = (0, 1, 2, 3, 4)


def test_after_three_working_days_a_channel_of_each_is_told_and_a_holiday_is_none() -> None:
    friday = TODAY - 5 * DAY
    days = past(*WORKED, until=friday)
    assert not told(days, friday + 3 * DAY)  # on Monday: a weekend, and nothing of Monday yet
    assert not told(days, friday + 4 * DAY)  # one working day
    assert told(days, friday + 6 * DAY)
    assert silence.silence(Way.MAIL, days, friday + 6 * DAY).days == 3  # type: ignore[union-attr]
    # Christmas and the New Year: days on which nobody expects a letter.
    before = dt.date(2026, 12, 23)
    days = past(*WORKED, until=before)
    assert not told(days, dt.date(2026, 12, 26)) and told(days, dt.date(2026, 12, 31))


def test_what_few_use_is_not_told_but_where_its_days_pass_and_what_comes_today_ends_it() -> None:
    once_a_week = past(1, until=TODAY - 30 * DAY)
    assert len([day for day in once_a_week if day > TODAY - 30 * DAY - silence.LEARNT]) < silence.USED_ON
    assert not told(once_a_week) and not told(set())
    assert not told({TODAY - 10 * DAY})
    assert not told(past(*WORKED, until=TODAY - silence.LEARNT - DAY))
    days = past(*WORKED, until=TODAY - 6 * DAY)
    assert told(days) and not told(days | {TODAY})
    days = past(0, 3, until=dt.date(2026, 11, 19))
    assert not told(days, dt.date(2026, 11, 24)) and not told(days, dt.date(2026, 11, 27))
    assert told(days, dt.date(2026, 12, 1))


@pytest.mark.django_db
@pytest.mark.database
def test_the_head_reads_it_and_the_service_goes_on(town: Town, settings: Any) -> None:
    settings.VISAVIS_MAIL_IN, settings.IMAP_HOST = "courrier@agence.example", "mail.example"
    at = dt.datetime.combine(TODAY, dt.time(10), dt.UTC)
    with clock.moved(at):
        hugo = town.people["hugo"]
        assert signs.channels_in().level == "well"
        assert not [one for one in waiting_for(hugo, Role.HEAD) if "e-mail" in str(one.text)]
        for number, day in enumerate(past(*WORKED, until=TODAY - 6 * DAY)):
            Incoming.objects.create(
                box=settings.VISAVIS_MAIL_IN, numbering=1, number=number, digest=str(number), size=1,
                sealed=b"", at=dt.datetime.combine(day, dt.time(9), dt.UTC),
            )  # fmt: skip
        assert signs.channels_in().level == "look"
        assert any("e-mail" in str(one.text) for one in waiting_for(hugo, Role.HEAD))
        waiting = waiting_for(town.people["bruno"], Role.COUNSELLOR)
        assert not any("e-mail" in str(one.text) for one in waiting)
        settings.IMAP_HOST = ""
        assert signs.channels_in().level == "well"


@pytest.mark.django_db
def test_what_is_written_on_the_site_counts_and_what_the_service_writes_does_not(town: Town) -> None:
    message = town.thread.messages.get()
    assert silence._on_site() == {clock.today()}
    Message.objects.filter(pk=message.pk).update(voice="ours")
    assert silence._on_site() == set()
