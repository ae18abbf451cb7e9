"""How long a session lives: without use, and in all. Who works for the service opens others' files: shorter."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.people.enums import STAFF_ROLES
from visavis.people.models import Membership, Over, Session


@dataclass(frozen=True)
class Life:
    """How long without use, and how long in all since she proved who she is."""

    idle: dt.timedelta
    whole: dt.timedelta


def of_people() -> Life:
    """Return the life of the session of a person, or of an employer's."""
    return _life(settings.VISAVIS_SESSION_IDLE_MINUTES, settings.VISAVIS_SESSION_HOURS)


def of_staff() -> Life:
    """Return the life of the session of who works for the service."""
    return _life(settings.VISAVIS_STAFF_SESSION_IDLE_MINUTES, settings.VISAVIS_STAFF_SESSION_HOURS)


def _life(minutes: int, hours: int) -> Life:
    return Life(dt.timedelta(minutes=minutes), dt.timedelta(hours=hours))


def of(user_id: int) -> Life:
    """Return the life of her sessions, by her roles of today."""
    is_staff = Membership.objects.filter(user=user_id, role__in=STAFF_ROLES).current().exists()
    return of_staff() if is_staff else of_people()


def longest() -> dt.timedelta:
    """Return how long any session may rest in its row."""
    return max(of_people().whole, of_staff().whole)


def why_over(row: Session, now: dt.datetime) -> Over | None:
    """Say why a session is over, if it is. Her roles are asked for only where they decide."""
    if row.over:
        return Over(row.over)
    if row.user_id is None:
        return None if now < row.expire_date else Over.WHOLE
    idle, whole = now - row.used_at, now - row.begun_at
    if any(idle >= life.idle or whole >= life.whole for life in (of_people(), of_staff())):
        life = of(row.user_id)
        if whole >= life.whole:
            return Over.WHOLE
        if idle >= life.idle:
            return Over.IDLE
    return None


def told(why: Over, user_id: int) -> str:
    """Say in a sentence why a session ended."""
    life = of(user_id)
    if why is Over.IDLE:
        minutes = round(life.idle.total_seconds() / 60)
        return ngettext(
            "We signed you out to protect you: nothing was done here for %(number)s minute.",
            "We signed you out to protect you: nothing was done here for %(number)s minutes.",
            minutes,
        ) % {"number": minutes}
    if why is Over.WHOLE:
        hours = round(life.whole.total_seconds() / 3600)
        return ngettext(
            "We signed you out to protect you: a session lasts %(number)s hour at most.",
            "We signed you out to protect you: a session lasts %(number)s hours at most.",
            hours,
        ) % {"number": hours}
    return _("You were signed out from elsewhere: another device, a new password or the agency.")
