"""Calendars as other programs write them, or to mislead: read right, or refused; of each only when she is busy."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from visavis.appointments.busy.reading import Asked, Refused, read

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
HOUR = "DURATION:PT1H"
SPRING = (dt.datetime(2027, 3, 22, tzinfo=dt.UTC), dt.datetime(2027, 4, 5, tzinfo=dt.UTC))
AUTUMN = (dt.datetime(2027, 10, 25, tzinfo=dt.UTC), dt.datetime(2027, 11, 8, tzinfo=dt.UTC))
# A zone of its own name, whose summer time is that of Paris.
CUSTOM = """BEGIN:VTIMEZONE
TZID:Heure du bureau
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> bytes:
    said = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{said}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def event(start: str, *lines: str, uid: str = "one") -> str:
    return "\n".join([f"UID:{uid}", "DTSTAMP:20270101T000000Z", f"DTSTART{start}", *lines])


def busy(
    data: bytes, window: tuple[dt.datetime, dt.datetime] = SPRING, zone: ZoneInfo = PARIS, unread: int = 0
) -> list[str]:
    found = read(data, Asked(*window, zone, "@ours.example"))
    assert found.unread == unread
    return [f"{start:%m-%d %H:%M} {end:%m-%d %H:%M}" for start, end in found.busy]


