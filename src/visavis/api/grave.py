"""What hurts most in the wrong hands: whoever's program does it, she is told at once where she is reached now."""

from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def acting(request: HttpRequest) -> Iterator[User]:
    """Let a program do something grave, in one transaction with the message that tells its person. Raises TooOften."""
    user = callers.of(request).user
    if limits.count([(marks.mark("grave", user.pk), ACTS)]) is not None:
        raise TooOften
    with transaction.atomic():
        yield user
        outgoing.warn_of_program(user)
