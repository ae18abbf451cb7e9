"""The queue of an agency on a full day: what its pages cost, and how soon hundreds of screens show a call.

Used by `bench.agency`. Screens are pages of the hall and places in line on phones: each hears the live process and
draws what it is told, as `hall.js` and `place.js` do; the phone that is called asks its page of the site at once, and
all ask from time to time. From the moment before the call is written to the moment at which what shows it has come.
Memory: the private part (USS) of the live process.
"""

import asyncio
import json
import os
import subprocess
import time
from contextlib import ExitStack
from typing import Any

import numpy as np

from bench.open_pages import memory
from tests.ports import free_port

# At most 300 people are here at once: of nine that come four are served before the next.
DESKS, SERVED_OF_NINE = 8, 4
ONE_IN_HALL = 50
WAIT_S = 60
# As hall.js and place.js ask.
HALL_ASKS_S, PHONE_ASKS_S = (6, 6), (15, 45)


def fill(agency: Any, tickets: int) -> tuple[Any, list[str]]:
    """Give an agency a day of so many tickets, some served; return who calls, and the codes of who waits."""
    from tests import factories  # noqa: PLC0415  (Django is set up first)
    from visavis.people.enums import Role  # noqa: PLC0415  (as above)
    from visavis.queues import services  # noqa: PLC0415  (as above)
    from visavis.queues.models import Ticket  # noqa: PLC0415  (as above)

    where = {"role": Role.COUNSELLOR, "role__organisation": agency.organisation}
    desks: list[Any] = [factories.UserFactory(**where) for _one in range(DESKS)]
    for number in range(tickets):
        services.come_in(agency=agency, by=desks[number % DESKS])
        if number % 9 < SERVED_OF_NINE:
            by, desk = desks[number % DESKS], f"{number % DESKS + 1}"
            row = services.begin(ticket=services.call_next(agency=agency, desk=desk, by=by), by=by)
            services.finish(ticket=row, by=by)
    waiting = Ticket.objects.waiting().filter(agency=agency)
    return desks[0], [*waiting.values_list("code", flat=True)]


def called(agency: Any, by: Any) -> None:
    """Call the next ticket, and be done with the one before."""
    from visavis.queues import services  # noqa: PLC0415  (Django is set up first)
    from visavis.queues.enums import State  # noqa: PLC0415  (as above)
    from visavis.queues.models import Ticket  # noqa: PLC0415  (as above)

    for row in Ticket.objects.filter(served_by=by, state=State.CALLED):
        services.finish(ticket=services.begin(ticket=row, by=by), by=by)
    services.call_next(agency=agency, desk="1", by=by)


def followed(
    agency: Any, by: Any, codes: list[str], screens: int, calls: int, every_s: float
) -> dict[str, float]:
    """Have screens follow a queue while tickets are called; return how soon they show it."""
    from visavis.commands import live, serve  # noqa: PLC0415  (Django is set up first)

    paths = [
        f"/queue/{agency.pk}/hall/"
        if number % ONE_IN_HALL == 0
        else f"/queue/place/{codes[-1 - number % len(codes)]}/"
        for number in range(screens)
    ]
    with ExitStack() as stack:
        ports = free_port(), free_port()
        lines = live.server("127.0.0.1", ports[0]), serve.server("127.0.0.1", ports[1])
        processes = [subprocess.Popen(line, env=os.environ) for line in lines]
        for process in processes:
            stack.callback(process.wait)
            stack.callback(process.terminate)
        return asyncio.run(_screens(agency, by, paths, ports, processes[0].pid, calls, every_s))


async def _screens(  # noqa: PLR0913  (what is followed, and how)
    agency: Any, by: Any, paths: list[str], ports: tuple[int, int], pid: int, calls: int, every_s: float
) -> dict[str, float]:
    draw = np.random.default_rng(17)
    numbers = await asyncio.to_thread(_numbers, agency)
    began = 0.0
    delays: list[float] = []
    heard: list[float] = []
    ready = asyncio.Semaphore(0)

    async def ask_now_and_then(path: str) -> None:
        every = HALL_ASKS_S if path.endswith("/hall/") else PHONE_ASKS_S
        while True:
            await asyncio.sleep(draw.uniform(*every))
            await _page(ports[1], path)

    async def screen(path: str) -> None:
        reader, writer = await _opened(ports[0])
        topic = f"queue:{agency.pk}"
        writer.write(f"GET /live/?topics={topic} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        own = numbers.get(path.split("/")[-2])
        await _page(ports[1], path)
        ready.release()
        while line := await reader.readline():
            if line.startswith(b"data:") and b"{" in line:
                moves = json.loads(line[line.index(b"{") : line.rindex(b"}") + 1])["body"]["moves"]
                [called] = [one for one in moves if one["state"] == "called"] or [None]
                if called is None:
                    continue
                since = began
                heard.append(time.time() - since)
                if called["number"] == own:
                    await _page(ports[1], path)
                delays.append(time.time() - since)
        writer.close()

    tasks = [asyncio.create_task(screen(path)) for path in paths]
    for _task in tasks:
        await asyncio.wait_for(ready.acquire(), WAIT_S * 3)
    tasks += [asyncio.create_task(ask_now_and_then(path)) for path in paths]
    await asyncio.sleep(2)
    held = 0.0
    for number in range(calls):
        began = time.time()
        await asyncio.to_thread(called, agency, by)
        until = time.time() + max(every_s, WAIT_S)
        # The next call comes when all have seen this one: the delays are those of one call.
        while len(delays) < (number + 1) * len(paths) and time.time() < until:
            await asyncio.sleep(0.1)
        held = max(held, memory(pid))
        await asyncio.sleep(every_s)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "screens": len(paths),
        "calls": calls,
        "lost": max(0, calls * len(paths) - len(delays)),
        "heard_p95_ms": _p95(heard) * 1000,
        "p50_ms": sorted(delays)[len(delays) // 2] * 1000,
        "p95_ms": _p95(delays) * 1000,
        "MB": held,
    }


def _numbers(agency: Any) -> dict[str, int]:
    """Return the number of each ticket by its code."""
    from visavis.queues.models import Ticket  # noqa: PLC0415  (Django is set up first)

    return dict(Ticket.objects.filter(agency=agency).values_list("code", "number"))


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]


async def _opened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    until = time.monotonic() + WAIT_S
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)


async def _page(port: int, path: str) -> None:
    """Ask a page on a line of its own, as the proxy does, and read it to its end."""
    reader, writer = await _opened(port)
    said = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n"
    writer.write(said.encode())
    answer = await reader.read()
    writer.close()
    if b" 200 " not in answer.split(b"\r\n", 1)[0]:
        raise RuntimeError(answer.decode(errors="replace")[:200])