NINE = (":20270324T080000Z", "DTEND:20270324T090000Z")
NINE_TO_TEN = ["03-24 08:00 03-24 09:00"]
AT_NINE: dict[str, bytes] = {
    "UTC": calendar(event(*NINE)),
    "floating, on the wall of the agency": calendar(event(":20270324T090000", "DTEND:20270324T100000")),
    "a zone by its name without its definition": calendar(event(";TZID=Europe/Paris:20270324T090000", HOUR)),
    "a zone by the name that Windows gives": calendar(
        event(";TZID=Romance Standard Time:20270324T090000", "DURATION:PT60M")
    ),
    "a zone in quotes, lower-case names": calendar(
        'uid:one\ndtstart;tzid="Europe/Paris":20270324T090000\ndtend;tzid=Europe/Paris:20270324T100000'
    ),
    "folded in the middle of a letter and of a time": calendar(
        event(":20270324T08", " 0000Z", "SUMMARY:Rendez-vous chez le m", "\té", "DTEND:2027032", " 4T090000Z")
    ),
    "lines ended otherwise, and a mark before": b"\xef\xbb\xbf"
    + calendar(event(*NINE)).replace(b"\r\n", b"\n"),
    "as old programs write letters": calendar(
        event(":20270324T080000Z", "SUMMARY:Été", "DTEND:20270324T090000Z")
    )
    .decode()
    .encode("cp1252"),
    "a UID of odd signs, twice the same entry": calendar(
        event(":20270324T080000Z", "DTEND:20270324T083000Z", uid="{a;b,c}/é%00 …@x"),
        event(*NINE, "SEQUENCE:3", uid="{a;b,c}/é%00 …@x"),
    ),
    "the older version comes last": calendar(
        event(*NINE, "SEQUENCE:3"),
        event(":20270325T080000Z", "DTEND:20270325T090000Z", "SEQUENCE:2"),
    ),
    "without a UID": calendar("DTSTART:20270324T080000Z\nDTEND:20270324T090000Z"),
    "tentative, and of no length": calendar(
        event(*NINE, "STATUS:TENTATIVE", uid="1"),
        event(":20270325T080000Z", uid="2"),
    ),
    "one moved here from elsewhere, its series away": calendar(
        event(":20270324T080000Z", HOUR, "RECURRENCE-ID:20270301T080000Z")
    ),
    "a calendar that tells only free and busy": (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VFREEBUSY\r\nUID:x\r\nDTSTAMP:20270101T000000Z\r\n"
        b"FREEBUSY;FBTYPE=BUSY:20270324T080000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20270325T080000Z/PT1H\r\n"
        b"END:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    ),
    # Written to mislead, by hand, as no program that we know writes them.
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
READ: dict[str, tuple[bytes, list[str]]] = {
    **{name: (data, NINE_TO_TEN) for name, data in AT_NINE.items()},
    "a zone of its own definition": (
        calendar(event(";TZID=Heure du bureau:20270329T090000", HOUR), head=CUSTOM),
        ["03-29 07:00 03-29 08:00"],
    ),
    "all day, and the day after": (
        calendar(event(";VALUE=DATE:20270327")),
        ["03-26 23:00 03-27 23:00"],
    ),
    "all days over the change of the clock": (
        calendar(event(";VALUE=DATE:20270327", "DTEND;VALUE=DATE:20270330")),
        ["03-26 23:00 03-29 22:00"],
    ),
    "free, cancelled, or of Outlook free": (
        calendar(
            event(*NINE, "TRANSP:TRANSPARENT", uid="1"),
            event(*NINE, "STATUS:CANCELLED", uid="2"),
            event(*NINE, "X-MICROSOFT-CDO-BUSYSTATUS:FREE", uid="3"),
        ),
        [],
    ),
    "what we gave is not read back": (
        calendar(event(*NINE, uid="7e1@ours.example")),
        [],
    ),
    "METHOD:CANCEL of what the same file holds": (
        calendar(event(*NINE)) + calendar(event(":20270324T080000Z", "SEQUENCE:1"), head="METHOD:CANCEL\n"),
        [],
    ),
    "each week over the change of the clock": (
        calendar(event(";TZID=Europe/Paris:20260105T090000", HOUR, "RRULE:FREQ=WEEKLY;BYDAY=MO")),
        ["03-22 08:00 03-22 09:00", "03-29 07:00 03-29 08:00"],
    ),
    "at an hour that is left out, on the day of the change": (
        calendar(event(";TZID=Europe/Paris:20270326T023000", "DURATION:PT30M", "RRULE:FREQ=DAILY;COUNT=4")),
        [
            "03-26 01:30 03-26 02:00",
            "03-27 01:30 03-27 02:00",
            "03-28 01:30 03-28 02:00",
            "03-29 00:30 03-29 01:00",
        ],
    ),
    "less one day, as a day and as an instant": (
        calendar(
            event(
                ";TZID=Europe/Paris:20270322T090000",
                HOUR,
                "RRULE:FREQ=DAILY;UNTIL=20270325T080000Z",
                "EXDATE;VALUE=DATE:20270323",
                "EXDATE:20270325T080000Z",
            )
        ),
        ["03-22 08:00 03-22 09:00", "03-24 08:00 03-24 09:00"],
    ),
    "one moved and one cancelled": (
        calendar(
            event(";TZID=Europe/Paris:20270322T090000", HOUR, "RRULE:FREQ=DAILY;COUNT=3"),
            event(
                ";TZID=Europe/Paris:20270323T140000",
                "DURATION:PT2H",
                "RECURRENCE-ID;TZID=Europe/Paris:20270323T090000",
            ),
            event(":20270324T080000Z", "RECURRENCE-ID:20270324T080000Z", "STATUS:CANCELLED"),
        ),
        ["03-22 08:00 03-22 09:00", "03-23 13:00 03-23 15:00"],
    ),
    "this one and all that follow an hour later": (
        calendar(
            event(";TZID=Europe/Paris:20270322T090000", HOUR, "RRULE:FREQ=DAILY;COUNT=4"),
            event(
                ";TZID=Europe/Paris:20270324T100000",
                "DURATION:PT30M",
                "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20270324T090000",
            ),
        ),
        [
            "03-22 08:00 03-22 09:00",
            "03-23 08:00 03-23 09:00",
            "03-24 09:00 03-24 09:30",
            "03-25 09:00 03-25 09:30",
        ],
    ),
    "more days, and a period": (
        calendar(
            event(
                ":20270101T080000Z",
                HOUR,
                "RDATE:20270324T080000Z",
                "RDATE;VALUE=PERIOD:20270326T080000Z/PT2H",
            )
        ),
        [*NINE_TO_TEN, "03-26 08:00 03-26 10:00"],
    ),
    "each hour for ever, in quarters": (
        calendar(event(":19700101T000000Z", HOUR, "RRULE:FREQ=MINUTELY;INTERVAL=60")),
        ["03-22 00:00 04-05 00:00"],
    ),
    "a night that began before": (
        calendar(event(":20270321T200000Z", "DTEND:20270322T050000Z")),
        ["03-22 00:00 03-22 05:00"],
    ),
    # Written to mislead.
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


@pytest.mark.parametrize("name", [*READ])
def test_a_calendar_is_read_right(name: str) -> None:
    data, expected = READ[name]
    assert busy(data) == expected


COUNTED: dict[str, bytes] = {
    "ends before it begins": calendar(event(":20270324T080000Z", "DTEND:20270324T070000Z")),
    "lasts less than nothing": calendar(event(":20270324T080000Z", "DURATION:-PT1H")),
    "a zone that nobody knows": calendar(event(";TZID=Lune/Mer:20270324T080000", HOUR)),
    "a rule of no sense": calendar(event(":20270324T080000Z", HOUR, "RRULE:FREQ=SOMETIMES")),
    "a day that is not": calendar(event(":20270231T080000Z", HOUR)),
    "without a beginning": calendar("UID:x\nSUMMARY:Quand ?"),
    "a thousand years": calendar(event(":20270324T080000Z", "DTEND:30270324T080000Z")),
    "a rule without a step": calendar(event(":20270324T080000Z", HOUR, "RRULE:FREQ=DAILY;INTERVAL=0")),
    "one left out at no time": calendar(event(":20270324T080000Z", HOUR, "EXDATE:hier")),
    "a length in words": calendar(event(":20270324T080000Z", "DURATION:une heure")),
    "a period that ends before it begins": calendar(
        event(":20270101T080000Z", HOUR, "RDATE;VALUE=PERIOD:20270325T110000Z/20270325T080000Z")
    ),
    "lost on the way": calendar(event(":20270325T080000Z", HOUR)).replace(
        b"BEGIN:VEVENT", b"BEGIN:VEVENT ", 1
    ),
}


@pytest.mark.parametrize("name", [*COUNTED])
def test_an_entry_that_cannot_be_understood_is_counted_and_the_others_are_read(name: str) -> None:
    beside = calendar(event(":20270324T080000Z", HOUR, uid="beside"))
    assert busy(COUNTED[name] + beside, unread=1) == NINE_TO_TEN


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "calendar"),
        (b"<html><title>Sign in</title></html>", "calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "calendar"),
        (bytes(range(256)), "calendar"),
        (calendar(event(":20270322T080000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")), "many"),
        (b"PK\x03\x04" + calendar(event(":20270324T080000Z", HOUR)), "calendar"),
        (b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Rosa\r\nEND:VCARD\r\n", "calendar"),
    ],
)
def test_what_is_no_calendar_of_a_person_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        busy(data)
    assert refusal.value.why == why


@pytest.mark.parametrize(
    ("zone", "window", "expected"),
    [
        (PARIS, SPRING, []),
        (PARIS, AUTUMN, ["10-31 00:30 10-31 02:30"]),
        (REUNION, SPRING, ["03-27 22:30 03-27 23:30"]),
        (REUNION, AUTUMN, ["10-30 22:30 10-30 23:30"]),
    ],
)
def test_half_past_two_until_half_past_three_where_the_clock_is_changed(
    zone: ZoneInfo, window: tuple[dt.datetime, dt.datetime], expected: list[str]
) -> None:
    """On the wall of the agency: the hour that comes twice is busy both times; of one left out nothing is left."""
    day = "20270328" if window is SPRING else "20271031"
    found = busy(calendar(event(f":{day}T023000", f"DTEND:{day}T033000")), window, zone)
    assert found == expected


def test_in_the_autumn_and_overseas_the_wall_counts() -> None:
    weekly = calendar(event(";TZID=Europe/Paris:20271028T090000", HOUR, "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert busy(weekly, AUTUMN) == ["10-28 07:00 10-28 08:00", "11-04 08:00 11-04 09:00"]
    floating = calendar(event(":20270328T023000", HOUR))
    assert busy(floating, SPRING, REUNION) == ["03-27 22:30 03-27 23:30"], "no clock is changed there"
    all_day = calendar(event(";VALUE=DATE:20271031", "DTEND;VALUE=DATE:20271101"))
    assert busy(all_day, AUTUMN) == ["10-30 22:00 10-31 23:00"], "a day of twenty-five hours"
    assert busy(all_day, AUTUMN, REUNION) == ["10-30 20:00 10-31 20:00"]
