"""Files of appointments, read by a client of our own that knows RFC 5545 and 5546, and no library."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from tests.appointments.making import MONDAY, PARIS, booked, kind, overseas, times, workshop
from tests.personas import Town
from visavis.appointments import calendars, services
from visavis.appointments.models import Workshop
from visavis.appointments.services import Wanted

DAY = MONDAY.date() + dt.timedelta(days=4)


class Client:
    """A calendar that takes files: the highest SEQUENCE of a UID holds, CANCEL takes it out."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[int, str, str]] = {}
        self.seen: dict[str, int] = {}

    def take(self, file: bytes) -> None:
        text = file.decode().replace("\r\n ", "")
        method = re.search(r"^METHOD:(\w+)", text, re.M)
        for event in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.S):
            said = dict(re.findall(r"^([A-Z-]+)(?:;[^:\r\n]*)?:(.*?)\r?$", event, re.M))
            uid, sequence = said["UID"], int(said["SEQUENCE"])
            if sequence < self.seen.get(uid, -1):
                continue
            self.seen[uid] = sequence
            if method and method[1] == "CANCEL":
                self.entries.pop(uid, None)
            else:
                self.entries[uid] = (sequence, said["DTSTART"], said["SUMMARY"])


def feed_of_bruno(town: Town) -> str:
    """Have a new address of a counsellor's feed made, and read it on his page."""
    client = town.client("bruno")
    client.post("/agenda/calendar/", {"act": "new"})
    found = re.search(
        r"/agenda/calendar/[\w-]{40,}\.ics", client.get(f"/agenda/hours/{town.agency.pk}/").text
    )
    assert found is not None
    return found[0]


def test_what_is_made_moved_renamed_and_cancelled_leaves_an_empty_calendar(received: Town) -> None:
    gael, first = received.people["gael"], kind(received.agency)
    row = booked(first, times(received.agency, 30, DAY)[0], gael)
    client, files = Client(), [calendars.file(row)]
    row = services.move(appointment=row, starts_at=times(received.agency, 30, DAY)[3], by=gael)
    files.append(calendars.file(row))
    row.kind.name = "Un autre nom"
    files.append(calendars.file(row))
    for file in files:
        client.take(file)
    [(sequence, starts, summary)] = client.entries.values()
    assert (sequence, starts, summary) == (1, "20270115T103000", "Un autre nom")
    # What comes late overtakes nothing.
    client.take(files[0])
    assert [entry[1] for entry in client.entries.values()] == ["20270115T103000"]
    client.take(calendars.file(services.cancel(appointment=row, by=gael)))
    assert client.entries == {}
    client.take(files[1])
    assert client.entries == {}


def test_a_file_says_the_hour_of_the_wall_and_who_invites_and_is_hers_and_her_counsellors(
    received: Town,
) -> None:
    gael = received.people["gael"]
    row = booked(kind(received.agency), times(received.agency, 30, DAY)[0], gael)
    text = calendars.file(row).decode().replace("\r\n ", "")
    for said in (
        "METHOD:REQUEST",
        "DTSTART;TZID=Europe/Paris:20270115T083000",
        "BEGIN:VTIMEZONE",
        "ORGANIZER",
        "mailto:gael@example.org",
    ):
        assert said in text
    address = f"{row.url}appointment.ics"
    assert received.client("gael").get(address)["Content-Type"].startswith("text/calendar")
    assert received.client("amelie").get(address).status_code == 404
    gael.email = None
    gael.save()
    text = calendars.file(type(row).objects.with_words().get(pk=row.pk)).decode()
    assert "METHOD:PUBLISH" in text
    assert "ATTENDEE" not in text, "without an address nobody is invited"


def test_on_la_reunion_the_file_has_its_own_clock(received: Town) -> None:
    overseas(received)
    at = times(received.agency, 30, DAY)[0]
    row = booked(kind(received.agency), at, received.people["gael"])
    assert at.astimezone(ZoneInfo("Indian/Reunion")).hour == 8
    assert "DTSTART;TZID=Indian/Reunion:20270115T083000" in calendars.file(row).decode()
    assert "8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in received.client("gael").get(row.url).text
    assert "8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in received.client("gael").get("/home/").text


def test_a_counsellor_has_an_address_for_her_calendar_in_which_a_workshop_stands_once(received: Town) -> None:
    gael = received.people["gael"]
    row = booked(kind(received.agency), times(received.agency, 30, DAY)[0], gael)
    address = feed_of_bruno(received)
    feed = received.client("visitor").get(address)
    assert "first 30" in feed.text and "BEGIN:VEVENT" in feed.text
    assert "Gaël" not in feed.text
    services.cancel(appointment=row, by=gael)
    assert "BEGIN:VEVENT" not in received.client("visitor").get(address).text
    received.client("bruno").post("/agenda/calendar/", {"act": "end"})
    assert received.client("visitor").get(address).status_code == 404
    cvs, bruno = kind(received.agency, "workshop", 60), received.people["bruno"]
    at = times(received.agency, 60, DAY)
    led, empty, off = (workshop(cvs, one, bruno) for one in at[:3])
    for name in ("gael", "amelie"):
        person = received.people[name]
        services.book(wanted=Wanted(cvs, led.starts_at, "agency", workshop=led), person=person, by=person)
    Workshop.objects.filter(pk=off.pk).update(is_off=True)
    calendar, feed = Client(), received.client("visitor").get(feed_of_bruno(received))
    calendar.take(feed.content)
    assert feed.text.count("BEGIN:VEVENT") == len(calendar.entries) == 2
    begins = [f"{one.starts_at.astimezone(PARIS):%Y%m%dT%H%M%S}" for one in (led, empty)]
    assert sorted(entry[1] for entry in calendar.entries.values()) == begins
    assert "Gaël" not in feed.text and f"/agenda/?from={DAY}" in feed.text.replace("\r\n ", "")
    # What is called off is not led, and stands no more in the agenda either.
    page = received.client("bruno").get(f"/agenda/?from={DAY}").text
    assert re.findall(r"\d places? libres?", page) == ["1 place libre", "3 places libres"]
