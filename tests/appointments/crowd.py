"""Many people choose one time at the same moment, on the real server: scenes that test_at_once.py has played."""

import datetime as dt
import http.client
import os
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from tests.common import at_once
from tests.common.at_once import IS_FULL, LONGEST_S, ROOT, Found
from tests.ports import free_port
from tests.programs import start
from tests.waiting import until

PEOPLE = 200 if IS_FULL else 24
PLACES = 3
THREADS = "12"
TOKEN = "a" * 32
NEXT = re.compile(r'<button class="button" name="at"')
if IS_FULL:
    at_once.ROUNDS = 20


@contextmanager
def served() -> Any:
    """The site by the line of `visavis serve`, on the database of the scene."""
    from tests.journeys.site import stop  # noqa: PLC0415  (Django must be set up)
    from visavis.commands import serve  # noqa: PLC0415

    port = free_port()
    os.environ["VISAVIS_THREADS"] = THREADS
    *line, _application = serve.server("127.0.0.1", port)
    command = [*line, "tests.appointments.site_that_looks_first:application"]
    log = Path(os.environ["VISAVIS_VAR"]) / "race.log"
    with log.open("wb") as said:
        process = start(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        until(
            lambda: process.poll() is not None or answers(port), "the site did not start", within_s=LONGEST_S
        )
        yield port
    finally:
        stop(process)


def answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/health/live", "", "")[0] < 500
    except OSError:
        return False


def ask(port: int, method: str, path: str, cookies: str, body: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)
    headers = {
        "Cookie": cookies,
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Language": "en",
    }
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Crowd:
    """People who are signed in, and what they choose from."""

    def __init__(self, town: Any) -> None:
        from django.conf import settings  # noqa: PLC0415  (Django must be set up)

        from tests import factories  # noqa: PLC0415
        from tests.appointments import making  # noqa: PLC0415
        from visavis.appointments.free import today_at  # noqa: PLC0415

        town.agency.opening_hours = "Mo-Su 06:00-22:00"
        town.agency.save()
        making.receives(town.agency, town.people["bruno"], ((480, 1080),))
        self.day = today_at(town.agency) + dt.timedelta(days=2)
        self.short, self.long = making.kind(town.agency), making.kind(town.agency, minutes=60)
        self.group = making.kind(town.agency, "workshop", 60)
        self.cookies = []
        for number in range(PEOPLE):
            jobseeker = factories.JobseekerFactory(agency=town.agency, counsellor=None)
            town.people[f"one of many {number}"] = jobseeker.user
            session = town.client(f"one of many {number}").cookies[settings.SESSION_COOKIE_NAME].value
            names = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
            self.cookies.append(names)

    def choose(self, port: int, choices: list[tuple[Any, dict[str, Any]]]) -> Found:
        """Let everybody send a choice at the same moment; tell what was answered and what is taken."""
        from visavis.appointments.models import Appointment, Quantum  # noqa: PLC0415  (Django must be set up)

        together = Barrier(PEOPLE)

        def send(number: int) -> str:
            kind, choice = choices[number % len(choices)]
            body = urlencode({"csrfmiddlewaretoken": TOKEN, "channel": "agency", **choice})
            together.wait(timeout=LONGEST_S)
            status, page = ask(port, "POST", f"/appointments/kind/{kind.pk}/", self.cookies[number], body)
            return f"{status}, {len(NEXT.findall(page))} times" if status == 409 else str(status)

        with ThreadPoolExecutor(PEOPLE) as threads:
            told = dict(Counter(threads.map(send, range(PEOPLE))))
        rows = Quantum.objects.filter(counsellor__isnull=False, appointment__isnull=False)
        taken = Counter(rows.values_list("counsellor", "at"))
        found = {
            "told": told,
            "held": Appointment.objects.count(),
            "twice": sum(n > 1 for n in taken.values()),
        }
        Appointment.objects.all().delete()
        return found


def one_time(crowd: Crowd, port: int) -> Found:
    """Everybody chooses the same time of the same kind."""
    return crowd.choose(port, [(crowd.short, {"at": at(crowd, 9)})])


def overlapping(crowd: Crowd, port: int) -> Found:
    """Half choose an hour from half past eight, half the half hour from nine."""
    return crowd.choose(port, [(crowd.long, {"at": at(crowd, 8)}), (crowd.short, {"at": at(crowd, 8, 30)})])


def places(crowd: Crowd, port: int) -> Found:
    """Everybody wants one of three places."""
    from tests.appointments import making  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import Workshop  # noqa: PLC0415

    Workshop.objects.all().delete()
    begins = dt.datetime.fromtimestamp(int(at(crowd, 15)), dt.UTC)
    session = making.workshop(crowd.group, begins, crowd.holder, places=PLACES)
    return crowd.choose(port, [(crowd.group, {"workshop": session.pk})])


def at(crowd: Crowd, hour: int, minute: int = 0) -> str:
    from tests.appointments.making import PARIS  # noqa: PLC0415  (Django must be set up)

    begins = dt.datetime.combine(crowd.day, dt.time(hour, minute), PARIS)
    return str(int(begins.timestamp()))


SCENES = {"one-time": one_time, "overlapping": overlapping, "places": places}
GUARDS = [
    ("appointments.Quantum", "a_counsellor_is_in_one_place"),
    ("appointments.Seat", "a_place_of_a_workshop_is_taken_once"),
]


def main(name: str) -> None:
    """Play a scene before one server, which stays for all rounds."""
    at_once.set_up()
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    town = personas.build()
    crowd = Crowd(town)
    crowd.holder = town.people["bruno"]
    with served() as port:
        guarded = [SCENES[name](crowd, port) for _round in range(at_once.ROUNDS)]
        with at_once.unguarded(GUARDS):
            at_once.tell(guarded, at_once.gone_wrong(lambda: SCENES[name](crowd, port), guarded))


if __name__ == "__main__":
    main(sys.argv[1])
