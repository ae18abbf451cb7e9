"""What the streams ask of the database: in threads of their own, for the loop waits for nobody."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest

from visavis.common.prepared import Prepared
from visavis.live import services
from visavis.live.models import Bulletin
from visavis.live.topics import may_hear
from visavis.people import second_factor
from visavis.people.models import User

# One asks for all streams what is new; the others ask who somebody is and what she missed.
FOLLOWING = ThreadPoolExecutor(1, "following")
ASKING = ThreadPoolExecutor(3, "asking")
THREADS = 4
AT_ONCE, BACKLOG = 1_000, 1_000
COLUMNS = ("pk", "topic", "for_user", "body")
AFTER = Prepared(
    lambda number: Bulletin.objects.filter(pk__gt=number).order_by("pk").values_list(*COLUMNS)[:AT_ONCE]
)
MISSED = Prepared(
    lambda topics, number, upto: (
        Bulletin.objects.filter(topic__in=topics, pk__gt=number, pk__lte=upto)
        .order_by("pk")
        .values_list(*COLUMNS)[: BACKLOG + 1]
    )
)
OLDEST = Prepared(lambda: Bulletin.objects.filter(pk__gt=0).order_by("pk").values_list("pk", flat=True)[:1])

type Row = tuple[int, str, int | None, Any]


@dataclass(frozen=True)
class Hearer:
    """Who holds a stream: a user, or a visitor; and the session by which she is known."""

    user_id: int | None
    session: str


async def ask[Answer](by: ThreadPoolExecutor, what: Callable[..., Answer], *given: Any) -> Answer:
    """Ask something of the database in a thread, with a connection that is still good."""

    def asked() -> Answer:
        close_old_connections()
        return what(*given)

    return await asyncio.get_running_loop().run_in_executor(by, asked)


def hearer(cookies: str, topics: Sequence[str]) -> Hearer | None:
    """Return who asks, or nothing when one of the topics is not for her."""
    key = session_key(cookies)
    user = user_of(key) if key else None
    if not all(may_hear(user, topic) for topic in topics):
        return None
    return Hearer(user.pk if user else None, key if user else "")


def session_key(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def user_of(key: str) -> User | None:
    """Return who is signed in by a session, by the same checks as on a page; hearing is not using it."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    if not isinstance(user, User) or (user.is_service_staff and not second_factor.is_given(request)):
        return None
    return user


def still_there(hearers: Collection[Hearer], topics: dict[Hearer, frozenset[str]]) -> set[Hearer]:
    """Return who may still hear all that she hears: sessions end, roles and rights too."""
    return {
        one
        for one in hearers
        if one.session
        and (user := user_of(one.session)) is not None
        and all(may_hear(user, topic) for topic in topics[one])
    }


def newest() -> int:
    return services.newest()


def after(number: int) -> list[Row]:
    """Return what came after a number, the oldest first."""
    return AFTER(number)


def missed(topics: Sequence[str], number: int, upto: int) -> list[Row] | None:
    """Return what was told between two numbers; nothing when it is too much, or no longer there."""
    oldest = OLDEST.first() or 0
    rows = MISSED(list(topics), number, upto)
    return None if len(rows) > BACKLOG or number < oldest - 1 else rows


def has_moved(last: list[int]) -> bool:
    """Say whether somebody wrote since it was last asked: SQLite tells it without reading a table."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        [version] = cursor.fetchone()
    before, last[:] = list(last), [version]
    return before != last
