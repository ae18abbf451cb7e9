"""Read what an operator answers; a wrong answer is a sentence that says what to write."""

import ipaddress
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import phonenumbers

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
NONE = "none"
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
EMAIL = re.compile(r"[^@\s]+@([^@\s.]+\.)+[^@\s.]{2,}")
DATABASES = ("postgres", "postgresql")
# How the address of a mailbox begins, what the site calls that way in, and its usual port.
MAILBOXES = {"imaps": ("tls", 993), "imap": ("starttls", 143), "imap+plain": ("plain", 143)}
REGION = "FR"
MOST_PROCESSES = 64


class WrongAnswer(Exception):
    """An answer that cannot be taken; the message says what to write instead."""


class StepFailed(WrongAnswer):
    """A program that setup runs failed; `said` is all it said."""

    def __init__(self, words: str, said: str) -> None:
        super().__init__(words)
        self.said = said


def parts(given: str, what: str) -> SplitResult:
    """Split an address. Raises WrongAnswer where its port or its brackets make no sense."""
    try:
        found = urlsplit(given)
        _ = found.port
    except ValueError as error:
        raise WrongAnswer(f"{what} cannot be read ({error}): look at its port and its brackets.") from error
    return found


def site(given: str) -> str:
    """Return the address people see, without a slash at its end: https, or http on this machine only."""
    found = parts(given.strip().lower().rstrip("/"), "The address of the site")
    host = found.hostname or ""
    if found.scheme not in {"https", "http"} or not host:
        raise WrongAnswer("Write the address of the site as people will see it: https://emploi.example.")
    if found.path or found.query or found.fragment or found.username:
        raise WrongAnswer("The site stands at the root of its own name: write https://emploi.example only.")
    if found.scheme == "http" and host not in LOCAL:
        raise WrongAnswer("Only a trial on this machine goes without https: write https:// and the name.")
    if host not in LOCAL and not HOST.fullmatch(host):
        raise WrongAnswer(
            f"{host} is not a name of the internet: letters without accents, digits, hyphens, dots."
        )
    return found.geturl()


def database(given: str) -> str:
    """Return an address of PostgreSQL, or nothing for SQLite."""
    kept = given.strip()
    if kept.lower() in {"", "sqlite", NONE}:
        return ""
    found = parts(kept, "The address of the database")
    if found.scheme not in DATABASES or not found.path.strip("/"):
        raise WrongAnswer(
            "Write postgres://user:password@host:5432/name, or sqlite for a trial on this machine."
        )
    return kept


def cache(given: str) -> str:
    """Return an address of Valkey or Redis, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the cache")
    if found.scheme not in {"redis", "rediss", "unix"} or not (found.hostname or found.path):
        raise WrongAnswer("Write redis://host:6379/0 (Valkey or Redis), or none for one process of the site.")
    return kept


def mail(given: str) -> str:
    """Return an address of a mail server, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the mail server")
    if found.scheme not in {"smtp", "smtp+plain"} or not found.hostname:
        raise WrongAnswer(
            "Write smtp://user:password@host:587, smtp+plain://host:25 for a server without encryption, or none."
        )
    return kept


def letterbox(given: str) -> str:
    """Return the address of the letterbox, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    if "+" in kept:
        raise WrongAnswer("Write the address without its +: each conversation puts its own part behind one.")
    return email(kept)


def mailbox(given: str) -> str:
    """Return an address of a mailbox of IMAP, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the mailbox")
    if found.scheme not in MAILBOXES or not (found.hostname and found.username and found.password):
        raise WrongAnswer(
            "Write imaps://user:password@host, imap://user:password@host for STARTTLS, or none; "
            "in a password write %40 for an @."
        )
    if found.scheme == "imap+plain" and found.hostname not in LOCAL:
        raise WrongAnswer("Only a mailbox on this machine goes without encryption: write imaps://.")
    return kept


