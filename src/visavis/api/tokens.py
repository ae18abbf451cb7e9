"""Make, find and revoke tokens. Whoever reads the database cannot use one: it holds digests only."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.api.models import Token
from visavis.api.scopes import GRAVE, GRAVE_DAYS, Scope, grantable
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry, EntryQuerySet
from visavis.journal.services import Act
from visavis.people import outgoing
from visavis.people.models import User

PREFIX = "vav_"
BYTES = 32
MOST_WORKING = 20
A_DAY_S = 86_400


class NotYours(Refused):
    """A scope that her roles do not give."""


class TooLong(Refused):
    """A key to what hurts most lives a week."""


class TooMany(Refused):
    """She has as many tokens as one person may have."""


def create(
    *, user: User, name: str, scopes: Sequence[Scope], days: int, has_second_factor: bool
) -> tuple[Token, str]:
    """Make a token and return it with its key, which nobody can read again.

    The act is in the journal and the person is warned. Raises NotYours for a scope that her roles do
    not give today, TooLong for a grave scope beyond a week, TooMany after twenty.
    """
    if not scopes or set(scopes) - set(grantable(user)):
        raise NotYours(_("Choose among what your roles allow today."))
    if GRAVE & set(scopes) and days > GRAVE_DAYS:
        raise TooLong(_("For what changes your account, a token lives 7 days at most. Choose 7 days."))
    key = PREFIX + secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Token.objects.visible_to(user).working().count() >= MOST_WORKING:
            raise TooMany(_("You have twenty tokens already. Revoke one that you no longer use."))
        token = Token.objects.create(
            user=user,
            name=name,
            digest=digest(key),
            scopes=[str(scope) for scope in scopes],
            has_second_factor=has_second_factor,
            last_day=clock.today() + dt.timedelta(days=days),
        )
        journal.record(Act(Entry.Action.CREATED, "token", token.pk, user.pk, note=f"{days} days"), by=user.pk)
    outgoing.warn(user)
    return token, key


def revoke(*, token: Token, by: User) -> None:
    """End a token at once. Revoking it again changes nothing."""
    with transaction.atomic():
        ended = Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=clock.now())
        if ended:
            journal.record(Act(Entry.Action.DELETED, "token", token.pk, token.user_id), by=by.pk)


def revoke_all(user: User, by: User | None) -> int:
    """End every token of somebody at once; return how many worked."""
    with transaction.atomic():
        working = list(Token.objects.working().filter(user=user).values_list("pk", flat=True))
        Token.objects.filter(pk__in=working).update(revoked_at=clock.now())
        acts = [Act(Entry.Action.DELETED, "token", number, user.pk) for number in working]
        journal.record_all(acts, by=by.pk if by else None)
    return len(working)


def find(key: str) -> Token | None:
    """Return the working token of a key, of a person whose account is open."""
    if not key.startswith(PREFIX):
        return None
    working = Token.objects.working().filter(digest=digest(key), user__is_active=True)
    return working.select_related("user").first()


def digest(key: str) -> str:
    """Return what is kept of a key. It is drawn, not chosen: a plain SHA-256 cannot be tried out."""
    return hashlib.sha256(key.encode()).hexdigest()


def note_use(token: Token) -> None:
    """Write in the journal that a token was used, once a day: a GET may write there and nowhere else."""
    today = clock.today()
    if not cache.add(f"token-{token.pk}-used-{today}", 1, A_DAY_S):
        return
    since = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    if not uses_of(token.user_id).filter(thing_id=str(token.pk), at__gte=since).exists():
        journal.record(Act(Entry.Action.RAN, "token", token.pk, token.user_id), by=token.user_id)


def last_used(user: User) -> dict[int, dt.date]:
    """Return the day on which each of her tokens was last used."""
    return {int(use.thing_id): timezone.localdate(use.at) for use in uses_of(user.pk).order_by("at")}


def uses_of(user_id: int) -> EntryQuerySet:
    return Entry.objects.filter(actor_id=user_id, thing="token", action=Entry.Action.RAN)
