"""Tell a person that reception opened her pages with her, and what was read and done: by her channel, once over."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.counter.models import CounterVisit
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.news.models import News
from visavis.people import wording
from visavis.people.enums import Role
from visavis.ui.dates import moment

THING = "counter-visit"
OPENED, DONE = "opened", "done"
ALOUD = {
    OPENED: _("Reception opened your pages, as you stood there. If it was not you, tell us at once."),
    DONE: _("At the counter, reception opened your pages with you. I tell you what was done."),
}
NOT_YOU = _("If it was not you who stood there, tell us at once: by phone, by letter or at the agency.")


def told_at_once(row: CounterVisit) -> News:
    """Tell that her pages were opened on the word of reception."""
    return _tell(row, OPENED, _("Reception opened your pages"))


def ended(row: CounterVisit) -> News:
    """Tell what was read and done."""
    return _tell(row, DONE, _("What reception did with you"))


def _tell(row: CounterVisit, kind: str, title: object) -> News:
    with override(row.person.language):
        subject = news.Subject(THING, row.pk, str(title), row.url)
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=subject)


@dataclass(frozen=True)
class Told:
    """What was read in a visit, each once, and what was done, in its order with its hour."""

    read: list[str]
    done: list[tuple[dt.datetime, str]]


def told(row: CounterVisit) -> Told:
    """Return what the journal says of a visit."""
    entries = list(Entry.objects.about(row.person_id).filter(counter_id=row.pk).order_by("pk"))
    read = [wording.thing(one.thing) for one in entries if one.action == Entry.Action.READ]
    done = [
        (one.at, f"{wording.action(one.action)}: {wording.thing(one.thing)}")
        for one in entries
        if one.action != Entry.Action.READ
    ]
    return Told(list(dict.fromkeys(read)), done)


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of a visit."""
    visit = CounterVisit.objects.with_words().get(pk=row.thing_id)
    with timezone.override(visit.agency.zone):
        return _written(visit, row.title)


def _written(visit: CounterVisit, title: str) -> list[str]:
    said = told(visit)
    lines = [
        title,
        gettext("%(when)s, %(agency)s, by %(name)s. What you showed: %(ground)s.")
        % {
            "when": moment(visit.begun_at),
            "agency": visit.agency.name,
            "name": visit.clerk.name,
            "ground": visit.ground_words,
        },
    ]
    lines += [f"{moment(at)}, {what}" for at, what in said.done]
    if said.read:
        lines.append(gettext("What was read: %(things)s.") % {"things": ", ".join(said.read)})
    return [*lines, str(NOT_YOU)]


def gone(now: dt.datetime) -> QuerySet[News]:
    """Find the news of visits that are gone."""
    kept = CounterVisit.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)


KEPT = dt.timedelta(days=366)


def past(now: dt.datetime) -> QuerySet[CounterVisit]:
    """Find the visits of a year ago: the journal does not keep longer what was read and done in them."""
    return CounterVisit.objects.filter(begun_at__lt=now - KEPT)
