"""Calendars written to mislead, by hand, as no program that we know writes them: read right, counted, or refused."""

import pytest

from tests.appointments.test_busy_reading import (
    AUTUMN,
    CUSTOM,
    NINE_TO_TEN,
    REUNION,
    SPRING,
    busy,
    calendar,
    event,
)  # fmt: skip
from visavis.appointments.busy.reading import Refused

HOUR = "DURATION:PT1H"
AT_NINE: dict[str, bytes] = {
    "ends on another wall than it begins": calendar(
        event(";TZID=Europe/Paris:20270324T090000", "DTEND;TZID=America/New_York:20270324T050000")
    ),
    "a task and a journal beside, which make nobody busy": calendar(
        event(":20270324T080000Z", HOUR),
        head="BEGIN:VTODO\nUID:t\nDTSTART:20270325T080000Z\nDUE:20270325T180000Z\nEND:VTODO\n"
        "BEGIN:VJOURNAL\nUID:j\nDTSTART:20270326T080000Z\nEND:VJOURNAL\n",
    ),
    "an entry whose words look like an entry": calendar(
        event(
            ":20270324T080000Z",
            HOUR,
            "DESCRIPTION:END:VEVENT\\nBEGIN:VEVENT\\nDTSTART:20270325T080000Z\\nEND:VEVENT",
        )
    ),
    "a series that is free, one time of which is busy": calendar(
        event(":20270322T080000Z", HOUR, "RRULE:FREQ=DAILY;COUNT=3", "TRANSP:TRANSPARENT"),
        event(":20270324T080000Z", HOUR, "RECURRENCE-ID:20270324T080000Z", "TRANSP:OPAQUE"),
    ),
    "meets another to the second": calendar(
        event(":20270324T080000Z", "DTEND:20270324T083000Z"),
        event(":20270324T083000Z", "DTEND:20270324T090000Z", uid="two"),
    ),
    "lines ended as long ago, by a return alone": calendar(event(":20270324T080000Z", HOUR)).replace(
        b"\r\n", b"\r"
    ),
    "lines ended twice, as a wrong copy ends them": calendar(event(":20270324T080000Z", HOUR)).replace(
        b"\r\n", b"\r\r\n"
    ),
    "a period besides that was moved": calendar(
        event(":20270101T080000Z", HOUR, "RDATE;VALUE=PERIOD:20270323T080000Z/PT4H"),
        event(":20270324T080000Z", HOUR, "RECURRENCE-ID:20270323T080000Z"),
    ),
}
UNSEEN: dict[str, tuple[bytes, list[str]]] = {
    **{name: (data, NINE_TO_TEN) for name, data in AT_NINE.items()},
    "a day of the wall and a day of twenty-four hours, over the change": (
        calendar(
            event(";TZID=Europe/Paris:20270327T120000", "DURATION:P1D"),
            event(";TZID=Europe/Paris:20270327T120000", "DURATION:PT24H", uid="two"),
        ),
        ["03-27 11:00 03-28 11:00"],
    ),
    "until an hour of the wall though it has a zone": (
        calendar(event(";TZID=Europe/Paris:20270322T090000", HOUR, "RRULE:FREQ=DAILY;UNTIL=20270324T090000")),
        [f"03-{day} 08:00 03-{day} 09:00" for day in (22, 23, 24)],
    ),
    "until a day, all days": (
        calendar(event(";VALUE=DATE:20270322", "RRULE:FREQ=DAILY;UNTIL=20270323")),
        ["03-22 00:00 03-23 23:00"],
    ),
    "until an instant that is the day before on the wall": (
        calendar(
            event(";TZID=Europe/Paris:20270322T003000", HOUR, "RRULE:FREQ=DAILY;UNTIL=20270323T233000Z")
        ),
        ["03-22 00:00 03-22 00:30", "03-22 23:30 03-23 00:30", "03-23 23:30 03-24 00:30"],
    ),
    "times taken out in UTC from a series of a zone, after the change": (
        calendar(
            event(
                ";TZID=Europe/Paris:20270326T090000",
                HOUR,
                "RRULE:FREQ=DAILY;COUNT=4",
                "EXDATE:20270327T080000Z,20270329T070000Z",
            )
        ),
        ["03-26 08:00 03-26 09:00", "03-28 07:00 03-28 08:00"],
    ),
    "days taken out in two lines, one of which was none of it": (
        calendar(
            event(
                ":20270322T080000Z",
                HOUR,
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20270322T080000Z",
                "EXDATE:20270401T080000Z",
            )
        ),
        ["03-23 08:00 03-23 09:00", "03-24 08:00 03-24 09:00"],
    ),
    "one time moved twice, the later sequence first in the file": (
        calendar(
            event(":20270324T150000Z", HOUR, "RECURRENCE-ID:20270323T080000Z", "SEQUENCE:3"),
            event(":20270324T120000Z", HOUR, "RECURRENCE-ID:20270323T080000Z", "SEQUENCE:2"),
            event(":20270323T080000Z", HOUR, "RRULE:FREQ=DAILY;COUNT=1"),
        ),
        ["03-24 15:00 03-24 16:00"],
    ),
    "an hour that ends with a day, and has a length as well": (
        calendar(event(":20270324T080000Z", "DTEND;VALUE=DATE:20270325", HOUR)),
        ["03-24 08:00 03-25 00:00"],
    ),
    "folded in the middle of a letter of two bytes, in the name of a zone": (
        calendar(
            event(";TZID=Heure d’été:20270329T090000", HOUR),
            head=CUSTOM.replace("Heure du bureau", "Heure d’été"),
        ).replace("TZID=Heure d’é".encode(), "TZID=Heure d’".encode() + b"\xc3\r\n \xa9"),
        ["03-29 07:00 03-29 08:00"],
    ),
    "all day, ended on the same day": (
        calendar(event(";VALUE=DATE:20270327", "DTEND;VALUE=DATE:20270327")),
        ["03-26 23:00 03-27 23:00"],
    ),
    "periods besides, each as long as it says, one of them taken out": (
        calendar(
            event(
                ":20270101T080000Z",
                HOUR,
                "EXDATE:20270325T080000Z",
                "RDATE;VALUE=PERIOD:20270324T080000Z/20270324T110000Z,20270325T080000Z/PT2H",
            )
        ),
        ["03-24 08:00 03-24 11:00"],
    ),
}


