"""A person's own sessions: where she is signed in, and ending one of them or all others."""

from django.db.models import QuerySet
from django.utils import timezone

from visavis.people.models import Over, Session, User
from visavis.people.sessions import lives


def living(user: User) -> list[Session]:
    """Return her sessions that still open her account, the last used first."""
    now, rows = timezone.now(), _not_ended(user).order_by("-used_at")
    return [row for row in rows if lives.why_over(row, now) is None]


def end(user: User, *, but: str = "", one: str = "") -> int:
    """End her sessions: one of them, or all but one, or all; return how many. What they held is thrown away."""
    rows = _not_ended(user).exclude(pk=but)
    return (rows.filter(pk=one) if one else rows).update(over=Over.ELSEWHERE, session_data="")


def _not_ended(user: User) -> QuerySet[Session]:
    return Session.objects.filter(user=user, over="")
