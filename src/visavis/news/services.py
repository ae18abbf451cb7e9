"""Tell people that something is new, by the channel each chose. A message never says what."""

import logging
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.tasks import task

from visavis.common import clock
from visavis.news import wording
from visavis.news.models import News
from visavis.people import delivery
from visavis.people.addresses import is_texted
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.outgoing import MESSAGES
from visavis.vault.numbers import number_all

log = logging.getLogger(__name__)

BY_HAND = frozenset({Channel.PHONE, Channel.POST, Channel.COUNTER})
AT_A_TIME = 200
WRITTEN_AT_ONCE = 500
# The other jobs of the sweep wait no longer for a mail server that takes its time.
LONGEST_S = 20.0
NUMBER = re.compile(r"news-(\d{1,18})-\d{14}")


@dataclass(frozen=True)
class Subject:
    """What a piece of news is about: a thing as the journal names it, its number, its title and its page."""

    thing: str
    thing_id: int
    title: str
    link: str


def channel_of(user: User) -> Channel:
    """Return how to reach her: as she chose, when that address is there; else at the counter."""
    by_voice = Channel.PHONE if user.phone else Channel.COUNTER
    if user.channel == Channel.WEB and not user.email:
        return Channel.SMS if user.phone and is_texted(user.phone) else by_voice
    if user.channel == Channel.SMS and not (user.phone and is_texted(user.phone)):
        return Channel.WEB if user.email else by_voice
    return Channel(user.channel)


def news_of(*, user: User, role: Role, kind: str, subject: Subject, channel: Channel | None = None) -> News:
    """Return a piece of news, by her channel or the one that is named, not kept yet."""
    channel = channel or channel_of(user)
    state = News.State.TO_TELL if channel in BY_HAND else News.State.WAITING
    return News(user=user, role=role, kind=kind, channel=channel, state=state, **vars(subject))


def tell(*, user: User, role: Role, kind: str, subject: Subject, channel: Channel | None = None) -> News:
    """Keep a piece of news; the worker sends it after the commit, or somebody calls, writes or says it."""
    row = news_of(user=user, role=role, kind=kind, subject=subject, channel=channel)
    row.save()
    if row.state == News.State.WAITING:
        transaction.on_commit(partial(send_news.enqueue, row.pk), robust=True)
    return row


def tell_all(rows: Sequence[News]) -> None:
    """Keep many at once, made by `news_of`; the sweep sends them, in the minute after the commit."""
    number_all(rows)
    News.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)


def take_back(*, thing: str, numbers: Collection[int], kinds: Collection[str]) -> dict[int, News]:
    """Delete the news of these things that has surely not reached anybody; return it, the first of each thing.

    What somebody is sending now is left to him, what may have left stands, and so does what is printed as a letter.
    """
    there = News.objects.filter(thing=thing, thing_id__in=numbers, kind__in=kinds, envelope__isnull=True)
    by_hand = Q(state__in=[News.State.TO_TELL, News.State.FAILED])
    is_free = Q(pk__in=there.unsent().values("pk"))
    rows = list(there.filter(by_hand | is_free).select_for_update(of=("self",)).order_by("pk"))
    News.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return {row.thing_id: row for row in reversed(rows)}


@task(queue_name=MESSAGES)
def send_news(news_id: int) -> None:
    """Send one message."""
    send(news_id)


def send(news_id: int) -> bool:
    """Send one message, once whoever else tries, and never twice; return whether it left.

    It is claimed, then the server is reached, then it is handed over. What surely did not leave is tried again by the
    sweep, five times in all, or for a day while nobody answers; then, and at once where nobody knows whether it left,
    it waits with what is told by hand.
    """
    now = clock.now()
    mine = News.objects.filter(pk=news_id)
    claim = {"tries": F("tries") + 1, "claimed_at": now}
    if not News.objects.unsent().wanted().filter(pk=news_id, tries__lt=News.MOST_TRIES).update(**claim):
        return False
    row = News.objects.select_related("user").get(pk=news_id)
    try:
        delivery.tell_of_news(
            row.user,
            by_sms=row.channel == Channel.SMS,
            number=number_of(row),
            handing=partial(mine.update, handed_at=now),
            stop_url=wording.stop_url(row),
            answers=wording.answers_of(row),
        )
    except delivery.NotReached:
        is_over = now - row.at > News.PATIENCE
        state = News.State.FAILED if is_over else News.State.WAITING
        mine.update(state=state, claimed_at=None, handed_at=None, tries=F("tries") - 1)
        return False
    except delivery.NotSent:
        log.warning("news %s did not leave; it is tried again", news_id)
        state = News.State.FAILED if row.tries >= News.MOST_TRIES else News.State.WAITING
        mine.update(state=state, claimed_at=None, handed_at=None)
        return False
    except delivery.MaybeSent:
        log.warning("news %s was handed over and not answered for; somebody tells it", news_id)
        mine.update(state=News.State.UNKNOWN)
        return False
    # Who carries it may have said already that it did not arrive: that stands.
    mine.filter(state=News.State.WAITING).update(state=News.State.SENT, told_at=clock.now())
    return True


def number_of(row: News) -> str:
    """Return how a message is named on its way: two numbers that nobody guesses together."""
    return f"news-{row.pk}-{row.at:%Y%m%d%H%M%S}"


def numbered(number: str) -> News | None:
    """Return the news that a name on the way names."""
    found = NUMBER.fullmatch(number)
    row = News.objects.filter(pk=int(found[1])).first() if found else None
    return row if row is not None and number_of(row) == number else None


def came_back(news: News) -> None:
    """Note that a message did not arrive after all: somebody tells it. Also where its sender has not noted yet that it
    left."""
    left = Q(state=News.State.SENT) | Q(state=News.State.WAITING, handed_at__isnull=False)
    News.objects.filter(left, pk=news.pk).update(state=News.State.FAILED, told_at=None)


def send_what_waits() -> int:
    """Send again what did not leave, and what a sender had claimed who stopped; return how many left.

    What he had begun to hand over is left to somebody, who tells it.
    """
    stopped = News.objects.filter(
        News.IS_LEFT, state=News.State.WAITING, claimed_at__lt=clock.now() - News.CLAIM
    )
    stopped.filter(handed_at__isnull=False).update(state=News.State.UNKNOWN)
    unsent = News.objects.unsent().wanted()
    unsent.filter(tries__gte=News.MOST_TRIES).update(state=News.State.FAILED)
    waiting = list(unsent.order_by("pk").values_list("pk", "channel")[:AT_A_TIME])
    sent = 0
    until = time.monotonic() + LONGEST_S
    for news_id, channel in waiting:
        if time.monotonic() > until:
            break
        if not delivery.rests("phone" if channel == Channel.SMS else "email"):
            sent += send(news_id)
    return sent


def note_told(*, news: News, by: User) -> None:
    """Note that somebody told it by phone, by letter or at the counter; once is enough."""
    told = {"state": News.State.TOLD, "told_at": clock.now(), "told_by": by}
    News.objects.untold().filter(pk=news.pk).update(**told)
