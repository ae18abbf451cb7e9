"""Tell a person what becomes of her mandates, and what was done for her, by her channel: a receipt each."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.mandates.models import Mandate, Visit
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.ui.dates import day, moment

THING, VISIT = "mandate", "mandate-visit"
BEGUN, ENDED, DONE = "begun", "ended", "done"
ALOUD = {
    BEGUN: _("Somebody may act for you from now on, as you wanted. I tell you who, what for and until when."),
    ENDED: _("Somebody may no longer act for you. I tell you who it was, and since when."),
}
ALOUD_OF_VISIT = {DONE: _("Your helper did something for you. I tell you what it was.")}


def begun(row: Mandate) -> News:
    """Tell that a mandate has begun."""
    return _tell(row, BEGUN, _("%(name)s may act for you"))


def ended(row: Mandate) -> News:
    """Tell that a mandate is over."""
    return _tell(row, ENDED, _("%(name)s may no longer act for you"))


def _tell(row: Mandate, kind: str, title: object) -> News:
    with override(row.person.language):
        subject = news.Subject(THING, row.pk, _named(title, row), row.url)
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=subject)


def _named(title: object, row: Mandate) -> str:
    return str(title) % {"name": row.helper.name if row.helper else ""}


def tell_visits(now: dt.datetime) -> int:
    """Tell of the visits that are over, each once; return how many."""
    quiet = Visit.objects.filter(told_at__isnull=True, last_at__lte=now - Visit.PAUSE)
    told = 0
    for visit in list(quiet.select_related("mandate__person", "mandate__helper")[:200]):
        with transaction.atomic():
            # Who does something more at this moment goes on with the same visit, or begins another.
            if not quiet.filter(pk=visit.pk).update(told_at=clock.now()):
                continue
            row = visit.mandate
            with override(row.person.language):
                subject = news.Subject(VISIT, visit.pk, _named(_("What %(name)s did for you"), row), row.url)
            news.tell(user=row.person, role=Role.JOBSEEKER, kind=DONE, subject=subject)
            told += 1
    return told


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of a mandate: who, what for, until when, and how to end it."""
    mandate = Mandate.objects.with_words().get(pk=row.thing_id)
    said = [row.title]
    if row.kind == BEGUN and mandate.last_day:
        said.append(
            gettext("Until %(day)s, at midnight. What for: %(what)s.")
            % {"day": day(mandate.last_day), "what": ", ".join(mandate.errand_words)}
        )
    return [*said, *how_to_end(mandate)]


def visit_on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of what a helper did."""
    visit = Visit.objects.select_related("mandate").get(pk=row.thing_id)
    done = [f"{moment(one.at)}, {one.words}" for one in visit.stamps.all()]
    return [row.title, *done, *how_to_end(visit.mandate)]


def how_to_end(mandate: Mandate) -> list[str]:
    """Return how a mandate is ended, by each way; nothing where it is over."""
    if not mandate.is_standing:
        return []
    said = gettext("You end it when you want: on the site, at the agency, by phone, by letter.")
    if mandate.ends_by_text:
        word = {"word": mandate.word.upper()}
        said += " " + gettext("Or send us a text message with this one word: %(word)s.") % word
    return [said]


def gone(now: dt.datetime) -> QuerySet[News]:
    """Find the news of mandates that are gone."""
    kept = Mandate.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)


def gone_visits(now: dt.datetime) -> QuerySet[News]:
    """Find the news of visits that are gone."""
    kept = Visit.objects.order_by().values("pk")
    return News.objects.filter(thing=VISIT).exclude(thing_id__in=kept)
