"""How tests come into a room."""

import datetime as dt
import json
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.interviews import services
from visavis.interviews.models import Interview, Seat

# A Tuesday morning.
NOW = dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC)


def seat(room: Interview, number: int) -> Seat:
    """Return a seat as the database has it now."""
    return Seat.objects.select_related("interview__appointment__agency__commune").get(
        interview=room, number=number
    )


def url(name: str, one: Seat, *args: object) -> str:
    return reverse(f"interviews:{name}", args=[one.code, *args])


def both_in(room: Interview, town: Town) -> tuple[Seat, Seat]:
    """Let Bruno come and admit Amélie, and open a page for each."""
    services.arrive(seat=seat(room, 1), by=town.people["bruno"])
    services.arrive(seat=seat(room, 2), by=None)
    services.admit(seat=seat(room, 2), by=town.people["bruno"])
    return services.connect(seat=seat(room, 1)), services.connect(seat=seat(room, 2))


def say(
    client: Client, one: Seat, *said: dict[str, Any], number: int = 1, connection: int | None = None
) -> Any:
    """Post signals as the page of a seat does: to the first page of the other one, where nothing else is said."""
    said = tuple({"t": 1} | one for one in said)
    body = {"c": one.connection if connection is None else connection, "n": number, "m": list(said)}
    return client.post(url("post", one), json.dumps(body), content_type="application/json")
