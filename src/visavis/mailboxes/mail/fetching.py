"""Fetch e-mail from a mailbox by IMAP: stored here whole, and only then marked as read there.

Guarantees: every message that the mailbox shows is kept once, or is named as not fetched and tried again; one that
fails stops none of its neighbours; killed at any point, the next round loses and doubles nothing. A mailbox whose
numbering begins anew (UIDVALIDITY, RFC 3501 2.3.1.1) is read from its first message: what is known is known by its
digest.
"""

import hashlib
import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from visavis.common import clock
from visavis.mailboxes.mail.opening import reached
from visavis.mailboxes.models import Incoming, MailPosition

log = logging.getLogger(__name__)

AT_A_TIME = 200
# What imaplib itself raises, for a connection that ends or words it does not know, is none of the others.
FAILURES = (OSError, ImapToolsError, imaplib.IMAP4.error)


class Mailbox(Protocol):
    """What is asked of a mailbox."""

    @property
    def numbering(self) -> int: ...
    def numbers(self, after: int) -> list[int]: ...
    def size(self, number: int) -> int: ...
    def fetch(self, number: int, *, head_only: bool) -> bytes: ...
    def mark_read(self, number: int) -> None: ...


class Imap:
    """A mailbox of an IMAP server."""

    def __init__(self, box: BaseMailBox) -> None:
        self.box = box

    @property
    def numbering(self) -> int:
        return int(self.box.folder.status(settings.IMAP_FOLDER, ("UIDVALIDITY",))["UIDVALIDITY"])

    def numbers(self, after: int) -> list[int]:
        """Return the numbers of messages after one, rising; `n:*` always names the last, also when it is older."""
        found = self.box.uids(f"UID {after + 1}:*")
        return sorted(int(one) for one in found if int(one) > after)

    def size(self, number: int) -> int:
        said = self._asked(number, "(RFC822.SIZE)")
        return int(said.rpartition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0])

    def fetch(self, number: int, *, head_only: bool) -> bytes:
        """Return a message, or its head, without marking it as read."""
        what = "(BODY.PEEK[HEADER])" if head_only else "(BODY.PEEK[])"
        status, said = self.box.client.uid("fetch", str(number), what)
        content = next((one[1] for one in said or () if isinstance(one, tuple)), None)
        if status != "OK" or not isinstance(content, bytes):
            raise OSError("the mailbox gave nothing for a message")
        return content

    def mark_read(self, number: int) -> None:
        self.box.flag(str(number), "\\Seen", True)

    def _asked(self, number: int, what: str) -> bytes:
        status, said = self.box.client.uid("fetch", str(number), what)
        if status != "OK" or not said or not said[0]:
            raise OSError("the mailbox does not know a message")
        return bytes(said[0] if isinstance(said[0], bytes) else said[0][0])


@contextmanager
def connected() -> Iterator[Imap]:
    """Open the mailbox of the site. Raises one of FAILURES."""
    box = reached(settings.IMAP_HOST, settings.IMAP_PORT, tls=settings.IMAP_TLS)
    with box.login(settings.IMAP_USER, settings.IMAP_PASSWORD, initial_folder=settings.IMAP_FOLDER) as found:
        yield Imap(found)


def fetch() -> int:
    """Fetch what is new in the site's mailbox, if it has one; return how many were kept. A failure goes to the log."""
    if not settings.IMAP_HOST:
        return 0
    try:
        with connected() as mailbox:
            return fetch_from(mailbox, box=settings.VISAVIS_MAIL_IN)
    except FAILURES as error:
        log.warning("the mailbox cannot be read: %s; it is tried again", type(error).__name__)
        return 0


def fetch_from(mailbox: Mailbox, *, box: str) -> int:
    """Fetch what is new in a mailbox; return how many were kept. Raises what the mailbox raises when it is gone."""
    position, _new = MailPosition.objects.get_or_create(box=box)
    numbering = mailbox.numbering
    if position.numbering != numbering:
        position.numbering, position.number = numbering, 0
    known = set(
        Incoming.objects.filter(box=box, numbering=numbering, number__gt=position.number).values_list(
            "number", flat=True
        )
    )
    kept, fetched, whole = 0, 0, True
    for number in mailbox.numbers(position.number):
        if number not in known:
            if fetched == AT_A_TIME:
                break
            fetched += 1
            try:
                kept += _keep(mailbox, number, box, numbering)
            except FAILURES as error:
                # It is asked for again: the position stays before it, and what comes after is known by its number.
                log.warning("message %s could not be fetched: %s", number, type(error).__name__)
                whole = False
                continue
        if whole:
            position.number = number
    position.asked_at = clock.now()
    position.save()
    return kept


def _keep(mailbox: Mailbox, number: int, box: str, numbering: int) -> bool:
    """Keep one message, and only then mark it as read; say whether it is new here."""
    size = mailbox.size(number)
    # What is too large is not fetched: its head is, and the sender is told.
    raw = mailbox.fetch(number, head_only=size > settings.VISAVIS_MAIL_LARGEST)
    digest = hashlib.sha256(raw).hexdigest()
    is_new = store(raw, box=box, numbering=numbering, number=number, digest=digest, size=size)
    try:
        mailbox.mark_read(number)
    except FAILURES as error:
        log.info("message %s is kept here, and not marked there: %s", number, type(error).__name__)
    return is_new


def store(raw: bytes, *, box: str, numbering: int, number: int, digest: str, size: int) -> bool:
    """Write one message into the database, once; say whether it was new."""
    known = Incoming.objects.filter(box=box, digest=digest)
    if known.update(numbering=numbering, number=number):
        return False
    row = Incoming(box=box, numbering=numbering, number=number, digest=digest, size=size)
    try:
        with transaction.atomic():
            row.pk = Incoming._meta.pk.get_pk_value_on_save(row)
            row.seal(raw)
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
