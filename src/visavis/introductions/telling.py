"""Tell people that something is new, by the channel each chose. A message never says what."""

import logging
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import F

from visavis.common import clock
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction, Telling
from visavis.people import delivery
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User

log = logging.getLogger(__name__)

BY_HAND = frozenset({Channel.PHONE, Channel.POST, Channel.COUNTER})


def people_of(introduction: Introduction, sides: Iterable[Side]) -> list[User]:
    """Return whom to tell of each side: herself; the employer's contact, else all the employer's people."""
    people: list[User] = []
    for side in sides:
        if side == Side.JOBSEEKER:
            people.append(introduction.jobseeker.user)
        elif side == Side.EMPLOYER:
            people.extend(employers_of(introduction))
        elif side == Side.COUNSELLOR and introduction.jobseeker.counsellor is not None:
            people.append(introduction.jobseeker.counsellor)
    return people


def employers_of(introduction: Introduction) -> list[User]:
    """Return the employer's people: who said yes, else everybody; nobody when he has no account."""
    employer = introduction.vacancy.employer
    if employer is None or employer.organisation_id is None:
        return []
    members = Membership.objects.current().filter(organisation=employer.organisation_id, role=Role.EMPLOYER)
    people = list(User.objects.filter(memberships__in=members, is_active=True).distinct())
    contact = [user for user in people if user.pk == introduction.employer_contact_id]
    return contact or people


def channel_of(user: User) -> Channel:
    """Return how to reach her: as she chose, when that address is there; else at the counter."""
    if user.channel == Channel.WEB and not user.email:
        return Channel.SMS if user.phone else Channel.COUNTER
    if user.channel == Channel.SMS and not user.phone:
        return Channel.WEB if user.email else Channel.COUNTER
    return Channel(user.channel)


def tell(introduction: Introduction, user: User, news: Telling.News) -> Telling:
    """Keep a piece of news; it leaves after the commit, or waits for a counsellor's call, letter or word."""
    channel = channel_of(user)
    row = Telling.objects.create(
        introduction=introduction, user=user, news=news, channel=channel, by_hand=channel in BY_HAND
    )
    if not row.by_hand:
        transaction.on_commit(partial(send, row.pk), robust=True)
    return row


def send(telling_id: int) -> bool:
    """Send one message, once whoever else tries; a failure is tried again by the sweep, five times in all."""
    claimed = Telling.objects.unsent().filter(pk=telling_id).update(tries=F("tries") + 1, told_at=clock.now())
    if not claimed:
        return False
    row = Telling.objects.select_related("user").get(pk=telling_id)
    try:
        delivery.tell_of_news(row.user, by_sms=row.channel == Channel.SMS)
    except delivery.NotSent:
        log.warning("news %s did not leave; it is tried again", telling_id)
        Telling.objects.filter(pk=telling_id).update(told_at=None, by_hand=row.tries >= Telling.MOST_TRIES)
        return False
    return True


def send_what_waits() -> int:
    """Send again what did not leave; return how many left."""
    waiting = list(Telling.objects.unsent().order_by("pk").values_list("pk", flat=True)[:200])
    return sum(send(telling_id) for telling_id in waiting)


def note_told(*, telling: Telling, by: User) -> None:
    """Note that somebody told it by phone, by letter or at the counter; once is enough."""
    Telling.objects.filter(pk=telling.pk, told_at__isnull=True).update(told_at=clock.now(), told_by=by)
