"""What `visavis setup` asks, in order: each answer has a question, a reader and mostly a variable of the site."""

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from visavis.operations.installing import values

type Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `name` is its option too (`--mail-from`), `default` what Enter means, None when it must be told."""

    name: str
    words: str
    read: Callable[[str], str]
    default: str | None = None
    is_secret: bool = False
    # Asked only where this other answer is not none.
    after: str = ""


QUESTIONS = (
    Question("url", "Address of the site, as people see it (https://emploi.example)", values.site),
    Question("service_name", "Name of the service", values.words, "Vis-à-vis"),
    Question("phone", "Phone number of the door, on every page", values.phone),
    Question(
        "database", "Database: postgres://user:password@host/name, or sqlite", values.database, is_secret=True
    ),
    Question(
        "owner",
        "Role that owns the tables, so that the site cannot rewrite its journal: postgres://owner:password@host/name, "
        "or none",
        values.database,
        "none",
        is_secret=True,
        after="database",
    ),
    Question("cache", "Cache that all processes share: redis://host:6379/0, or none", values.cache, "none"),
    Question("mail", "Mail server: smtp://user:password@host:587, or none", values.mail, is_secret=True),
    Question("mail_from", "Sender of e-mails (bonjour@emploi.example)", values.email),
    Question(
        "witness",
        "Address outside to which a seal of the journal goes each day (archives@mairie.example), or none: whoever "
        "holds this machine could then cut the journal unseen",
        values.maybe_email,
        "none",
    ),
    Question(
        "mail_in",
        "Address to which people write (courrier@emploi.example), or none",
        values.letterbox,
        "none",
    ),
    Question(
        "mailbox",
        "Mailbox in which that mail arrives: imaps://user:password@host, or none",
        values.mailbox,
        "none",
        is_secret=True,
        after="mail_in",
    ),
    Question(
        "clamav",
        "Virus scanner that looks at documents: clamd's socket or host:port, or none",
        values.maybe,
        "none",
    ),
    Question(
        "scans",
        "Folder in which the scanner puts paper that comes in, or none",
        values.folder,
        "none",
    ),
    Question(
        "relay",
        "Machine that carries interviews by video (coturn: turn.emploi.example), or none",
        values.relay,
        "none",
    ),
    Question(
        "relay_secret",
        "The secret it shares with us, or none to draw one",
        values.maybe,
        "none",
        is_secret=True,
        after="relay",
    ),
    Question(
        "relay_address",
        "Public address of this machine if coturn runs here (203.0.113.7, behind a router 203.0.113.7/10.0.0.7), "
        "or none if it runs on another",
        values.relay_address,
        "none",
        after="relay",
    ),
    Question("sms", "Address that takes text messages (https://…), or none", values.sms, "none"),
    Question("sms_token", "Its token, or none", values.maybe, "none", is_secret=True),
    Question(
        "people_identity",
        "Who vouches for people (FranceConnect: its OpenID address), or none",
        values.issuer,
        "none",
    ),
    Question("people_identity_client", "Our client id there", values.maybe, "none", after="people_identity"),
    Question(
        "people_identity_secret",
        "Our secret there",
        values.maybe,
        "none",
        is_secret=True,
        after="people_identity",
    ),
    Question(
        "staff_identity",
        "Who vouches for staff (ProConnect: its OpenID address), or none",
        values.issuer,
        "none",
    ),
    Question("staff_identity_client", "Our client id there", values.maybe, "none", after="staff_identity"),
    Question(
        "staff_identity_secret",
        "Our secret there",
        values.maybe,
        "none",
        is_secret=True,
        after="staff_identity",
    ),
    Question("proxy", "Proxy in front: nginx, or none for one of your own", values.proxy, "nginx"),
    Question("certificate", "Its certificate", values.file, "/etc/ssl/visavis/fullchain.pem"),
    Question("certificate_key", "The key of the certificate", values.file, "/etc/ssl/visavis/privkey.pem"),
    Question("workers", "Processes of the site", values.processes, "2"),
    Question("threads", "Threads of each process", values.processes, "4"),
    Question(
        "store",
        "Store that speaks S3: https://KEY:SECRET@host, or none",
        values.store,
        "none",
        is_secret=True,
    ),
    Question(
        "documents",
        "Documents rest in that store: s3://bucket/folder, or none: on this machine",
        values.bucket,
        "none",
        after="store",
    ),
    Question(
        "backup", "Backups: a folder, s3://bucket/folder, or none", values.saved, "/var/backups/visavis"
    ),
    Question(
        "backup_keys",
        "People’s keys, copied elsewhere: a folder, or s3://…",
        values.saved,
        "/var/backups/visavis-keys",
    ),
    Question(
        "backup_recipient",
        "Public key of the backups (age1…), or none for no backups",
        values.recipient,
        "none",
    ),
    Question(
        "continuous",
        "PostgreSQL’s log, archived as it is written by pgBackRest: a folder on another disk, or none",
        values.folder,
        "none",
    ),
    Question("agency", "Name of the first agency", values.words),
    Question("agency_address", "Its street and number", values.words),
    Question("agency_commune", "INSEE code of its commune (26362 is Valence)", values.commune),
    Question("agency_hours", "Its hours", values.words, "Mo-Fr 08:30-12:30,13:30-17:00; PH off"),
    Question("head", "E-mail of its head, who signs in by a code", values.email),
    Question("head_name", "Name of its head", values.words),
    Question("protection", "E-mail of the data protection officer, or none", values.maybe, "none"),
    Question("protection_name", "Name of the data protection officer, or none", values.maybe, "none"),
)
BY_NAME = {one.name: one for one in QUESTIONS}


def read_all(told: Mapping[str, str], before: Mapping[str, str], *, ask: bool) -> Answers:
    """Return every answer: told, else as before, else asked for where somebody sits there, else the default.

    Raises WrongAnswer, with the option's name, for an answer that is wrong or missing.
    """
    for name in told:
        if name not in BY_NAME:
            raise values.WrongAnswer(f"{name} is not a question of setup: {', '.join(BY_NAME)}.")
    found: Answers = {}
    for one in QUESTIONS:
        is_asked = ask and (not one.after or bool(found[one.after]))
        found[one.name] = read_one(one, told, before, ask=is_asked)
    return found


def read_one(question: Question, told: Mapping[str, str], before: Mapping[str, str], *, ask: bool) -> str:
    """Return one answer."""
    if question.name in told:
        return checked(question, told[question.name])
    default = before.get(question.name, question.default)
    if ask:
        return asked(question, default)
    if default is None:
        raise values.WrongAnswer(f"--{option(question.name)} is missing. {question.words}.")
    return checked(question, default)


def checked(question: Question, given: str) -> str:
    """Read an answer; the sentence of a wrong one names its option."""
    try:
        found = question.read(given)
        if "'" in found or "\n" in found:
            raise values.WrongAnswer(
                "No apostrophe and no second line: in a password write %27 for an apostrophe."
            )
    except values.WrongAnswer as error:
        raise values.WrongAnswer(f"--{option(question.name)}: {error}") from error
    return found


def asked(question: Question, default: str | None) -> str:
    """Ask on the terminal until the answer can be taken. What is secret is neither echoed nor shown again."""
    shown = "as before" if question.is_secret and default else default
    prompt = f"{question.words}{f' [{shown}]' if default is not None else ''}: "
    while True:
        given = (getpass.getpass(prompt) if question.is_secret else input(prompt)).strip()
        if not given and default is not None:
            given = default or values.NONE
        try:
            return checked(question, given)
        except values.WrongAnswer as error:
            sys.stderr.write(f"  {str(error).partition(': ')[2]}\n")


def option(name: str) -> str:
    """Return the name of the option that tells an answer."""
    return name.replace("_", "-")
