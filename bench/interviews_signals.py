"""What 500 open rooms cost the process that tells them, and how soon what their pages say to each other is heard.

Used by `bench.interviews`, on its site. Each room has two pages open, each with a stream of its own, the counsellors
signed in. Then they post as they do when a call begins: an offer or an answer of its usual size with ways to each
other, ROWS_OF_A_POST a post, through the site; from the moment at which a post was due to the moment at which the other
page has read the row. Memory: the private part (USS) of the process that tells, and what 1,000 streams add to it.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from bench.open_pages import memory
from tests.interviews.house import House
from tests.journeys.site import ROOT

ROOMS, A_SECOND, ROWS_OF_A_POST = 500, 300, 4
# The signs of a sealed offer with sound and picture, and of a way to a page.
OFFER_SIGNS, WAY_SIGNS, STAMP_SIGNS = 7_000, 240, 20
LINES, AT_ONCE, LAST_S = 8, 40, 10
TOKEN = "a" * 32


def measured(place: House, *, seconds: float, rooms: int = ROOMS) -> dict[str, Any]:
    """Open rooms on a site that runs, have them talk for so long, and return what was seen."""
    child = [sys.executable, "-m", "bench.interviews_signals"]
    filled = subprocess.run(
        [*child, "--fill", str(rooms)], env=place.environment, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    given = {
        "seats": json.loads(filled.stdout),
        "port": place.port,
        "live_port": place.live_port,
        "pid": place.processes["live"].pid,
        "seconds": seconds,
    }
    driven = subprocess.run(
        [*child, "--drive"], input=json.dumps(given).encode(), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = json.loads(driven.stdout)
    return found | {"rooms": rooms}


def fill(rooms: int) -> list[dict[str, Any]]:
    """Have so many counsellors receive a person each; return what the page of each of their seats is told."""
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    import datetime as dt  # noqa: PLC0415

    from django.db import transaction  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415
    from tests.personas import signed_in  # noqa: PLC0415
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.interviews import live, services  # noqa: PLC0415
    from visavis.people.enums import Role  # noqa: PLC0415

    model = Appointment.objects.filter(channel="video").latest("pk")
    where = {"role": Role.COUNSELLOR, "role__organisation": model.agency.organisation}
    seats = []
    with transaction.atomic():
        for _room in range(rooms):
            host, hers = factories.UserFactory(**where), factories.UserFactory(role=Role.JOBSEEKER)
            row = Appointment.objects.create(
                agency=model.agency, kind=model.kind, counsellor=host, person=hers, way="web", state="booked",
                channel="video", starts_at=model.starts_at, ends_at=model.ends_at + dt.timedelta(hours=1),
            )  # fmt: skip
            room = services.of(appointment=row, by=None)
            one, other = room.seats.order_by("number")
            services.arrive(seat=one, by=host)
            services.arrive(seat=other, by=None)
            services.admit(seat=other, by=host)
            for seat, key in ((one, signed_in(host)), (other, "")):
                there = services.connect(seat=seat)
                said = {"code": there.code, "number": there.number, "c": there.connection, "key": key}
                seats.append(said | {"topic": live.topic_of(there.ear or "")})
    return seats


class Pages:
    """The pages of all rooms: each hears its own topic, and posts to the other one of its room."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given, self.seats = given, given["seats"]
        self.delays: list[float] = []
        self.numbers = [1] * len(self.seats)
        self.door = asyncio.Semaphore(AT_ONCE)

    async def hear(self, seat: dict[str, Any], ready: asyncio.Event) -> None:
        async with self.door:
            reader, writer = await asyncio.open_connection("localhost", self.given["live_port"])
            cookie = f"Cookie: sessionid={seat['key']}\r\n" if seat["key"] else ""
            asked = f"GET /live/?topics={seat['topic']} HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n"
            writer.write(asked.encode())
            status = await reader.readline()
            assert b" 200 " in status, status
            while not (await reader.readline()).startswith(b"id:"):
                pass
            ready.set()
        while line := await reader.readline():
            if line.startswith(b"data:") and b'"d":"' in line:
                at = line.index(b'"d":"') + 5
                self.delays.append(time.time() - int(line[at : at + STAMP_SIGNS]) / 1e6)

    def post(self, place: int, due: float) -> bytes:
        """Return what a page posts: who offers says so, who was offered answers."""
        seat = self.seats[place]
        stamp = f"{int(due * 1e6):0{STAMP_SIGNS}d}"
        to, first = (2, "offer") if seat["number"] == 1 else (1, "answer")
        # The two of a room follow each other.
        page = {"to": to, "t": self.seats[place ^ 1]["c"]}
        said = [page | {"k": first, "d": stamp + "A" * OFFER_SIGNS}]
        said += [page | {"k": "ice", "d": stamp + "A" * WAY_SIGNS}] * (ROWS_OF_A_POST - 1)
        body = json.dumps({"c": seat["c"], "n": self.numbers[place], "m": said}).encode()
        self.numbers[place] += ROWS_OF_A_POST
        cookie = f"csrftoken={TOKEN}" + (f"; sessionid={seat['key']}" if seat["key"] else "")
        head = (
            f"POST /interviews/seat/{seat['code']}/post/ HTTP/1.1\r\nHost: localhost:{self.given['port']}\r\n"
            f"Cookie: {cookie}\r\nX-CSRFToken: {TOKEN}\r\nX-Visavis-Fragment: 1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def line(self, due: "asyncio.Queue[tuple[int, float] | None]", refused: list[bytes]) -> None:
        reader, writer = await asyncio.open_connection("localhost", self.given["port"])
        while (one := await due.get()) is not None:
            writer.write(self.post(*one))
            status, length = await reader.readline(), 0
            while (header := await reader.readline()).strip():
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            await reader.readexactly(length)
            if b" 200 " not in status:
                refused.append(status)
        writer.close()


async def drive(given: dict[str, Any]) -> dict[str, Any]:
    pages = Pages(given)
    before = memory(given["pid"])
    ready = [asyncio.Event() for _seat in pages.seats]
    streams = [
        asyncio.create_task(pages.hear(seat, event)) for seat, event in zip(pages.seats, ready, strict=True)
    ]
    await asyncio.gather(*(event.wait() for event in ready))
    opened = memory(given["pid"])
    due: asyncio.Queue[tuple[int, float] | None] = asyncio.Queue()
    refused: list[bytes] = []
    lines = [asyncio.create_task(pages.line(due, refused)) for _line in range(LINES)]
    posts = round(given["seconds"] * A_SECOND / ROWS_OF_A_POST)
    began, most = time.time(), opened
    for number in range(posts):
        at = began + number * ROWS_OF_A_POST / A_SECOND
        await asyncio.sleep(max(0.0, at - time.time()))
        due.put_nowait((number % len(pages.seats), at))
    sent_in = time.time() - began
    for _line in lines:
        due.put_nowait(None)
    await asyncio.gather(*lines)
    rows = ROWS_OF_A_POST * (posts - len(refused))
    until = time.monotonic() + LAST_S
    while len(pages.delays) < rows and time.monotonic() < until:
        await asyncio.sleep(0.1)
    most = max(most, memory(given["pid"]))
    for stream in streams:
        stream.cancel()
    delays = sorted(pages.delays)
    return {
        "before_MB": before,
        "open_MB": opened - before,
        "more_MB": most - before,
        "a_second": ROWS_OF_A_POST * posts / sent_in,
        "median_ms": statistics.median(delays) * 1e3,
        "p95_ms": delays[int(0.95 * len(delays))] * 1e3,
        "most_ms": delays[-1] * 1e3,
        "lost": ROWS_OF_A_POST * posts - len(delays),
        "refused": len(refused),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", type=int, default=0)
    parser.add_argument("--drive", action="store_true")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    said = fill(args.fill) if args.fill else asyncio.run(drive(json.load(sys.stdin)))
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