def sms(given: str) -> str:
    """Return the address that takes text messages, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the SMS gateway")
    if found.scheme != "https" and found.hostname not in LOCAL:
        raise WrongAnswer("Write the https:// address that takes text messages, or none.")
    return kept


def issuer(given: str) -> str:
    """Return the address of a provider of OpenID Connect, without what all of them add, or nothing."""
    kept = given.strip().rstrip("/")
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the provider")
    if not found.hostname or (found.scheme != "https" and found.hostname not in LOCAL):
        raise WrongAnswer("Write the https:// address that the provider gave you, or none.")
    return kept.partition("/.well-known/")[0]


def email(given: str) -> str:
    """Return an e-mail address."""
    kept = given.strip()
    if not EMAIL.fullmatch(kept):
        raise WrongAnswer("Write an e-mail address: direction@emploi.example.")
    return kept


def maybe_email(given: str) -> str:
    """Return an e-mail address, or nothing."""
    return "" if given.strip().lower() in {"", NONE} else email(given)


def phone(given: str) -> str:
    """Return a phone number as it was written, once it is one."""
    kept = given.strip()
    try:
        number = phonenumbers.parse(kept, REGION)
    except phonenumbers.NumberParseException as error:
        raise WrongAnswer(
            "Write the phone number of the door: 04 75 00 00 00, or +33 4 75 00 00 00."
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise WrongAnswer(f"{kept} has not the length of a phone number: 04 75 00 00 00.")
    return kept


def words(given: str) -> str:
    """Return a text on one line."""
    kept = " ".join(given.split())
    if not kept:
        raise WrongAnswer("Write something here.")
    if "'" in kept:
        return kept.replace("'", "’")
    return kept


def maybe(given: str) -> str:
    """Return a text on one line, or nothing."""
    return "" if given.strip().lower() in {"", NONE} else words(given)


def commune(given: str) -> str:
    """Return the INSEE code of a commune."""
    kept = given.strip().upper()
    if not re.fullmatch(r"\d[\dAB]\d{3}", kept):
        raise WrongAnswer("Write the INSEE code of the commune, five signs: 26362 is Valence.")
    return kept


def processes(given: str) -> str:
    """Return how many processes or threads."""
    kept = given.strip()
    if not kept.isdecimal() or not 1 <= int(kept) <= MOST_PROCESSES:
        raise WrongAnswer(f"Write a whole number from 1 to {MOST_PROCESSES}.")
    return kept


def proxy(given: str) -> str:
    """Return which proxy stands in front: nginx, or another that the operator sets up."""
    kept = given.strip().lower()
    if kept not in {"nginx", NONE}:
        raise WrongAnswer("Write nginx, or none when you set up a proxy of your own.")
    return kept


def relay(given: str) -> str:
    """Return the name of the machine that carries interviews, or nothing."""
    kept = given.strip().lower()
    if kept in {"", NONE}:
        return ""
    if not HOST.fullmatch(kept) or kept in LOCAL:
        raise WrongAnswer(
            "Write the name of the machine that carries interviews: turn.emploi.example, or none."
        )
    return kept


def relay_address(given: str) -> str:
    """Return the public address of this machine, behind a router with its own one after a slash, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    try:
        found = [ipaddress.ip_address(one) for one in kept.split("/", 1)]
    except ValueError as error:
        raise WrongAnswer(
            "Write addresses in figures: 203.0.113.7, or 203.0.113.7/10.0.0.7, or none."
        ) from error
    return "/".join(map(str, found))


def folder(given: str) -> str:
    """Return a whole path, or nothing."""
    return "" if given.strip().lower() in {"", NONE} else file(given)


def saved(given: str) -> str:
    """Return a whole path, a place in a store, or nothing."""
    return bucket(given) if given.strip().startswith("s3://") else folder(given)


def bucket(given: str) -> str:
    """Return a place in a store, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.-]+)*/?", kept):
        raise WrongAnswer("Write the place in the store as s3://bucket/folder.")
    return kept.rstrip("/")


def store(given: str) -> str:
    """Return the address of a store that speaks S3, with its key, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    found = parts(kept, "The address of the store")
    if found.scheme != "https" and found.hostname not in LOCAL:
        raise WrongAnswer("Write https://KEY:SECRET@host?region=…, the secret %-encoded, or none.")
    if not (found.hostname and found.username and found.password):
        raise WrongAnswer("The key is missing: write https://KEY:SECRET@host?region=…, the secret %-encoded.")
    return kept


def recipient(given: str) -> str:
    """Return a public key of age, or nothing."""
    kept = given.strip()
    if kept.lower() in {"", NONE}:
        return ""
    if not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", kept):
        raise WrongAnswer(
            "Write the public key that `visavis backup --draw-key FILE` printed: age1 and 58 signs."
        )
    return kept


def file(given: str) -> str:
    """Return a whole path."""
    kept = given.strip()
    if not Path(kept).is_absolute():
        raise WrongAnswer("Write the whole path, from the first slash: /etc/ssl/emploi.pem.")
    return kept
