"""`visavis live`: tells open pages what changes, in a process apart from the site's."""

import argparse
import os
import sys

APPLICATION = "visavis.config.live:application"
PORT = 8001
# So many streams are taken by one process.
BACKPRESSURE = 4_096


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "live",
        help="tell open pages what changes, behind the proxy",
        description="Serves /live/: server-sent events, one process, apart from the pages.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")


def run(args: argparse.Namespace) -> int:
    """Become the server: whoever started us stops it, and a process that dies is replaced."""
    sys.stdout.flush()
    sys.stderr.flush()
    command = server(args.host, args.port)
    os.execv(command[0], command)  # noqa: S606  # nosec B606  (our own interpreter, no shell)


def server(host: str, port: int) -> list[str]:
    """Return the line that serves open pages."""
    words = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", host, "--port", str(port)]
    words += ["--workers", "1", "--backpressure", str(BACKPRESSURE), "--no-ws"]
    words += ["--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", "3"]
    return [*words, "--log-level", "warning", APPLICATION]
