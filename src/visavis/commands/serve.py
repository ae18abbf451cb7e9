"""`visavis serve`: the site, with as many processes and threads as its database was asked for."""

import argparse
import os
import sys

from visavis.operations import connections

# So many requests wait a process when all its threads are busy; beyond, visitors wait in the proxy.
BACKPRESSURE = 64
APPLICATION = "visavis.config.wsgi:application"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "serve",
        help="serve the site, behind a proxy",
        description="Serves the site: VISAVIS_WORKERS processes of VISAVIS_THREADS threads, a connection each.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")


def run(args: argparse.Namespace) -> int:
    """Become the server: whoever started us stops it, and a process that dies is replaced."""
    command = server(args.host, args.port)
    keep_little()
    room = connections.room(os.environ.get("DATABASE_URL", ""))
    if room is not None and (said := connections.misfit(os.environ, room)):
        sys.stderr.write(f"Some pages will be refused: {said}.\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606  # nosec B606  (our own interpreter, no shell)


def keep_little() -> None:
    """Let what is started from here on keep less of what it has freed, unless the operator says otherwise.

    The C library gives each thread a heap of its own, and keeps what was freed there from the others. Algebra is done
    in one thread, as in the installed units: threads of one product turn on the spot while they wait for each other.
    """
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def server(host: str, port: int) -> list[str]:
    """Return the line that serves the site. Stops with a sentence for a number that is none."""
    try:
        workers, threads = connections.workers(os.environ), connections.threads(os.environ)
    except ValueError as error:
        sys.exit(str(error))
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    words += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--backpressure",
        str(BACKPRESSURE),
    ]
    words += ["--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", "30"]
    return [*words, "--no-ws", "--http1-header-read-timeout", "15000", "--log-level", "warning", APPLICATION]
