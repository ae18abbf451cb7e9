"""`visavis station`: a machine of the agency at which people sit, with a whole browser thrown away after each."""

import argparse
import fcntl
import signal
import sys
import time
from pathlib import Path

from visavis.commands import station_policies as policies
from visavis.commands.station_browser import Browser, NotInMemory, prefix_of, sweep
from visavis.commands.station_site import Away, Refusal, Site, State

EVERY_S = 2.0
# Without news of the site for so long, nobody can be signed out there: the browser goes.
AWAY_S = 60.0
# What systemd starts again.
AGAIN = 75


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "station",
        help="run a station of an agency: a browser, thrown away after each person",
        description="Runs Debian's Chromium for one person after another, each with a profile in memory: at the end "
        "the browser is killed, the profile deleted, print jobs cancelled. docs/operations.md, Stations.",
    )
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    enrol = acts.add_parser("enrol", help="make this machine a station, by the code that the head was shown")
    enrol.add_argument("code", help="the code, as the page of the stations shows it")
    rules = acts.add_parser("policies", help="write the policies of Chromium (as root, before each start)")
    run_ = acts.add_parser("run", help="run the station, until it is stopped or revoked")
    for one in (enrol, rules, run_):
        one.add_argument("--site", required=True, help="address of the service: https://…")
        one.add_argument("--key", type=Path, required=True, help="file of the key, which enrol writes")
    for one in (rules, run_):
        one.add_argument("--policies", type=Path, default=policies.FOLDER, help=f"({policies.FOLDER})")
    run_.add_argument("--chromium", default="/usr/bin/chromium", help="(/usr/bin/chromium)")
    run_.add_argument("--folder", type=Path, default=Path("/dev/shm"), help="in memory (/dev/shm)")  # noqa: S108  # nosec B108
    run_.add_argument("--flag", action="append", default=[], help="one more for Chromium: --flag=--kiosk")


def run(args: argparse.Namespace) -> int:
    """Do one act; what is refused is said in a sentence."""
    try:
        site = Site(args.site)
        if args.act == "enrol":
            return enrol(site, args.key, args.code)
        site.key = args.key.read_text(encoding="ascii").strip()
        if args.act == "policies":
            policies.write(args.policies, site.origin, site.tell().sites)
            return 0
        return serve(site, args)
    except (Refusal, NotInMemory, policies.NotOurs) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (Away, OSError) as error:
        sys.stderr.write(f"The site or a file does not answer: {error}\n")
        return AGAIN


def enrol(site: Site, file: Path, code: str) -> int:
    """Become a station, and keep the key for this account alone."""
    key = site.enrol(code)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(key, encoding="ascii")
    return 0


def serve(site: Site, args: argparse.Namespace) -> int:
    """Run one browser after another. One process a key: what a former one left in memory is thrown away first."""
    with args.key.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))
        prefix = prefix_of(site.key)
        sweep(args.folder, prefix)
        while True:
            begun = begin(site)
            if not policies.are(args.policies, site.origin, begun.sites):
                sys.stderr.write("The policies are not those that the head chose: they are written anew.\n")
                return AGAIN
            with Browser(args.chromium, args.folder, site.url + begun.enter, args.flag, prefix) as browser:
                watch(site, browser, begun)


def begin(site: Site) -> State:
    """Ask for a way in; while the site is away nobody sits here. Raises Refusal."""
    while True:
        try:
            return site.tell("begin")
        except Away:
            time.sleep(5 * EVERY_S)


def watch(site: Site, browser: Browser, begun: State) -> None:
    """Look on until the sitting ends, the browser dies, the site is away for long or its sites change."""
    heard = time.monotonic()
    while browser.lives:
        time.sleep(EVERY_S)
        try:
            state = site.tell()
        except Away:
            if time.monotonic() - heard > AWAY_S:
                return
            continue
        heard = time.monotonic()
        if state.ended != begun.ended or (state.sites != begun.sites and not state.sitting):
            return
