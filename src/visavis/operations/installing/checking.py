"""`visavis setup --check`: what is wrong with a service that was installed, from its files to its pages."""

import datetime as dt
import hashlib
import hmac
import http.client
import json
import re
import secrets
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from visavis.cvs.checks import CONFINEMENT
from visavis.journal.checks import JOURNAL
from visavis.operations.installing import owner, steps
from visavis.operations.installing.files import Places
from visavis.operations.installing.trying import Finding
from visavis.operations.installing.values import StepFailed

HEADER = "X-Visavis-Check"
# A clock that is further off refuses second factors (RFC 6238, 5.2: a step of 30 s and one of grace).
CLOCK_WRONG_S = 30
# One error of `visavis check`, as Django prints it.
ERROR = re.compile(r"^\?: \([\w.]+\.E\d+\) (.+)$", re.MULTILINE)
# One warning of the site's, with what is to be done.
WARNED = re.compile(r"^\?: \(visavis\.W\d+\) (.+)\n\s*HINT: (.+)$", re.MULTILINE)
# So many questions reach every process of the site, most likely.
ASKED = 12
MOST_S = 20


def everything(variables: Mapping[str, str], places: Places, *, url: str = "") -> Iterator[Finding]:
    """Look at everything, from the file of variables to what the site answers through its proxy."""
    yield of_file(places)
    yield of_hosts(variables)
    yield of_demonstration(variables)
    yield from owner.everything(variables, owner.told_before(places))
    yield of_tables(variables, places)
    yield of_settings(variables, places)
    yield of_reader(variables, places)
    yield of_journal(variables, places)
    yield from of_site(variables, url or variables["VISAVIS_URL"])


def of_file(places: Places) -> Finding:
    """Can others read the secrets?"""
    there = [path for path in (places.environment, places.owner) if path.exists()]
    for path in there:
        if path.stat().st_mode & 0o077:
            return Finding("variables", "wrong", f"others can read the secrets: chmod 600 {path}")
    return Finding(
        "variables", "well", ", ".join(f"{path}, mode {path.stat().st_mode & 0o777:o}" for path in there)
    )


def of_hosts(variables: Mapping[str, str]) -> Finding:
    """Does the site answer to its own name?"""
    host = urlsplit(variables["VISAVIS_URL"]).hostname or ""
    told = [one.strip() for one in variables.get("VISAVIS_HOSTS", "").split(",") if one.strip()]
    if told and host not in told:
        return Finding("names", "wrong", f"VISAVIS_HOSTS has not {host}: add it, or take the variable out")
    return Finding("names", "well", ", ".join(told) or host)


def of_demonstration(variables: Mapping[str, str]) -> Finding:
    """Are the demonstration's doors shut?"""
    for name in ("VISAVIS_DEMO", "VISAVIS_DEBUG"):
        if variables.get(name, "").strip().lower() in {"1", "true", "yes", "on"}:
            return Finding(
                "demonstration", "wrong", f"{name} is on: anybody comes in. Take it out and restart"
            )
    return Finding("demonstration", "well", "off")


def of_tables(variables: Mapping[str, str], places: Places) -> Finding:
    """Are all tables of this version there?"""
    try:
        steps.manage(["migrate", "--check", "--verbosity", "0"], variables, places)
    except StepFailed:
        return Finding("tables", "wrong", "some are of another version: run `visavis setup` again")
    return Finding("tables", "well", "all of this version")


def of_settings(variables: Mapping[str, str], places: Places) -> Finding:
    """What do the site's own checks say?"""
    words = ["check", "--deploy", "--fail-level", "ERROR"]
    try:
        steps.manage(words, variables, places)
    except StepFailed as error:
        told = ERROR.findall(error.said) or [str(error)]
        return Finding("settings", "wrong", f"{' '.join(told)} All of it: visavis check --deploy")
    return Finding("settings", "well", "no error")


def of_reader(variables: Mapping[str, str], places: Places) -> Finding:
    """What can this machine's kernel not take from the process that reads files of strangers?"""
    told = warned(["--tag", CONFINEMENT], variables, places)
    if told:
        return Finding("hostile files", "look", told)
    return Finding("hostile files", "well", "their reader has neither the network nor other files")


def of_journal(variables: Mapping[str, str], places: Places) -> Finding:
    """Could who holds the site's role, or this machine, rewrite the journal unseen?"""
    told = warned(["--database", "default", "--tag", JOURNAL], variables, places)
    if told:
        return Finding("journal", "look", told)
    return Finding("journal", "well", "its guard is out of the site’s reach, its seals leave this machine")


def warned(more: list[str], variables: Mapping[str, str], places: Places) -> str:
    """Return what checks of the site warn of, in words with what to do; nothing where they find nothing."""
    try:
        steps.manage(["check", "--deploy", *more, "--fail-level", "WARNING"], variables, places)
    except StepFailed as error:
        return " ".join(" ".join(one) for one in WARNED.findall(error.said)) or str(error)
    return ""


