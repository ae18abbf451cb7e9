"""Does a running service carry the requests of a region? The ten most used pages of a town, at a steady rate.

    VISAVIS_DEMO=yes DATABASE_URL=… CACHE_URL=… .venv/bin/visavis serve --port 8000 &
    .venv/bin/python -m bench.load --url http://127.0.0.1:8000 --pid PID [--rate 50] [--seconds 600] [--at-once 200]
                                   [--database postgres://…] [--json FILE]

The service is a demonstration filled by `visavis demo`, so that its doors let people of each role in. Requests begin
when they are due, whatever became of those before; a request's time counts from that moment, so that a site that
falls behind shows it. `--pid` is the master of `visavis serve`: what its processes use of the processor is divided by
the requests. `--at-once` asks so many first, all at the same moment. Fails where anything answers 5xx (but a 503 that
says when to come back, in `--at-once`), where the 95th percentile of a page is over 150 ms, or where no connection to
the database is left.
"""

import argparse
import http.client
import json
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from bench.machine import machine

PAGES = (
    ("", "/"), ("", "/jobs/"), ("", "/jobs/?q=vendeur"), ("", "/account/sign-in/"),
    ("jobseeker", "/openings/"), ("jobseeker", "/introductions/"), ("jobseeker", "/profile/"),
    ("counsellor", "/home/"), ("counsellor", "/desk/"), ("employer", "/vacancies/"),
)  # fmt: skip
MOST_MS, TIME_OUT_S, CLIENTS = 150.0, 60, 100
HELD = (
    "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity"
    " WHERE backend_type = 'client backend'"
)


@dataclass(frozen=True)
class Answer:
    """What came of one request; `status` 0 is no answer."""

    page: str
    status: int
    says_when: bool
    ms: float


class Site:
    """The service, asked as the proxy of the documentation asks it: a connection a request."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.cookies = {role: self._enter(role) for role in {role for role, _path in PAGES if role}} | {
            "": ""
        }

    def _enter(self, role: str) -> str:
        answer = self._asked(f"/demo/as/{role}/", "")
        cookies = [one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or []]
        if not any(one.startswith("sessionid=") for one in cookies):
            sys.exit(f"/demo/as/{role}/ answers {answer.status} and lets nobody in: is it a demonstration?")
        return "; ".join(cookies)

    def ask(self, place: int, due: float) -> Answer:
        """Ask a page that was due at a moment."""
        role, path = PAGES[place % len(PAGES)]
        try:
            answer = self._asked(path, self.cookies[role])
        except (OSError, http.client.HTTPException):
            return Answer(f"{role} {path}", 0, False, 1000 * (time.perf_counter() - due))
        says_when = answer.headers["Retry-After"] is not None
        return Answer(f"{role} {path}", answer.status, says_when, 1000 * (time.perf_counter() - due))

    def _asked(self, path: str, cookie: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, timeout=TIME_OUT_S)
        try:
            connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()


class Held(threading.Thread):
    """Counts the connections that the database holds, now and then."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.most, self.limit, self.over = url, 0, 0, threading.Event()

    def run(self) -> None:
        import psycopg  # noqa: PLC0415  (only where PostgreSQL is asked)

        with psycopg.connect(self.url, autocommit=True) as server:
            while not self.over.wait(0.2):
                held, self.limit = server.execute(HELD).fetchone() or (0, 0)
                self.most = max(self.most, held)


def main() -> None:
    args = _arguments()
    site, held = Site(args.url), Held(args.database) if args.database else None
    if held is not None:
        held.start()
    with ThreadPoolExecutor(max(CLIENTS, args.at_once)) as people:
        begun = time.perf_counter()
        flood = [one.result() for one in [people.submit(site.ask, at, begun) for at in range(args.at_once)]]
        before, begun = _cpu_s(args.pid), time.perf_counter()
        waiting = []
        for number in range(round(args.rate * args.seconds)):
            due = begun + number / args.rate
            time.sleep(max(0.0, due - time.perf_counter()))
            waiting.append(people.submit(site.ask, number, due))
        answers = [one.result() for one in waiting]
    found = {
        "machine": machine(),
        "rate": args.rate,
        "seconds": args.seconds,
        "cpu_ms_a_request": round(1000 * (_cpu_s(args.pid) - before) / len(answers), 1),
        "at_once": dict(Counter(one.status for one in flood)),
        "statuses": dict(Counter(one.status for one in answers)),
        "most_connections": [held.most, held.limit] if held else None,
        "pages": {page: _times([one.ms for one in answers if one.page == page]) for page in _names()},
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    if args.json:
        args.json.write_text(
            json.dumps(found | {"answers": [asdict(one) for one in answers]}), encoding="utf-8"
        )
    wrong = [one for one in answers if one.status == 0 or one.status >= 500]
    wrong += [one for one in flood if one.status != 200 and not (one.status == 503 and one.says_when)]
    slow = [page for page, times in found["pages"].items() if times["p95_ms"] > MOST_MS]  # type: ignore[attr-defined]
    if wrong or slow or (held and held.most >= held.limit):
        sys.exit(f"{len(wrong)} answers are wrong; over {MOST_MS:.0f} ms: {', '.join(slow) or 'no page'}")


def _names() -> list[str]:
    return [f"{role} {path}" for role, path in PAGES]


def _times(ms: list[float]) -> dict[str, float]:
    """Return how many there were, and how long half and nineteen in twenty took at most."""
    ordered = sorted(ms) or [0.0]
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return {
        "n": len(ms),
        "p50_ms": round(middle, 1),
        "p95_ms": round(late, 1),
        "most_ms": round(ordered[-1], 1),
    }


def _cpu_s(pid: int) -> float:
    """Return what a process and those that it started used of the processor until now."""
    master = psutil.Process(pid)
    return sum(sum(one.cpu_times()[:2]) for one in [master, *master.children(recursive=True)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--pid", type=int, required=True, help="the master of visavis serve")
    parser.add_argument("--rate", type=float, default=50.0, help="requests a second (50)")
    parser.add_argument("--seconds", type=float, default=600.0, help="for so long (600)")
    parser.add_argument("--at-once", type=int, default=0, help="so many first, all at once")
    parser.add_argument("--database", default="", help="PostgreSQL whose connections are counted")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
