"""Sessions, and who is signed in: kept and checked as Django and allauth do, asked in words written once."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from visavis.common.prepared import Prepared
from visavis.people.models import User

SESSION = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
USER = Prepared(lambda number: User.objects.filter(pk=number))


class SessionStore(db.SessionStore):
    """The sessions of the database."""

    def _get_session_from_db(self) -> Session | None:
        found = SESSION.first(str(self.session_key), timezone.now())
        if found is None:
            self._session_key = None
        return found


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """Sign-in by allauth; a closed account is nobody."""

    def get_user(self, user_id: int) -> User | None:
        """Return who a session is of."""
        user = USER.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