def of_site(variables: Mapping[str, str], url: str) -> Iterator[Finding]:
    """Ask the site through its proxy, as a visitor would, and as only this machine can."""
    try:
        status, headers, _ = get(f"{url}/health/live")
    except ssl.SSLCertVerificationError as error:
        yield Finding("site", "wrong", f"its certificate is not believed: {error.verify_message}")
        return
    except (OSError, http.client.HTTPException):
        yield Finding("site", "wrong", f"{url} does not answer: is the proxy started, and visavis-web?")
        return
    if status != http.client.OK:
        yield Finding("site", "wrong", of_status(status))
        return
    yield Finding("site", "well", f"{url} answers")
    yield of_clock(headers)
    yield from of_proxy(variables, url)
    yield of_ready(url)


def of_status(status: int) -> str:
    """Say what an answer that is not 200 mostly means."""
    return {
        400: "it answers 400: the proxy does not pass the name on (proxy_set_header Host $host)",
        301: "it sends round in circles: the proxy does not say https (X-Forwarded-Proto)",
        302: "it sends round in circles: the proxy does not say https (X-Forwarded-Proto)",
        502: "the proxy finds nobody behind: systemctl status visavis-web",
        503: "it says that the database is gone: systemctl status postgresql",
    }.get(status, f"it answers {status}: journalctl --unit visavis-web")


def of_clock(headers: Mapping[str, str]) -> Finding:
    """Is the clock of the site near ours? A second factor needs it."""
    try:
        told = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return Finding("clock", "look", "the site does not say what time it is")
    off = abs((dt.datetime.now(dt.UTC) - told).total_seconds())
    if off > CLOCK_WRONG_S:
        return Finding(
            "clock", "wrong", f"{off:.0f} s from this machine's: second factors fail. timedatectl set-ntp on"
        )
    return Finding("clock", "well", f"within {CLOCK_WRONG_S} s")


def of_proxy(variables: Mapping[str, str], url: str) -> Iterator[Finding]:
    """What reaches the site of what the proxy was told, and do all processes share one cache?"""
    mark = secrets.token_hex(8)
    seen = [one for _ in range(ASKED) if (one := asked_alone(variables, url, mark)) is not None]
    if len(seen) < ASKED:
        yield Finding("proxy", "wrong", "the site does not know its own key: restart it after setup")
        return
    first = seen[0]
    forged = asked_alone(variables, url, mark, said="203.0.113.77") or {}
    if url.startswith("https://") and not first["secure"]:
        yield Finding("proxy", "wrong", "it does not say https: proxy_set_header X-Forwarded-Proto https")
    elif forged.get("address") == "203.0.113.77":
        yield Finding(
            "proxy", "wrong", "visitors can lie about their address: write X-Forwarded-For anew in the proxy"
        )
    else:
        yield Finding(
            "proxy", "well", f"https and addresses arrive as they are; this machine is {first['address']}"
        )
    processes = {one["process"] for one in seen}
    if len(processes) > 1 and not all(one["known"] for one in seen[1:]):
        yield Finding(
            "shared cache", "wrong", "each process counts by itself: CACHE_URL is not the same for all"
        )
    else:
        yield Finding("shared cache", "well", f"shared by {len(processes)} processes")


def asked_alone(
    variables: Mapping[str, str], url: str, mark: str, *, said: str = ""
) -> dict[str, Any] | None:
    """Ask what the site sees of us, which it tells only who knows its key."""
    when = str(int(time.time()))
    key = variables["VISAVIS_SECRET_KEY"].encode()
    proof = hmac.new(key, f"seen:{when}:{mark}".encode(), hashlib.sha256).hexdigest()
    headers = {HEADER: f"{when}.{mark}.{proof}"} | ({"X-Forwarded-For": said} if said else {})
    try:
        status, _, body = get(f"{url}/health/seen", headers)
    except (OSError, http.client.HTTPException):
        return None
    if status != http.client.OK:
        return None
    found: dict[str, Any] = json.loads(body)
    return found


def of_ready(url: str) -> Finding:
    """What does the site say of its own parts?"""
    try:
        status, _, body = get(f"{url}/health/ready")
        said = json.loads(body)
    except (OSError, ValueError, http.client.HTTPException):
        return Finding("parts", "wrong", "the site does not say how its parts are")
    bad = [name for name, level in said.items() if level == "wrong"]
    if bad or status != http.client.OK:
        return Finding(
            "parts", "wrong", f"not well: {', '.join(bad) or status}. The head's page /service/ says more"
        )
    look = [name for name, level in said.items() if level == "look"]
    return Finding("parts", "look" if look else "well", ", ".join(look) or "all parts are well")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a loop of them is what is looked for."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], bytes]:
    """Get a page without following, without a proxy of this machine's environment."""
    handlers = (NoRedirect, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310  (the site's own address)
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=MOST_S) as answer:
            return answer.status, named(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, named(error.headers), error.read()
    except urllib.error.URLError as error:
        raise (error.reason if isinstance(error.reason, OSError) else OSError(str(error.reason))) from error


def named(headers: Message) -> dict[str, str]:
    """Return headers under the names as RFC 9110 writes them, however the server did."""
    return {name.title(): str(value) for name, value in headers.items()}


def has_worse(findings: list[Finding]) -> bool:
    """Say whether something is wrong."""
    return any(one.level == "wrong" for one in findings)
