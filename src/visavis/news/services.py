"""Tell people that something is new, by the channel each chose. A message never says what."""

import logging
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F

from visavis.common import clock
from visavis.news import wording
from visavis.news.models import News
from visavis.people import delivery
from visavis.people.enums import Channel, Role
from visavis.people.models import User

log = logging.getLogger(__name__)

BY_HAND = frozenset({Channel.PHONE, Channel.POST, Channel.COUNTER})
AT_A_TIME = 200


@dataclass(frozen=True)
class Subject:
    """What a piece of news is about: a thing as the journal names it, its number, its title and its page."""

    thing: str
    thing_id: int
    title: str
    link: str


def channel_of(user: User) -> Channel:
    """Return how to reach her: as she chose, when that address is there; else at the counter."""
    if user.channel == Channel.WEB and not user.email:
        return Channel.SMS if user.phone else Channel.COUNTER
    if user.channel == Channel.SMS and not user.phone:
        return Channel.WEB if user.email else Channel.COUNTER
    return Channel(user.channel)


def news_of(*, user: User, role: Role, kind: str, subject: Subject) -> News:
    """Return a piece of news, by her channel, not kept yet."""
    channel = channel_of(user)
    state = News.State.TO_TELL if channel in BY_HAND else News.State.WAITING
    return News(user=user, role=role, kind=kind, channel=channel, state=state, **vars(subject))


def tell(*, user: User, role: Role, kind: str, subject: Subject) -> News:
    """Keep a piece of news; it leaves after the commit, or waits for a counsellor's call, letter or word."""
    row = news_of(user=user, role=role, kind=kind, subject=subject)
    row.save()
    if row.state == News.State.WAITING:
        transaction.on_commit(partial(send, row.pk), robust=True)
    return row


def send(news_id: int) -> bool:
    """Send one message, once whoever else tries; a failure is tried again by the sweep, five times in all.

    Then it waits with what is told by hand, for somebody to call or write.
    """
    claim = {"tries": F("tries") + 1, "claimed_at": clock.now()}
    if not News.objects.unsent().filter(pk=news_id, tries__lt=News.MOST_TRIES).update(**claim):
        return False
    row = News.objects.select_related("user").get(pk=news_id)
    try:
        by_sms = row.channel == Channel.SMS
        delivery.tell_of_news(row.user, by_sms=by_sms, stop_url=wording.stop_url(row))
    except delivery.NotSent:
        log.warning("news %s did not leave; it is tried again", news_id)
        state = News.State.FAILED if row.tries >= News.MOST_TRIES else News.State.WAITING
        News.objects.filter(pk=news_id).update(state=state, claimed_at=None)
        return False
    News.objects.filter(pk=news_id).update(state=News.State.SENT, told_at=clock.now())
    return True


def send_what_waits() -> int:
    """Send again what did not leave, and what a sender that stopped had begun; return how many left."""
    unsent = News.objects.unsent()
    unsent.filter(tries__gte=News.MOST_TRIES).update(state=News.State.FAILED)
    waiting = list(unsent.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
    return sum(send(news_id) for news_id in waiting)


def note_told(*, news: News, by: User) -> None:
    """Note that somebody told it by phone, by letter or at the counter; once is enough."""
    told = {"state": News.State.TOLD, "told_at": clock.now(), "told_by": by}
    News.objects.untold().filter(pk=news.pk).update(**told)
