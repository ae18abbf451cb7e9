"""The site is killed again and again while rooms are open: a program, `python -m tests.interviews.killed`.

In each room two who are let in say numbered things to each other, as `wire.js` does: one post after the other, again
until it is answered. A third one waits before each; in every other room the counsellor lets her in meanwhile. Then
what each page was told is counted, and who sits where; once more with a careless door, which must be found out.
"""

import http.client
import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from tests.common.at_once import IS_FULL, LONGEST_S, Found, set_up, tell
from tests.documents.killed import BY_LUCK, CutAnswer, forked, served
from tests.waiting import until

ROOMS, KILLS, POSTS = (20, 25, 40) if IS_FULL else (5, 4, 12)
TOKEN = "a" * 32
BREATH_S = 0.05


@dataclass
class Page:
    """A page of a seat: what it says to whom, and what the house answered."""

    seat: Any
    other: Any = None
    key: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)
    cut: int = 0
    said: int = 0

    def ask(self, port: int, path: str, said: bytes, kind: str) -> tuple[int, bytes]:
        # Who knocks while nobody is there waits in the line of the socket, which the parent holds open.
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            cookies = f"csrftoken={TOKEN}" + (f"; sessionid={self.key}" if self.key else "")
            headers = {
                "Cookie": cookies,
                "X-CSRFToken": TOKEN,
                "X-Visavis-Fragment": "1",
                "Content-Type": kind,
            }
            line.request("POST", f"/interviews/seat/{self.seat.code}/{path}", said, headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.headers["Content-Length"] is None:
                raise CutAnswer
            return answer.status, body
        finally:
            line.close()

    def insist(self, port: int, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        """Ask until it is answered by whoever is there, as the script of a room does."""

        def answer() -> tuple[int, bytes] | None:
            try:
                status, answer = self.ask(port, path, body, kind)
            except (OSError, http.client.HTTPException):
                self.cut += 1
                return None
            return (status, answer) if status < 500 else None

        found = until(answer, f"{path} is not answered", within_s=LONGEST_S)
        assert found is not None
        return found

    def talk(self, port: int) -> None:
        """Say one thing after the other, each with its number."""
        for number in range(1, POSTS + 1):
            said = {"to": self.other.number, "t": self.other.connection, "k": "ice", "d": f"{number:04d}"}
            body = json.dumps({"c": self.seat.connection, "n": number, "m": [said]}).encode()
            status, _answer = self.insist(port, "post/", body, "application/json")
            assert status == 200, status
            self.said += 1

    def wait(self, port: int, is_over: threading.Event) -> None:
        """Come to the door again and again; keep what it was told each time."""
        while not is_over.is_set():
            status, answer = self.insist(port, "connect/", b"", "application/json")
            self.seen.append(json.loads(answer) if status == 200 else {})
            is_over.wait(BREATH_S)

    def admit(self, port: int, number: int) -> None:
        """Let somebody in, by the button of the page."""
        body = f"seat={number}&csrfmiddlewaretoken={TOKEN}".encode()
        self.insist(port, "do/admit/", body, "application/x-www-form-urlencoded")

    def is_whole(self) -> bool:
        """Say whether the page of the other one was told all of it, once, in order."""
        from visavis.interviews import live  # noqa: PLC0415  (Django must be set up)
        from visavis.live.models import Bulletin  # noqa: PLC0415

        rows = Bulletin.objects.filter(topic=live.topic_of(self.other.ear), body__has_key="f").order_by("pk")
        told = [row.body["d"] for row in rows if row.body["f"] == self.seat.number]
        return told == [f"{number:04d}" for number in range(1, POSTS + 1)]


def rooms(town: Any) -> list[tuple[Page, Page, Page]]:
    """Open rooms: the counsellor's page, hers, and that of a third who waits with the person's yes."""
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from tests.personas import signed_in  # noqa: PLC0415
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415
    from visavis.interviews import services  # noqa: PLC0415
    from visavis.people.enums import Role  # noqa: PLC0415

    model = town.appointment_by_video
    where = {"role": Role.COUNSELLOR, "role__organisation": model.agency.organisation}
    found = []
    for _room in range(ROOMS):
        host, hers = factories.UserFactory(**where), factories.UserFactory(role=Role.JOBSEEKER)
        row = Appointment.objects.create(
            agency=model.agency, kind=model.kind, counsellor=host, person=hers, way="web", state="booked",
            channel="video", starts_at=clock.now(), ends_at=clock.now() + (model.ends_at - model.starts_at),
        )  # fmt: skip
        room = services.of(appointment=row, by=None)
        one, other = room.seats.order_by("number")
        services.arrive(seat=one, by=host)
        services.arrive(seat=other, by=None)
        services.admit(seat=other, by=host)
        third = services.invite(interview=room, sitter=services.Sitter.INTERPRETER, name="Mme Sow", by=hers)
        services.arrive(seat=third, by=None)
        one, other = services.connect(seat=one), services.connect(seat=other)
        found.append((Page(one, other, signed_in(host)), Page(other, one), Page(third)))
    return found


def at_work(acts: Sequence[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=act, daemon=True) for act in acts]
    for one in threads:
        one.start()
    return threads


def said(made: list[tuple[Page, Page, Page]]) -> int:
    return sum(page.said for one in made for page in one)


def scene(town: Any) -> Found:
    """Kill the site while rooms talk; tell what was lost, and who sits where she was not let in."""
    from visavis.interviews.models import Seat  # noqa: PLC0415  (Django must be set up)

    made, is_over, kills = rooms(town), threading.Event(), 0
    with socket.create_server(("127.0.0.1", 0), backlog=256) as door:
        port = door.getsockname()[1]
        talking: list[threading.Thread] = []
        waiting: list[threading.Thread] = []
        while not talking or any(one.is_alive() for one in talking):
            with forked(lambda: served(door)) as child:
                if not talking:
                    talking = at_work([
                        *(lambda page=page: page.talk(port) for one in made for page in one[:2]),
                        *(
                            lambda one=one: one[0].admit(port, one[2].seat.number)
                            for one in made[::2]
                        ),
                    ])  # fmt: skip
                    waiting = at_work([lambda one=one: one[2].wait(port, is_over) for one in made])
                if kills < KILLS:
                    # One kill in each part of what is said, at a drawn place of it.
                    point = (kills + BY_LUCK.uniform(0, 1)) * 2 * ROOMS * POSTS / (KILLS + 1)
                    until(lambda point=point: said(made) >= point, "nothing more is said")  # type: ignore[misc]
                    os.kill(child, signal.SIGKILL)
                    kills += 1
                else:
                    for one in talking:
                        one.join(LONGEST_S)
                    seen = [len(one[2].seen) for one in made]
                    until(
                        lambda seen=seen: all(  # type: ignore[misc]
                            len(one[2].seen) > before + 1 for one, before in zip(made, seen, strict=True)
                        ),
                        "who waits asks no more",
                    )
                    is_over.set()
                    for one in waiting:
                        one.join(LONGEST_S)
    states = {one[2].seat.pk: Seat.objects.get(pk=one[2].seat.pk).state for one in made}
    let_in = [one[2] for one in made[::2]]
    outside = [one[2] for one in made[1::2]]
    return {
        "kills": kills,
        "cut": sum(page.cut for one in made for page in one),
        "is_whole": all(page.is_whole() for one in made for page in one[:2]),
        "asked_outside": sum(len(page.seen) for page in outside),
        "let_in": sum(
            states[page.seat.pk] == "admitted" and bool(page.seen[-1].get("in")) for page in let_in
        ),
        "intruders": sum(
            states[page.seat.pk] != "waiting" or any(one.get("in") or "key" in one for one in page.seen)
            for page in outside
        ),
    }


@contextmanager
def careless() -> Iterator[None]:
    """Let whoever comes again after a break in, as if she had been in before."""
    from visavis.interviews import permissions  # noqa: PLC0415  (Django must be set up)

    with patch.object(permissions, "is_let_in", lambda seat: seat.connection > 1 or seat.state == "admitted"):
        yield


def main() -> None:
    set_up()
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    town = personas.build()
    guarded = [scene(town)]
    with careless():
        tell(guarded, scene(town))


if __name__ == "__main__":
    main()
