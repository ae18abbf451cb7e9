"""Try each thing the site stands on, as it will be used; what is wrong is a sentence that says what to do."""

import http.client
import imaplib
import json
import os
import shutil
import smtplib
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from visavis.common import reaching
from visavis.documents import scanning
from visavis.interviews.relay import asking, credentials
from visavis.mailboxes.mail import opening
from visavis.operations import connections
from visavis.operations.installing.values import LOCAL
from visavis.operations.saving import stores

type Level = Literal["well", "look", "wrong"]

PACKAGE = Path(__file__).resolve().parents[2]
TIME_OUT_S = 10
# A file that is written into a store and deleted at once.
OF_A_TRY = "visavis-setup"
OLDEST_POSTGRESQL = 15
DISK_WRONG, DISK_LOOK = 1 << 30, 5 << 30
# What PostgreSQL answers (SQLSTATE, appendix A of its manual) and what to do about it.
OF_DATABASE = {
    "28P01": "the password is wrong for this user. Write the one that the database knows, %-encoded",
    "28000": "this user may not come in from here: look at pg_hba.conf and at the user's name",
    "3D000": "there is no such database: CREATE DATABASE … OWNER …",
    "53300": "no connection is left: raise max_connections, or lower workers and threads",
}

# Where a relay must send nothing: this machine, a private network, what clouds tell their machines.
OF_OUR_NETWORK = ("127.0.0.1", "10.0.0.1", "192.168.0.1", "169.254.169.254")
OPEN_RELAY = "it sends whoever uses it into our own network"

# Without these nobody comes in by a provider.
OF_IDENTITY = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# What the site itself asks, not the browser: reached where a setting names the machine (common/reaching.py).
ASKED_BY_US = ("token_endpoint", "jwks_uri", "userinfo_endpoint")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one thing: `level` well, look (works, but read this) or wrong."""

    name: str
    level: Level
    words: str


# What a role is, and where it comes in.
OF_ROLE = """
    SELECT current_database(), (SELECT oid FROM pg_database WHERE datname = current_database()), current_user,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
        array(SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'USAGE'))"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A role as the server sees it: where it came in, what it may, whose rights it has."""

    version: int
    database: str
    number: int
    role: str
    may_make: bool
    rights_of: list[str]

    def is_owner_too(self, owner: "Seen") -> bool:
        """Say whether this role has all that another may: it is the same, a member of it, or may do everything."""
        return owner.role in self.rights_of


def everything(variables: Mapping[str, str], *, has_owner: bool = False) -> Iterator[Finding]:
    """Try everything that the variables name, one after the other; `has_owner` where another role makes the tables."""
    yield address(variables)
    yield database(variables, has_owner=has_owner)
    for one in (room, cache, mail, mail_in, scanner, paper_in, relay, texts, store, disk):
        if (found := one(variables)) is not None:
            yield found
    yield from identities(variables)


def address(variables: Mapping[str, str]) -> Finding:
    """Does the name of the site lead anywhere?"""
    host = urlsplit(variables["VISAVIS_URL"]).hostname or ""
    if host in LOCAL:
        return Finding("address", "look", "the site can be seen from this machine only")
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except OSError:
        return Finding("address", "look", f"{host} leads nowhere yet: add it to your DNS before people come")
    return Finding("address", "well", f"{host} leads to {', '.join(sorted(found))}")


def database(variables: Mapping[str, str], *, has_owner: bool = False) -> Finding:
    """Is the database there, may we come in and, where no other role owns them, make tables?"""
    url = variables.get("DATABASE_URL", "")
    if not url:
        return Finding(
            "database", "look", "SQLite, in the folder of the site: for a small town on one machine"
        )
    found = seen(url)
    if isinstance(found, str):
        return Finding("database", "wrong", found)
    if found.version < OLDEST_POSTGRESQL:
        return Finding(
            "database", "wrong", f"PostgreSQL {found.version} is too old: {OLDEST_POSTGRESQL} or later"
        )
    if not has_owner and not found.may_make:
        return Finding("database", "wrong", "this user may make no tables: make it the owner of the database")
    return Finding("database", "well", f"PostgreSQL {found.version}, {found.database}")


