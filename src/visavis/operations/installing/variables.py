"""Answers as variables of the site, and the file that holds them: read by systemd, by a shell and by `visavis`."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from visavis.interviews.relay import asking
from visavis.operations.installing.questions import Answers
from visavis.operations.installing.values import MAILBOXES, NONE, WrongAnswer

type Variables = dict[str, str]
MAIL_PORT = 587
RELAY, RELAY_SECRET = "VISAVIS_TURN_URLS", "VISAVIS_TURN_SECRET"
PLAIN = {
    "url": "VISAVIS_URL",
    "service_name": "VISAVIS_SERVICE_NAME",
    "phone": "VISAVIS_PHONE",
    "mail_from": "VISAVIS_MAIL_FROM",
    "workers": "VISAVIS_WORKERS",
    "threads": "VISAVIS_THREADS",
}
MAYBE = {
    "database": "DATABASE_URL",
    "cache": "CACHE_URL",
    "witness": "VISAVIS_JOURNAL_WITNESS",
    "mail_in": "VISAVIS_MAIL_IN",
    "clamav": "VISAVIS_CLAMAV",
    "scans": "VISAVIS_SCANS_FROM",
    "relay_secret": RELAY_SECRET,
    "sms": "SMS_URL",
    "sms_token": "SMS_TOKEN",
    "people_identity": "VISAVIS_PEOPLE_IDENTITY",
    "people_identity_client": "VISAVIS_PEOPLE_IDENTITY_CLIENT",
    "people_identity_secret": "VISAVIS_PEOPLE_IDENTITY_SECRET",
    "staff_identity": "VISAVIS_STAFF_IDENTITY",
    "staff_identity_client": "VISAVIS_STAFF_IDENTITY_CLIENT",
    "staff_identity_secret": "VISAVIS_STAFF_IDENTITY_SECRET",
    "store": "VISAVIS_S3",
    "documents": "VISAVIS_DOCUMENTS",
    "backup": "VISAVIS_BACKUP_TO",
    "backup_keys": "VISAVIS_BACKUP_KEYS_TO",
    "backup_recipient": "VISAVIS_BACKUP_RECIPIENT",
}
OF_MAIL = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_TLS")
OF_MAILBOX = ("IMAP_HOST", "IMAP_PORT", "IMAP_TLS", "IMAP_USER", "IMAP_PASSWORD", "IMAP_FOLDER")
# What seals the archived log of PostgreSQL: not the site's, kept here so that setup writes the same again.
CONTINUOUS_KEY = "VISAVIS_CONTINUOUS_KEY"
DRAWN = ("VISAVIS_SECRET_KEY", "VISAVIS_JOURNAL_KEY")
# Drawn too, unless the site did it before in a file of its folder: what these keys sealed is read by them only.
DRAWN_UNLESS = {"VISAVIS_DATA_KEYS": "data-keys", "VISAVIS_CONTACT_KEYS": "contact-keys"}
GATEWAY, NO_GATEWAY = "visavis.people.sms.HttpGateway", "visavis.people.sms.NoGateway"


def of_answers(answers: Answers, before: Mapping[str, str], *, folder: Path, here: Path) -> Variables:
    """Return the variables: what setup does not ask stays as it was, keys are drawn once.

    `folder` is the site's folder as it will see it, `here` where it lies now.
    """
    found = dict(before)
    found["VISAVIS_VAR"] = str(folder)
    found |= {variable: answers[name] for name, variable in PLAIN.items()}
    for name, variable in MAYBE.items():
        keep_or_drop(found, variable, answers[name])
    for variable in (*OF_MAIL, *OF_MAILBOX):
        found.pop(variable, None)
    found |= of_mail(answers["mail"]) | of_mailbox(answers["mailbox"])
    set_relay(found, answers["relay"])
    found["SMS_GATEWAY"] = GATEWAY if answers["sms"] else NO_GATEWAY
    found.setdefault("VISAVIS_PROXIES", "1")
    found.setdefault("VISAVIS_LIVE_PORT", "8001")
    for variable in DRAWN:
        found.setdefault(variable, secrets.token_urlsafe(64))
    if answers["continuous"]:
        found.setdefault(CONTINUOUS_KEY, secrets.token_urlsafe(32))
    for variable, name in DRAWN_UNLESS.items():
        if not (here / name).exists():
            found.setdefault(variable, secrets.token_urlsafe(32))
    return found


def keep_or_drop(found: Variables, variable: str, value: str) -> None:
    """Set a variable, or take it out where the answer was none."""
    found.pop(variable, None)
    if value:
        found[variable] = value


def set_relay(found: Variables, name: str) -> None:
    """Say where the relay of interviews is: as it was written by hand where it is the same machine, else as usual."""
    if not name:
        found.pop(RELAY, None)
        found.pop(RELAY_SECRET, None)
        return
    if relay_of(found) != name:
        usual = (f"turn:{name}:3478?transport=udp", f"turn:{name}:3478?transport=tcp")
        found[RELAY] = ",".join((*usual, f"turns:{name}:5349?transport=tcp"))
    found.setdefault(RELAY_SECRET, secrets.token_urlsafe(32))


def relay_of(variables: Mapping[str, str]) -> str:
    """Return the machine that carries interviews, as the first of its addresses says it."""
    first = variables.get(RELAY, "").partition(",")[0]
    try:
        return asking.read(first.strip()).host if first else ""
    except asking.WrongAddress:
        return ""


def of_mail(address: str) -> Variables:
    """Return the variables of a mail server's address."""
    if not address:
        return {}
    server = urlsplit(address)
    found = {"SMTP_HOST": server.hostname or "", "SMTP_PORT": str(server.port or MAIL_PORT)}
    if server.username:
        found["SMTP_USER"] = unquote(server.username)
    if server.password:
        found["SMTP_PASSWORD"] = unquote(server.password)
    if server.scheme == "smtp+plain":
        found["SMTP_TLS"] = "no"
    return found


