"""Tell a person that her follow-up may end, goes on, or has ended: by her channel; a letter says all of it.

A message says nothing of it: it carries her own link, and the one word that keeps the follow-up.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.casefiles.endings import linked, word
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.news import services as news
from visavis.news.models import News
from visavis.news.models.news import NewsQuerySet
from visavis.people.delivery import Answers
from visavis.people.enums import Role
from visavis.ui.dates import day

THING = "ending"
PROPOSED, GOES_ON, STAYS, ENDED, AGAIN = "proposed", "goes-on", "stays", "ended", "again"
ALOUD = {
    PROPOSED: _(
        "Your follow-up may end. I tell you the day and why. Do you want it to go on? One word is enough: I note it."
    ),
    GOES_ON: _("Your follow-up goes on. You have nothing to do."),
    STAYS: _("It is noted: your follow-up goes on, as you want."),
    ENDED: _("Your follow-up has ended. You want it back? Say so: I note it now."),
    AGAIN: _("Your follow-up has begun again. I tell you who follows you."),
}
TITLES = {
    PROPOSED: _("Your follow-up: it may end"),
    GOES_ON: _("Your follow-up goes on"),
    STAYS: _("Your follow-up goes on"),
    ENDED: _("Your follow-up has ended"),
    AGAIN: _("Your follow-up has begun again"),
}


def tell(row: Ending, kind: str) -> News:
    """Tell by her channel."""
    with override(row.person.language):
        subject = news.Subject(THING, row.pk, str(TITLES[kind]), row.url)
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=subject)


def notices(ending: Any) -> NewsQuerySet:
    """Find the notice of an ending."""
    return News.objects.filter(thing=THING, kind=PROPOSED, thing_id=ending)


def told_on(row: Ending) -> dt.date | None:
    """Return the day on which the notice reached her, as whoever carried it says today; None where it did not."""
    found = notices(row.pk).order_by("-pk").first()
    if found is None or found.told_at is None:
        return None
    return localtime(found.told_at).date()


def forget(row: Ending) -> bool:
    """Tell nobody any more what is no longer true; return whether it surely had reached nobody."""
    there = News.objects.filter(thing=THING, thing_id=row.pk, envelope__isnull=True)
    # What somebody is sending now is left to him.
    surely = there.unsent() | there.filter(state__in=[News.State.TO_TELL, News.State.FAILED])
    number, _by_model = News.objects.filter(pk__in=list(surely.values_list("pk", flat=True))).delete()
    may_have, _by_model = there.filter(state=News.State.UNKNOWN).delete()
    return number > 0 and not may_have


def answers(told: News) -> Answers:
    """Return how she answers at once: by her own link, or by one word where text messages come in."""
    row = Ending.objects.select_related("person").filter(pk=told.thing_id).first()
    if row is None:
        return Answers()
    asks = told.kind in (PROPOSED, ENDED) and bool(settings.SMS_IN_TOKEN)
    return Answers(link=linked.link_of(row), word=word.word_for(row.person.language) if asks else "")


def on_paper(told: News) -> Sequence[str]:
    """Return what a letter tells: the day, why, and how to keep the follow-up, or have it back."""
    row = Ending.objects.select_related("person", "counsellor").get(pk=told.thing_id)
    if row.is_over:
        return [
            gettext(
                "Your follow-up has ended. You stay registered: your pages and your documents stay yours."
            ),
            gettext("You want your follow-up back? One word is enough.") + " " + how_to_say(row),
        ]
    if row.is_proposed:
        first = gettext("We propose to end your follow-up. Not before: %(day)s.")
        if row.is_hers:
            first = gettext("You asked us to end your follow-up. Not before: %(day)s.")
        return [
            first % {"day": day(first_told(row))},
            gettext("Why: %(reason)s") % {"reason": row.why_to_her},
            gettext("You want it to go on? One word is enough.") + " " + how_to_say(row),
            gettext("You do nothing? It ends on that day, or later. You stay registered, and may come back."),
        ]
    said = [gettext("Your follow-up goes on. You have nothing to do.")]
    if row.counsellor is not None:
        said.append(gettext("Your counsellor: %(name)s") % {"name": row.counsellor.name})
    return said


def first_told(row: Ending) -> dt.date:
    """Return the day as it can be told today: never sooner than what a person is told ahead."""
    if row.told_on is not None:
        return row.ends_on
    return max(row.ends_on, clock.today() + dt.timedelta(days=settings.VISAVIS_ENDING_NOTICE_DAYS))


def how_to_say(row: Ending) -> str:
    """Return how she says it, by each way."""
    said = gettext("Type the code of this letter, call us, write to us, or come.")
    if settings.SMS_IN_TOKEN:
        said += " " + gettext("Or send us a text message with this one word: %(word)s.") % {
            "word": word.word_for(row.person.language)
        }
    return said


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of endings that are gone."""
    kept = Ending.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