def seen(url: str) -> Seen | str:
    """Come in as a role and say what it is, or in words why not."""
    try:
        import psycopg  # noqa: PLC0415  (only where PostgreSQL is asked for)
    except ImportError:
        return "the driver is missing: install the requirements of production"
    try:
        with psycopg.connect(url, connect_timeout=TIME_OUT_S) as server:
            row = server.execute(OF_ROLE).fetchone()
            assert row  # nosec B101  (one row, always)
            return Seen(server.info.server_version // 10_000, *row)
    except psycopg.Error as error:
        return of_error(error)


def room(variables: Mapping[str, str]) -> Finding | None:
    """Has the database as many connections as the service may need?"""
    url = variables.get("DATABASE_URL", "")
    there = connections.room(url, time_out_s=TIME_OUT_S) if url else None
    if there is None:
        return None
    try:
        said = connections.misfit(variables, there)
    except ValueError as error:
        return Finding("connections", "wrong", str(error))
    if said:
        return Finding("connections", "wrong", said)
    words = f"{connections.needed(variables)} at most, of {there.most - there.kept} that PostgreSQL has"
    return Finding("connections", "well", words)


def of_error(error: Exception) -> str:
    """Say what a refusal of the database means. Before a sign-in it has no code, only words."""
    text = str(error)
    for code, words in OF_DATABASE.items():
        if getattr(error, "sqlstate", None) == code:
            return words
    for sign, code in (
        ("password authentication failed", "28P01"),
        ("no pg_hba.conf entry", "28000"),
        ("does not exist", "3D000"),
        ("too many clients", "53300"),
        ("remaining connection slots", "53300"),
    ):
        if sign in text:
            return OF_DATABASE[code]
    if "could not translate host name" in text or "failed to resolve" in text:
        return "its host leads nowhere: look at how the name is written"
    if "refused" in text:
        return "nothing answers there: is PostgreSQL started, and on this port?"
    if "timeout" in text:
        return f"no answer in {TIME_OUT_S} s: look at the firewall between"
    return f"it cannot be reached ({type(error).__name__})"


def cache(variables: Mapping[str, str]) -> Finding:
    """Is there a store that all processes share?"""
    url = variables.get("CACHE_URL", "")
    if not url:
        if int(variables.get("VISAVIS_WORKERS", "1")) > 1:
            words = "several processes need one: give --cache redis://…, or --workers 1"
            return Finding("cache", "wrong", words)
        return Finding("cache", "look", "none: one process of the site only")
    try:
        import redis  # noqa: PLC0415  (only where a cache is asked for)
    except ImportError:
        return Finding("cache", "wrong", "its driver is missing: install the requirements of production")
    try:
        store = redis.Redis.from_url(url, socket_timeout=TIME_OUT_S, socket_connect_timeout=TIME_OUT_S)
        store.ping()
    except redis.AuthenticationError:
        return Finding("cache", "wrong", "its password is wrong or missing")
    except (redis.RedisError, ValueError, OSError):
        return Finding("cache", "wrong", "nothing answers there: is it started, and on this port?")
    return Finding("cache", "well", "it answers")


def mail(variables: Mapping[str, str]) -> Finding:
    """Does the mail server let us in? Nothing is sent."""
    host = variables.get("SMTP_HOST", "")
    if not host:
        return Finding("mail", "wrong", "none: nobody can sign in by e-mail. Give --mail smtp://…")
    try:
        with smtplib.SMTP(host, int(variables.get("SMTP_PORT", "587")), timeout=TIME_OUT_S) as server:
            if variables.get("SMTP_TLS", "yes") != "no":
                server.starttls(context=ssl.create_default_context())
            if variables.get("SMTP_USER"):
                server.login(variables["SMTP_USER"], variables.get("SMTP_PASSWORD", ""))
            server.ehlo_or_helo_if_needed()
            code, _ = server.mail(variables.get("VISAVIS_MAIL_FROM", ""))
    except smtplib.SMTPAuthenticationError:
        return Finding("mail", "wrong", "it does not know this user with this password")
    except smtplib.SMTPNotSupportedError:
        return Finding(
            "mail", "wrong", "it offers no encryption or no sign-in here: smtp+plain://, or another port"
        )
    except ssl.SSLError as error:
        return Finding(
            "mail", "wrong", f"its certificate is not believed ({error.reason}): use the name it is for"
        )
    except (smtplib.SMTPException, OSError):
        return Finding(
            "mail", "wrong", f"nothing answers at {host}: look at its name, its port and the firewall"
        )
    if code >= 400:
        return Finding(
            "mail", "wrong", f"it takes no mail from {variables['VISAVIS_MAIL_FROM']} (answer {code})"
        )
    return Finding("mail", "well", f"{host} takes our mail")


def mail_in(variables: Mapping[str, str]) -> Finding | None:
    """May we read the mailbox, and is its folder there? Nothing is fetched or marked."""
    ours, host = variables.get("VISAVIS_MAIL_IN", ""), variables.get("IMAP_HOST", "")
    folder = variables.get("IMAP_FOLDER", "INBOX")
    if not ours and not host:
        return None
    if not ours or not host:
        words = "an address and its mailbox go together: give both --mail-in and --mailbox imaps://…, or none"
        return Finding("mail in", "wrong", words)
    try:
        port, tls = int(variables.get("IMAP_PORT", "993")), variables.get("IMAP_TLS", "tls")
        box = opening.reached(host, port, tls=tls, time_out_s=TIME_OUT_S)
        user, password = variables.get("IMAP_USER", ""), variables.get("IMAP_PASSWORD", "")
        with box.login(user, password, initial_folder=None) as found:
            found.folder.set(folder, readonly=True)
    except (MailboxLoginError, UnicodeEncodeError):
        return Finding("mail in", "wrong", "the mailbox does not know this user with this password")
    except MailboxFolderSelectError:
        return Finding(
            "mail in", "wrong", f"the mailbox has no folder {folder}: write its name behind the host"
        )
    except ssl.SSLCertVerificationError as error:
        words = f"its certificate is not believed ({error.verify_message}): use the name it is for"
        return Finding("mail in", "wrong", words)
    except (OSError, ValueError, ImapToolsError, imaplib.IMAP4.error):
        words = f"no mailbox answers at {host}: look at its name, its port and the firewall"
        return Finding("mail in", "wrong", words)
    return Finding("mail in", "well", f"we may read {folder} at {host}, for {ours}")


def scanner(variables: Mapping[str, str]) -> Finding:
    """Does the virus scanner answer?"""
    where = variables.get("VISAVIS_CLAMAV", "")
    if not where:
        return Finding("scanner", "look", "none: documents are opened only as drawn pages. Give --clamav")
    if not scanning.answers(where):
        words = f"no virus scanner answers at {where}: look at clamav-daemon and at who may open its socket"
        return Finding("scanner", "wrong", words)
    return Finding("scanner", "well", f"the virus scanner answers at {where}")


def paper_in(variables: Mapping[str, str]) -> Finding | None:
    """May we take what lies in the scanner's folder out of it? Nothing is taken."""
    where = variables.get("VISAVIS_SCANS_FROM", "")
    if not where:
        return None
    if not Path(where).is_dir():
        words = f"there is no folder {where}: make it, and have the scanner put its files there"
        return Finding("paper in", "wrong", words)
    if not os.access(where, os.R_OK | os.W_OK | os.X_OK):
        words = (
            f"we may not take files out of {where}: give its group to the account of the service, with rwx"
        )
        return Finding("paper in", "wrong", words)
    return Finding("paper in", "well", f"scans are taken from {where}")


def relay(variables: Mapping[str, str]) -> Finding | None:
    """Does the relay of interviews let a seat in by each of its ways, and nobody into our own network?"""
    urls = [one.strip() for one in variables.get("VISAVIS_TURN_URLS", "").split(",") if one.strip()]
    secret = variables.get("VISAVIS_TURN_SECRET", "")
    if not urls:
        return None
    if not secret:
        return Finding("relay", "wrong", "its secret is missing: give --relay-secret")
    said = [words for url in urls if (words := of_relay(url, secret))]
    if len(said) == len(urls) or any(one.startswith(OPEN_RELAY) for one in said):
        return Finding("relay", "wrong", said[-1])
    if said:
        return Finding("relay", "look", f"it is reached, but not by every way: {'; '.join(said)}")
    return Finding("relay", "well", f"it lets seats in by {len(urls)} ways, and nobody into our own network")


def of_relay(url: str, secret: str) -> str:
    """Ask the relay for a place, as a seat does; say what is wrong. Nothing is sent by it."""
    try:
        with asking.talk(asking.read(url), time_out_s=TIME_OUT_S / asking.TRIES) as talk:
            code = talk.allocate(credentials.login(secret, "setup", now_s=time.time(), life_s=60)).code
            if code == asking.UNAUTHENTICATED:
                return f"{url} does not know our secret, or its clock is wrong: print its file anew by `visavis relay`"
            if code:
                return f"{url} refuses a place (answer {code}): look at its quotas"
            inside = [one for one in OF_OUR_NETWORK if not talk.permit(one).code]
            talk.let_go()
    except asking.WrongAddress:
        return f"{url} is no address of a relay: write turn:turn.emploi.example:3478?transport=udp"
    except asking.NoRelay:
        return f"{url} does not answer: look at visavis-relay, its port and the firewall"
    if inside:
        return f"{OPEN_RELAY} ({', '.join(inside)}): print its file anew by `visavis relay`"
    return ""


def texts(variables: Mapping[str, str]) -> Finding:
    """Does whoever carries text messages answer? Nothing is sent."""
    url = variables.get("SMS_URL", "")
    if not url:
        return Finding(
            "texts", "look", "none: people without e-mail can only come to the counter. Give --sms"
        )
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310  (https or this machine: read by `values.sms`)
    request.add_header("Authorization", f"Bearer {variables.get('SMS_TOKEN', '')}")
    try:
        with urllib.request.urlopen(request, timeout=TIME_OUT_S):  # noqa: S310  # nosec B310
            pass
    except urllib.error.HTTPError as error:
        if error.code in {401, 403}:
            return Finding("texts", "wrong", "the gateway refuses the token: give --sms-token")
    except OSError:
        return Finding("texts", "wrong", "the gateway does not answer: look at its address and the firewall")
    return Finding("texts", "well", "the gateway answers; no message was sent")


def identities(variables: Mapping[str, str]) -> Iterator[Finding]:
    """Do those who vouch for people and for staff describe themselves?"""
    for name, variable in (("people", "VISAVIS_PEOPLE_IDENTITY"), ("staff", "VISAVIS_STAFF_IDENTITY")):
        if variables.get(variable):
            yield identity(f"identity of {name}", variables, variable)


def identity(name: str, variables: Mapping[str, str], variable: str) -> Finding:
    """Read how a provider describes itself. Nobody is signed in."""
    issuer = variables[variable].rstrip("/")
    if not variables.get(f"{variable}_CLIENT") or not variables.get(f"{variable}_SECRET"):
        option = variable.removeprefix("VISAVIS_").lower().replace("_", "-")
        words = f"our client id or secret is missing: give --{option}-client and --{option}-secret"
        return Finding(name, "wrong", words)
    request = urllib.request.Request(f"{issuer}/.well-known/openid-configuration")  # noqa: S310  (`values.issuer`)
    try:
        with urllib.request.urlopen(request, timeout=TIME_OUT_S) as answer:  # noqa: S310  # nosec B310
            found = json.loads(answer.read(1_000_000))
    except (OSError, ValueError):
        return Finding(
            name, "wrong", f"{issuer} does not describe itself: look at the address and the firewall"
        )
    if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != issuer:
        return Finding(name, "wrong", f"{issuer} describes another provider: take the address that it says")
    missing = [one for one in OF_IDENTITY if not found.get(one)]
    if missing:
        return Finding(name, "wrong", f"{issuer} does not say its {', '.join(missing)}")
    named = [issuer, *(f"https://{one.strip()}" for one in variables.get("VISAVIS_REACHES", "").split(","))]
    doors = {reaching.of_address(one) for one in named}
    asked = {str(found[one]) for one in ASKED_BY_US if found.get(one)}
    if elsewhere := sorted(one for one in asked if reaching.of_address(one) not in doors):
        words = f"{issuer} has us ask {', '.join(elsewhere)}: name the machine in VISAVIS_REACHES"
        return Finding(name, "wrong", words)
    if not found.get("end_session_endpoint"):
        return Finding(name, "look", f"{issuer} answers, and signs nobody out: people stay signed in there")
    return Finding(name, "well", f"{issuer} answers")


def store(variables: Mapping[str, str]) -> Finding | None:
    """May we write where documents rest and backups go, when it is a store?"""
    names = ("VISAVIS_DOCUMENTS", "VISAVIS_BACKUP_TO", "VISAVIS_BACKUP_KEYS_TO")
    places = [one for name in names if stores.is_store(one := variables.get(name, ""))]
    if not places:
        return None
    for place in places:
        try:
            with stores.told(place):
                there = stores.reached(place, variables.get("VISAVIS_S3", ""))
                there.put(OF_A_TRY, b"visavis setup")
                there.delete(OF_A_TRY)
        except stores.NoStore as error:
            return Finding("store", "wrong", str(error))
    return Finding("store", "well", f"we may write to {', '.join(places)}")


def disk(variables: Mapping[str, str]) -> Finding:
    """Is there room, and do others see nothing?"""
    folder = Path(variables["VISAVIS_VAR"])
    there = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(there).free
    room = f"{free / (1 << 30):.1f} GB are free in {there}"
    if free < DISK_WRONG:
        return Finding("disk", "wrong", f"{room}: make room, 5 GB at least")
    if folder.exists() and folder.stat().st_mode & 0o077:
        return Finding("disk", "wrong", f"others on this machine can read {folder}: chmod 700 {folder}")
    if free < DISK_LOOK:
        return Finding("disk", "look", f"{room}: 5 GB or more are better")
    return Finding("disk", "well", room)


def is_taken(host: str, port: int) -> bool:
    """Say whether something answers there already."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def port(number: int) -> Finding:
    """Is the port of the site free, or its own already?"""
    if not is_taken("127.0.0.1", number):
        return Finding("port", "well", f"{number} is free")
    try:
        address = f"http://127.0.0.1:{number}/health/live"
        with urllib.request.urlopen(address, timeout=TIME_OUT_S) as answer:  # nosec B310  (this machine)
            if answer.read() == b"alive\n":
                return Finding("port", "well", f"{number} is the site's own already")
    except (OSError, http.client.HTTPException):
        pass
    words = f"{number} is taken by another program: ss -ltnp 'sport = :{number}' names it. Stop it, then run this again"
    return Finding("port", "wrong", words)


def program(folder: Path = PACKAGE) -> Finding:
    """May the account that will run the service read the program?"""
    shut = next(
        (one for one in (*reversed(folder.parents), folder, folder / "commands") if not opens(one)), None
    )
    if shut is not None:
        return Finding(
            "program", "wrong", f"other accounts cannot read {shut}: install the program anew after umask 022"
        )
    return Finding("program", "well", f"{folder} can be read by its account")


def opens(folder: Path) -> bool:
    """Say whether every account may go through a folder."""
    return bool(folder.stat().st_mode & 0o001)


def may_write(folder: Path) -> bool:
    """Say whether files may be made in a folder, or in the nearest one above that exists."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return os.access(there, os.W_OK)