def of_mailbox(address: str) -> Variables:
    """Return the variables of a mailbox's address; its path is a folder other than the usual one."""
    if not address:
        return {}
    box = urlsplit(address)
    tls, port = MAILBOXES[box.scheme]
    found = {"IMAP_HOST": box.hostname or "", "IMAP_PORT": str(box.port or port), "IMAP_TLS": tls}
    found |= {"IMAP_USER": unquote(box.username or ""), "IMAP_PASSWORD": unquote(box.password or "")}
    keep_or_drop(found, "IMAP_FOLDER", unquote(box.path.strip("/")))
    return found


def as_answers(variables: Mapping[str, str]) -> Answers:
    """Return what an installation answered before, for Enter to mean “as it is”."""
    if not variables:
        return {}
    found = {name: variables[one] for name, one in PLAIN.items() if one in variables}
    found |= {name: variables.get(one) or NONE for name, one in MAYBE.items()}
    found["mail"] = mail_address(variables) or NONE
    found["mailbox"] = mailbox_address(variables) or NONE
    found["relay"] = relay_of(variables) or NONE
    return found


def mail_address(variables: Mapping[str, str]) -> str:
    """Return the address of the mail server that the variables describe, or nothing."""
    if not variables.get("SMTP_HOST"):
        return ""
    scheme = "smtp+plain" if variables.get("SMTP_TLS") == "no" else "smtp"
    user, password = (quote(variables.get(one, ""), safe="") for one in ("SMTP_USER", "SMTP_PASSWORD"))
    before = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return f"{scheme}://{before}{variables['SMTP_HOST']}:{variables.get('SMTP_PORT', MAIL_PORT)}"


def mailbox_address(variables: Mapping[str, str]) -> str:
    """Return the address of the mailbox that the variables describe, or nothing."""
    if not variables.get("IMAP_HOST"):
        return ""
    tls = variables.get("IMAP_TLS", "tls")
    scheme = next((scheme for scheme, (kind, _port) in MAILBOXES.items() if kind == tls), "imaps")
    user, password, folder = (
        quote(variables.get(one, ""), safe="") for one in ("IMAP_USER", "IMAP_PASSWORD", "IMAP_FOLDER")
    )
    # The site's own default, whichever way in it is.
    port = variables.get("IMAP_PORT", "993")
    return f"{scheme}://{user}:{password}@{variables['IMAP_HOST']}:{port}{f'/{folder}' if folder else ''}"


def text_of(variables: Mapping[str, str]) -> str:
    """Return the file: a variable a line, its value in single quotes, which systemd and shells read alike."""
    lines = ["# Written by `visavis setup`, which keeps what else you write here. Holds secrets: mode 600."]
    lines += [f"{name}='{value}'" for name, value in sorted(variables.items())]
    return "\n".join(lines) + "\n"


def read_file(path: Path) -> Variables:
    """Read the file. Raises WrongAnswer where it cannot be read, with the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise WrongAnswer(f"{path} cannot be read: {error}. Run this as root.") from error
    found = {}
    for number, line in enumerate(lines, 1):
        kept = line.strip()
        if not kept or kept.startswith(("#", ";")):
            continue
        name, equals, value = kept.partition("=")
        if not equals or not name.strip().isidentifier():
            raise WrongAnswer(f"{path}, line {number}: write NAME='value'.")
        found[name.strip()] = unquoted(value.strip())
    return found


def unquoted(value: str) -> str:
    """Return a value without the quotes around it."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
