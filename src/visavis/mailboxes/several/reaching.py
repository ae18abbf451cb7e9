"""What became of a message for several people: who has answered, who has read it, who was told, whom to call."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Broadcast, Message, Opening, Thread
from visavis.mailboxes.telling import THING
from visavis.news.models import News
from visavis.people.models import User


class Reach(models.TextChoices):
    """How far a message came, the first to see to first."""

    FAILED = "failed", _("Not delivered: to be told by phone, letter or at the counter")
    BY_HAND = "by-hand", _("To be told by phone, letter or at the counter")
    LEAVING = "leaving", _("Being sent")
    TOLD = "told", _("Told, not read yet")
    READ = "read", _("Read")
    ANSWERED = "answered", _("Answered")


CALLS = frozenset({Reach.FAILED, Reach.BY_HAND})
BY_STATE = {
    News.State.WAITING: Reach.LEAVING,
    News.State.SENT: Reach.TOLD,
    News.State.TOLD: Reach.TOLD,
    News.State.TO_TELL: Reach.BY_HAND,
    News.State.FAILED: Reach.FAILED,
    News.State.UNKNOWN: Reach.FAILED,
}
ORDER = {one: place for place, one in enumerate(Reach)}


@dataclass(frozen=True)
class Reached:
    """One person, her own conversation, and how far the message came."""

    thread: Thread
    reach: Reach
    channel: str
    at: dt.datetime | None

    @property
    def is_to_call(self) -> bool:
        return self.reach in CALLS


def sent(broadcast: Broadcast, actor: User) -> QuerySet[Message]:
    """Find the messages of it that somebody may still read: who went to another counsellor is not among them."""
    threads = Thread.objects.visible_to(actor).values("pk")
    rows = Message.objects.filter(broadcast=broadcast, thread__in=threads)
    return rows.select_related("thread__person__jobseeker").order_by("pk")


def of(broadcast: Broadcast, actor: User) -> list[Reached]:
    """Return how far it came with each, whom to call first."""
    messages = list(sent(broadcast, actor))
    news: dict[int, News] = {}
    for row in News.objects.filter(thing=THING, thing_id__in=[one.thread_id for one in messages]).order_by(
        "-at", "-pk"
    ):
        news[row.thing_id] = row
    read: dict[int, dt.datetime] = dict(
        Opening.objects.filter(message__in=messages, user=F("message__thread__person")).values_list(
            "message", "at"
        )
    )
    answers = Message.objects.filter(thread__in=[one.thread_id for one in messages], voice=Voice.THEIRS)
    answered: dict[int, dt.datetime] = dict(answers.order_by("-number").values_list("thread", "at"))
    found = [
        _reached(one, news.get(one.thread_id), read.get(one.pk), answered.get(one.thread_id))
        for one in messages
    ]
    return sorted(found, key=lambda one: (ORDER[one.reach], str(one.thread.person.folded_name)))


def _reached(
    message: Message, row: News | None, read: dt.datetime | None, answered: dt.datetime | None
) -> Reached:
    channel = str(row.get_channel_display()) if row is not None else ""
    if answered is not None or read is not None:
        reach = Reach.ANSWERED if answered is not None else Reach.READ
        return Reached(message.thread, reach, channel, answered or read)
    if row is None:
        return Reached(message.thread, Reach.LEAVING, channel, None)
    return Reached(message.thread, BY_STATE[News.State(row.state)], channel, row.told_at)


def counted(rows: Sequence[Reached], show: str, url: str) -> list[dict[str, Any]]:
    """Return how many came how far, for `ui/filters.html`."""
    counts = Counter(one.reach for one in rows)
    everybody = {"url": url, "label": _("Everybody"), "count": len(rows), "is_current": show == ""}
    return [
        everybody,
        *(
            {
                "url": f"{url}?show={one}",
                "label": one.label,
                "count": counts[one],
                "is_current": show == one,
                "is_hot": one in CALLS,
            }
            for one in Reach
            if counts[one]
        ),
    ]
