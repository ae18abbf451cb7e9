"""How tests come into a room."""

import datetime as dt
import io
import json
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.personas import Town
from visavis.common import clock
from visavis.documents import files
from visavis.documents.models import Document
from visavis.interviews import live, services
from visavis.interviews.models import Interview, Seat
from visavis.live.models import Bulletin

# A Tuesday morning.
NOW = dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC)


def seat(room: Interview, number: int) -> Seat:
    """Return a seat as the database has it now."""
    seats = Seat.objects.select_related("interview__appointment__agency__commune")
    return seats.get(interview=room, number=number)


def url(name: str, one: Seat, *args: object) -> str:
    return reverse(f"interviews:{name}", args=[one.code, *args])


def both_in(room: Interview, town: Town) -> tuple[Seat, Seat]:
    """Let Bruno come and admit Amélie, and open a page for each."""
    services.arrive(seat=seat(room, 1), by=town.people["bruno"])
    services.arrive(seat=seat(room, 2), by=None)
    services.admit(seat=seat(room, 2), by=town.people["bruno"])
    return services.connect(seat=seat(room, 1)), services.connect(seat=seat(room, 2))


def paper_of(town: Town, title: str = "Attestation", pages: int = 1) -> Document:
    """Return a document of Amélie's."""
    her, drawn = town.people["amelie"], io.BytesIO()
    said = {"kind": "work", "title": title, "way": "web", "state": "checked", "until": clock.today()}
    document = Document.objects.create(person=her, form=uuid.uuid4(), **said)
    Image.new("RGB", (60, 80), "white").save(drawn, "JPEG")
    for number in range(1, pages + 1):
        file = files.keep(drawn.getvalue(), person=her.pk)
        document.pages.create(number=number, file=file, width=60, height=80)
    return document


def say(client: Client, one: Seat, *said: dict[str, Any], number: int = 1) -> Any:
    """Post signals as the page of a seat does: to the first page of the other one, where nothing else is said."""
    said = tuple({"t": 1} | one for one in said)
    body = {"c": one.connection, "n": number, "m": list(said)}
    return client.post(url("post", one), json.dumps(body), content_type="application/json")


def heard(ear: str | None) -> list[Any]:
    """Return what the page of a seat was told of others."""
    rows = Bulletin.objects.filter(topic=live.topic_of(ear or ""), body__has_key="f").order_by("pk")
    return [row.body for row in rows]
