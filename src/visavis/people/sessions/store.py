"""Sessions, and who is signed in: kept and checked as Django and allauth do, asked in words written once.

A session rests under a digest of its key and sealed by it: only the browser that holds the key opens it. Who has the
rows signs in as nobody, and reads no address that is being proven.
"""

import datetime as dt
import hashlib
import hmac
import logging
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest
from django.utils import timezone

from visavis.common.prepared import Prepared
from visavis.people.models import Over, Session, User
from visavis.people.sessions import devices, lives

log = logging.getLogger(__name__)

NONCE = 12
# What is told as "last used" is as fine as this, and costs one statement in so long.
FINE = dt.timedelta(minutes=1)
SESSION = Prepared(lambda name: Session.objects.filter(session_key=name).select_related("user"))
USER = Prepared(lambda number: User.objects.filter(pk=number))


# The session of the request whose reader is looked for: it was read together with her row.
_reading: ContextVar["SessionStore | None"] = ContextVar("reading", default=None)


@contextmanager
def reader_of(session: Any) -> Iterator[None]:
    """While it is asked who reads a page, take her row as it was read with her session: one question for both."""
    token = _reading.set(session)
    try:
        yield
    finally:
        _reading.reset(token)


def name_of(key: str) -> str:
    """Return the name under which a session rests: its key is not to be found from it."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Ended:
    """A session that was hers and is over: who has its key is told why, and is nobody."""

    name: str
    user_id: int
    why: Over


class SessionStore(db.SessionStore):
    """The sessions of the database. One that is over is read as none, whatever asks."""

    ended: Ended | None = None
    _row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = SESSION.first(name_of(str(self.session_key)))
        why = lives.why_over(found, timezone.now()) if found else None
        if found is not None and why is not None:
            if found.user_id is not None:
                self.ended = Ended(found.session_key, found.user_id, why)
            found = None
        if found is None:
            self._session_key = None
        self._row = found
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(name_of(session_key))

    def create(self) -> None:
        """Begin a row of its own: what is counted from a sign-in is counted anew."""
        self._row = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key = name_of(row.session_key)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        if row.user_id is not None:
            row.expire_date = (self._row or row).begun_at + lives.longest()
        return row

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds. One that was ended meanwhile stays ended, and keeps nothing.

        A database that does not answer says so itself: it is no session that somebody ended.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        kept = Session.objects.filter(pk=row.session_key)
        if (
            not kept.filter(over="").update(
                session_data=row.session_data,
                expire_date=row.expire_date,
                user_id=row.user_id,
                used_at=row.used_at,
            )
            and not kept.exists()
        ):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(name_of(key))

    def close(self) -> None:
        """Write down that a session is over, and throw away what it held."""
        if self.ended is not None:
            row = Session.objects.filter(pk=self.ended.name, over="")
            row.update(over=self.ended.why, session_data="")

    def note_use(self, request: HttpRequest) -> None:
        """Note that the session is used, and on which device: now and then, without touching what it holds."""
        row, now = self._row, timezone.now()
        if row is not None and now - row.used_at >= FINE:
            self.note_device(request, row.session_key)

    def note_device(self, request: HttpRequest, name: str = "") -> None:
        name = name or name_of(str(self.session_key))
        device = devices.named(request.headers.get("User-Agent", ""))
        Session.objects.filter(pk=name, over="").update(used_at=timezone.now(), device=device)

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = secrets.token_bytes(NONCE)
        plain = super().encode(session_dict).encode()
        return b64encode(nonce + self._sealing().encrypt(nonce, plain, None)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open a session; one that does not open holds nothing."""
        sealed = b64decode(session_data)
        try:
            plain = self._sealing().decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except InvalidTag:
            log.warning("a session does not open by its own key: it begins anew")
            return {}
        return super().decode(plain.decode())

    def _sealing(self) -> AESGCMSIV:
        return AESGCMSIV(hmac.digest(str(self.session_key).encode(), b"visavis session 1", "sha256"))


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in by allauth; a closed account is nobody."""

    def get_user(self, user_id: int) -> User | None:
        """Return who a session is of."""
        session = _reading.get()
        row = session._row if session is not None else None
        user = row.user if row is not None and row.user_id == int(user_id) else USER.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
