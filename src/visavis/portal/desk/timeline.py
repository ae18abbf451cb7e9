"""What happened to a person's file, newest first, as the apps say it; and who read it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.people.views.readings import in_words
from visavis.people.waiting import Event, events
from visavis.portal.desk import changed

A_PAGE = 12
READERS_SHOWN = 6
READINGS_LOOKED_AT = 100


READINGS = Prepared(
    lambda person, reader: (
        Entry.objects.about(person)
        .readings()
        .exclude(actor_id__in=[person, reader])
        .order_by("-pk")[:READINGS_LOOKED_AT]
    )
)


@dataclass(frozen=True)
class Timeline:
    """One page of events; `older` and `newer` are the pages beside it, 0 when there is none."""

    events: list[Event]
    newer: int
    older: int


@dataclass(frozen=True)
class Reader:
    """Somebody who opened the file on a day, and what she opened."""

    at: dt.datetime
    who: str
    what: str


def of(person: Jobseeker, actor: User, asked: str, new: changed.Changed = changed.NOTHING) -> Timeline:
    """Return one page of a person's timeline, what is new to the reader marked."""
    number = int(asked) if asked.isdecimal() and 1 <= int(asked[:4]) <= 500 else 1
    until = number * A_PAGE + 1
    ordered = events(person, actor, until)
    shown = ordered[(number - 1) * A_PAGE : number * A_PAGE]
    return Timeline(new.marked(shown), number - 1, number + 1 if len(ordered) > number * A_PAGE else 0)


def readers_and_changes(
    person: Jobseeker, actor: User, new: list[Entry]
) -> tuple[list[Reader], list[changed.Change]]:
    """Return who opened the file lately besides herself and the reader, a line a person and a day; and what is new.

    Both are put into words at once.
    """
    lately = READINGS(person.user_id, actor.pk)
    by_day: dict[Any, list[Entry]] = {}
    for entry in lately:
        by_day.setdefault((entry.actor_id, entry.at.date()), []).append(entry)
    groups = list(by_day.values())[:READERS_SHOWN]
    lines = in_words([entry for group in groups for entry in group] + new, viewer=actor)
    told: dict[int, Any] = {line.entry.pk: line for line in lines}
    found = [
        Reader(
            group[0].at,
            told[group[0].pk].who,
            ", ".join(dict.fromkeys(told[entry.pk].what for entry in group)),
        )
        for group in groups
    ]
    return found, changed.in_words([told[entry.pk] for entry in new], person, actor)
