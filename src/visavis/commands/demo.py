"""visavis demo: fill a town, start the site and say how to sign in."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess  # nosec B404
import sys
import time

from visavis.commands import live
from visavis.commands.serve import keep_little

ROLES = ("jobseeker", "counsellor", "employer", "reception", "head", "protection", "helper")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "demo",
        help="fill a town with invented people and start the site",
        description="Fills a town with invented people (once), starts the site and a worker, tells how to sign in.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--seed", type=int, default=2016, help="seed of the town (2016)")
    parser.add_argument("--fill-only", action="store_true", help="fill the town and stop there")


def run(args: argparse.Namespace) -> int:
    """Prepare, serve, and stop everything together."""
    if not args.fill_only and is_taken(args.host, args.port):
        sys.stderr.write(
            f"Port {args.port} is taken by another program. Choose another: make demo PORT=8001\n"
        )
        return 1
    os.environ["VISAVIS_DEMO"] = "yes"
    os.environ["VISAVIS_URL"] = f"http://{args.host}:{args.port}"
    os.environ.setdefault("VISAVIS_HOSTS", f"{args.host},127.0.0.1,localhost")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    # There is no proxy here: open pages are told from another port.
    os.environ["VISAVIS_LIVE_PORT"] = str(free_port(args.host))
    os.environ["VISAVIS_LIVE_URL"] = f"http://{args.host}:{os.environ['VISAVIS_LIVE_PORT']}/live/"
    # Codes that would be sent go to the terminal: the site's own log would hide them.
    os.environ.setdefault("VISAVIS_LOG_LEVEL", "WARNING")
    prepare(args.seed)
    if args.fill_only:
        return 0
    return serve(args.host, args.port)


def is_taken(host: str, port: int) -> bool:
    """Say whether something answers there already."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def free_port(host: str) -> int:
    """Return a port that nobody has."""
    with socket.socket() as found:
        found.bind((host, 0))
        return int(found.getsockname()[1])


def prepare(seed: int) -> None:
    """Migrate, collect the static files, fill the town unless it is there."""
    import django  # noqa: PLC0415  (the variables above come first)
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("fill_demo", seed=seed)


def serve(host: str, port: int) -> int:
    """Run the worker, what tells open pages, and the server until one of them, or whoever started them, stops."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    keep_little()
    worker = subprocess.Popen([sys.executable, "-m", "django", "work", "--verbosity", "0"])  # nosec B603
    told = subprocess.Popen(live.server(host, int(os.environ["VISAVIS_LIVE_PORT"])))  # noqa: S603  # nosec B603
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    server += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    site = subprocess.Popen([*server, "visavis.config.wsgi:application"])  # noqa: S603  # nosec B603
    try:
        wait_until_open(host, port, site)
        print_doors(f"http://{host}:{port}")
        return site.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (site, told, worker):
            process.terminate()
            process.wait(timeout=10)


def wait_until_open(host: str, port: int, site: "subprocess.Popen[bytes]") -> None:
    """Wait until the door answers: an address that is printed can be opened."""
    while site.poll() is None and not is_taken(host, port):
        time.sleep(0.2)


def print_doors(address: str) -> None:
    """Say where to look and how to sign in as each role."""
    lines = [
        "",
        f"Vis-à-vis is open at {address}/",
        "Sign in with one click (in the demonstration only, no code is asked):",
    ]
    lines += [f"  {role:<11} {address}/demo/as/{role}/" for role in ROLES]
    lines += [f"A station of the agency (in a private window): {address}/demo/"]
    lines += [f"Messages sent, codes included: {address}/demo/messages/"]
    lines += [f"The style page: {address}/ui/", "Stop it with Ctrl-C.", ""]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
