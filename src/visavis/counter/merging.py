"""Two files of one person become one: not while one of them lies open at a counter."""

from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.counter.models import CounterVisit


def at_a_counter(stays: int, goes: int) -> str:
    """Refuse while somebody of the two stands at a counter."""
    standing = CounterVisit.objects.filter(person__in=[stays, goes], ended_at__isnull=True)
    if standing.filter(ends_at__gt=clock.now()).exists():
        return _("The pages of one of the two are open at a counter. End that visit first.")
    return ""
