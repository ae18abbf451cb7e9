"""Sessions, and who is signed in: kept and checked as Django and allauth do, asked in words written once.

A session rests under a digest of its key and sealed by it: only the browser that holds the key opens it. Who has the
rows signs in as nobody, and reads no address that is being proven.
"""

import hashlib
import hmac
import logging
import secrets
from base64 import b64decode, b64encode
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.contrib.sessions.backends import base, db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone

from visavis.common import away
from visavis.common.prepared import Prepared
from visavis.people.models import User

log = logging.getLogger(__name__)

NONCE = 12
SESSION = Prepared(lambda name, now: Session.objects.filter(session_key=name, expire_date__gt=now))
USER = Prepared(lambda number: User.objects.filter(pk=number))


def name_of(key: str) -> str:
    """Return the name under which a session rests: its key is not to be found from it."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """The sessions of the database."""

    def _get_session_from_db(self) -> Session | None:
        found = SESSION.first(name_of(str(self.session_key)), timezone.now())
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(name_of(session_key))

    def save(self, must_create: bool = False) -> None:
        """Keep the session. A database that does not answer is no session that somebody ended."""
        try:
            super().save(must_create)
        except base.UpdateError as error:
            if isinstance(error.__context__, DatabaseError) and away.is_away(error.__context__):
                raise error.__context__ from error.__context__.__cause__
            raise

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = name_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(name_of(key))

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
        user = USER.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