@pytest.mark.parametrize("name", [*UNSEEN])
def test_a_calendar_not_seen_before_is_read_right(name: str) -> None:
    data, expected = UNSEEN[name]
    assert busy(data) == expected


def test_in_the_autumn_and_overseas_the_wall_counts() -> None:
    weekly = calendar(event(";TZID=Europe/Paris:20271028T090000", HOUR, "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert busy(weekly, AUTUMN) == ["10-28 07:00 10-28 08:00", "11-04 08:00 11-04 09:00"]
    floating = calendar(event(":20270328T023000", HOUR))
    assert busy(floating, SPRING, REUNION) == ["03-27 22:30 03-27 23:30"], "no clock is changed there"
    all_day = calendar(event(";VALUE=DATE:20271031", "DTEND;VALUE=DATE:20271101"))
    assert busy(all_day, AUTUMN) == ["10-30 22:00 10-31 23:00"], "a day of twenty-five hours"
    assert busy(all_day, AUTUMN, REUNION) == ["10-30 20:00 10-31 20:00"]


@pytest.mark.parametrize(
    "lines",
    [
        event(":20270324T080000Z", HOUR, "RRULE:FREQ=DAILY;INTERVAL=0"),
        event(":20270324T080000Z", HOUR, "EXDATE:hier"),
        event(":20270324T080000Z", "DURATION:une heure"),
        event(":20270101T080000Z", HOUR, "RDATE;VALUE=PERIOD:20270325T110000Z/20270325T080000Z"),
    ],
)
def test_an_entry_of_no_sense_is_counted_and_the_one_beside_is_read(lines: str) -> None:
    data = calendar(lines, event(":20270324T080000Z", HOUR, uid="good"))
    assert busy(data, unread=1) == NINE_TO_TEN


def test_an_entry_that_is_lost_on_the_way_is_counted() -> None:
    whole = calendar(event(":20270325T080000Z", HOUR), event(":20270324T080000Z", HOUR, uid="good"))
    assert busy(whole.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT ", 1), unread=1) == NINE_TO_TEN


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + calendar(event(":20270324T080000Z", HOUR)),
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rosa\r\nEND:VCARD\r\n",
    ],
)
def test_what_is_cut_or_none_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        busy(data)
