"""What hurts most in the wrong hands: whoever's program does it, she is told at once where she is reached now."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from visavis.api import callers
from visavis.common.errors import Refused
from visavis.people import outgoing
from visavis.people.models import User
from visavis.tries import limits, marks
from visavis.tries.limits import HOUR, Share

ACTS = Share(20, 20, HOUR)


class TooOften(Refused):
    """A program did many grave things in a short time."""

    words = _("A program has done this very often in one hour. Wait, or do it on the site.")


def actor_of(request: HttpRequest) -> User:
    """Return whose program does something grave, once she is about to be told of it. Raises TooOften.

    The message is written in the transaction of the act, which the caller holds: no act without a message to come.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a grave act stands in the transaction of its warning")
    user = callers.of(request).user
    if limits.count([(marks.mark("grave", user.pk), ACTS)]) is not None:
        raise TooOften
    outgoing.warn_of_program(user)
    return user
