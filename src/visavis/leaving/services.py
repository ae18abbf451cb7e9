"""Close an account, open it again within thirty days, erase it for good; and hand over all that is kept.

Erasing is deleting the account and its key: what each app keeps goes with it, or says why it stays and until when
(`keeping.toml`); what backups still hold opens no more. The journal keeps the act and a number, not the person.
"""

import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.leaving.models import UNDONE_FOR, Closing, Hold, Notice
from visavis.people import services as people
from visavis.people.enums import STAFF_ROLES
from visavis.people.models import User
from visavis.vault import keys

SALT = "leaving.reopen"
# A longer number is no account's, and more than a database takes.
MOST_DIGITS = 19

AFTER_CLOSING: Listeners[User] = Listeners()
"""Called with the user after the commit: each app ends what was in course."""


AFTER_REOPENING: Listeners[User] = Listeners()
"""Called with the user after the commit: each app brings back what only her closing took away."""


@dataclass(frozen=True)
class Ending:
    """What ends with an account and does not come back with it: why, and each of it by its name."""

    why: str
    names: list[str]


ENDINGS: list[Callable[[User], list[Ending]]] = []
"""Asked before an account is closed: each app says what of its own would end for good."""


def endings(user: User) -> list[Ending]:
    """Return what ends for good when somebody closes her account."""
    return [one for said in ENDINGS for one in said(user)]


class StillAtWork(Refused):
    """Who works for the service hands over first."""

    words = _(
        "You work for the service: your agency's head ends that first, so that nobody waits for you in vain."
    )


class Gone(Refused):
    """The account is not closed, or was erased."""

    words = _("This account is not closed, or it was erased already.")


def close(*, user: User, by: User | None) -> Closing:
    """Close an account at once, everywhere; closed already, it stays as it is. Raises StillAtWork."""
    if user.roles & STAFF_ROLES:
        raise StillAtWork
    with transaction.atomic():
        closing, is_new = Closing.objects.get_or_create(
            user=user, defaults={"by": by, "erased_on": clock.today() + UNDONE_FOR}
        )
        if is_new:
            User.objects.filter(pk=user.pk).update(is_active=False)
            people.end_sessions(user=user, by=by)
            record(
                Act(Entry.Action.CHANGED, "account", user.pk, user.pk, note="closed"),
                by=by.pk if by else None,
            )
            AFTER_CLOSING.call(user)
    return closing


def reopen_url(user: User) -> str:
    """Return the way back into a closed account, which its closing gives and nothing keeps."""
    return reverse("leaving:reopen", kwargs={"token": signing.dumps(user.pk, salt=SALT)})


def closing_of(token: str) -> Closing | None:
    """Return the closing that a way back is of, as long as it leads back."""
    try:
        number = signing.loads(token, salt=SALT, max_age=UNDONE_FOR)
    except signing.BadSignature:
        return None
    return Closing.objects.select_related("user").filter(user=number).first()


def reopen(*, user: User, by: User | None) -> None:
    """Open an account again, as it was. Raises Gone."""
    with transaction.atomic():
        if not Closing.objects.filter(user=user).delete()[0]:
            raise Gone
        Notice.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(is_active=True)
        record(
            Act(Entry.Action.CHANGED, "account", user.pk, user.pk, note="reopened"), by=by.pk if by else None
        )
        AFTER_REOPENING.call(user)


def account_of(who: str) -> User | None:
    """Find the account of who asks by letter or on the phone: by its number, its e-mail or its phone."""
    asked = who.strip()
    if asked.isascii() and asked.isdecimal():
        return User.objects.filter(pk=int(asked)).first() if len(asked) < MOST_DIGITS else None
    return (User.objects.filter(email=asked.lower()) | User.objects.filter(phone=asked)).first()


def to_erase(now: dt.datetime) -> QuerySet[Closing]:
    """Find the accounts closed for thirty days that nothing holds."""
    day = timezone.localdate(now)
    held = Hold.objects.in_force(day).exclude(why=Hold.Why.WISH).filter(user=OuterRef("user"))
    return Closing.objects.filter(~Exists(held), erased_on__lte=day)


def erase(closing: Closing) -> int:
    """Erase one account, unless it was opened again meanwhile or something holds it; return how many."""
    with transaction.atomic():
        due = to_erase(clock.now()).select_for_update(of=("self",)).select_related("user")
        found = due.filter(pk=closing.pk).first()
        if found is None:
            return 0
        erase_account(found.user)
    return 1


def erase_account(user: User) -> None:
    """Erase an account and its key; the caller's transaction is the whole of it."""
    number = user.pk
    user.delete()
    keys.erase(number)
    record(Act(Entry.Action.DELETED, "account", number, number), by=None)
    # Before the commit: who is written down and not erased is erased tomorrow, never the other way round.
    write_down(number)


def write_down(number: int) -> None:
    """Keep the number of who is erased outside the database: a backup that comes back is erased of her again."""
    line = json.dumps({"person": number, "at": clock.now().isoformat()})
    path = Path(settings.VISAVIS_ERASED)
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(opened, "a", encoding="ascii") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
