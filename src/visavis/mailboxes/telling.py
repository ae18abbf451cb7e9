"""Tell a person that something is written to her, by her channel; the news never says what."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.mailboxes.enums import Voice
from visavis.mailboxes.mail.addresses import address_of
from visavis.mailboxes.models import Message, Thread
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.delivery import Answers
from visavis.people.enums import Role
from visavis.ui.dates import day

THING, KIND = "thread", "written"
ALOUD = {KIND: _("A message waits for you. I read it to you, if you like, and note what you answer.")}


def tell(thread: Thread) -> News | None:
    """Give the news of what was written; not again while it has not reached her."""
    waiting = News.objects.filter(
        thing=THING, thing_id=thread.pk, state__in=[News.State.WAITING, *News.UNTOLD]
    )
    if waiting.exists():
        return None
    with override(thread.person.language):
        subject = news.Subject(THING, thread.pk, gettext("A message"), thread.url)
    return news.tell(user=thread.person, role=Role.JOBSEEKER, kind=KIND, subject=subject)


def answers(row: News) -> Answers:
    """Return how she answers: to the address of the thread, or by a key where text messages come in."""
    return Answers(address_of(row.thing_id), by_text=bool(settings.SMS_IN_TOKEN))


def on_paper(row: News) -> list[str]:
    """Return what a letter tells: what was written to her since she last wrote, word for word."""
    thread = Thread.objects.get(pk=row.thing_id)
    messages = list(Message.objects.filter(thread=thread).read_by_person().order_by("number"))
    hers = max((one.number for one in messages if one.voice == Voice.THEIRS), default=0)
    ours = [one for one in messages if one.number > hers and one.voice == Voice.OURS]
    lines = [line.strip() for one in ours for line in one.body.splitlines() if line.strip()]
    if thread.theirs_since is not None and thread.due_on is not None:
        lines.append(gettext("Your answer is expected by %(day)s.") % {"day": day(thread.due_on)})
    return [*lines, *([thread.holder.name] if thread.holder else [])]


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of threads that are gone."""
    kept = Thread.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
