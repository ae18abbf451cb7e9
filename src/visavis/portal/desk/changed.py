"""What changed in a file since who accompanies the person last looked: what she did, and others, from the journal.

A look is opening the page of the person, or her piece beside the list. What is looked at within half an hour is one
look: who goes to another page and comes back reads the same. What the reader did himself is no news to him.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.waiting import change_words
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.people.views.readings import Line
from visavis.people.waiting import Event

LOOKED = "looked"
ONE_LOOK = dt.timedelta(minutes=30)
# What one act writes, in the journal and in its own row, lies no further apart.
ONE_ACT = dt.timedelta(seconds=2)
MOST, SHOWN = 200, 12
DONE = (Entry.Action.CREATED, Entry.Action.CHANGED, Entry.Action.DELETED)
IN_WORDS = ("profile", "assignment")


def looks(actor: int) -> QuerySet[Entry]:
    return Entry.objects.readings().filter(actor_id=actor, thing="jobseeker", note=LOOKED)


def is_changed(actor: User) -> Exists:
    """Something was done about a person since this actor last looked; of whom he never looked at, nothing is said."""
    last = looks(actor.pk).filter(person_id=OuterRef(OuterRef("user_id"))).order_by("-at").values("at")[:1]
    others = Q(actor_id__isnull=True) | ~Q(actor_id=actor.pk)
    return Exists(
        Entry.objects.filter(others, person_id=OuterRef("user_id"), action__in=DONE, at__gt=Subquery(last))
    )


LAST_LOOK = Prepared(
    lambda actor, person, before: (
        looks(actor).filter(person_id=person, at__lt=before).order_by("-at").values_list("at", flat=True)[:1]
    )
)
SINCE = Prepared(
    lambda person, since: (
        Entry.objects.about(person).filter(action__in=DONE, at__gt=since).order_by("-at", "-pk")[:MOST]
    )
)


@dataclass(frozen=True)
class Change:
    """One thing that was done, in words; `times` of the same by the same on a day stand on one line."""

    at: dt.datetime
    sentence: str
    times: int = 1


@dataclass(frozen=True)
class Changed:
    """What changed since a look, newest first; `at` is None where there was none before."""

    at: dt.datetime | None
    entries: list[Entry]
    own: list[dt.datetime]

    def marked(self, events: list[Event]) -> list[Event]:
        """Mark of what happened what is new to the reader: later than his look, and not his own act."""
        return [replace(one, is_new=self._is_new(one.at)) for one in events]

    def _is_new(self, at: dt.datetime) -> bool:
        return self.at is not None and at > self.at and not any(abs(at - one) <= ONE_ACT for one in self.own)


NOTHING = Changed(None, [], [])


def look(person: Jobseeker, actor: User) -> Changed:
    """Return what changed since the look before, and write this one down."""
    at = LAST_LOOK.first(actor.pk, person.user_id, clock.now() - ONE_LOOK)
    entries = SINCE(person.user_id, at) if at is not None else []
    journal.read("jobseeker", person.pk, by=actor.pk, person_id=person.user_id, note=LOOKED)
    own = [one.at for one in entries if one.actor_id == actor.pk]
    return Changed(at, [one for one in entries if one.actor_id != actor.pk], own)


def in_words(lines: list[Line], person: Jobseeker, actor: User) -> list[Change]:
    """Say entries: what the person did is said of the person, what somebody does again the same day once."""
    said: dict[tuple[str, dt.date], Change] = {}
    for line in lines:
        sentence = _sentence(line, person, actor)
        key = sentence, localtime(line.at).date()
        before = said.get(key)
        said[key] = replace(before, times=before.times + 1) if before else Change(line.at, sentence)
    return list(said.values())[:SHOWN]


def _sentence(line: Line, person: Jobseeker, actor: User) -> str:
    if line.entry.thing in IN_WORDS and line.entry.actor_id == person.user_id:
        return change_words(line.entry, person, actor)
    who = _("The person") if line.entry.actor_id == person.user_id else line.who
    return _("%(who)s – %(action)s: %(what)s") % {"who": who, "action": line.action, "what": line.what}
