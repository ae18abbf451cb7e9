"""What happened to a person's file, newest first, from four sources merged."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visavis.introductions.enums import Act, Side
from visavis.introductions.models import Step
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.matches.models import Opinion
from visavis.people.models import User
from visavis.people.views.readings import in_words
from visavis.portal.desk.words import part

A_PAGE = 12
READERS_SHOWN = 6
READINGS_LOOKED_AT = 100


@dataclass(frozen=True)
class Event:
    """One thing that happened, in a sentence."""

    at: dt.datetime
    sentence: str
    url: str = ""


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


def of(person: Jobseeker, actor: User, asked: str) -> Timeline:
    """Return one page of a person's timeline."""
    number = int(asked) if asked.isdecimal() and 1 <= int(asked[:4]) <= 500 else 1
    until = number * A_PAGE + 1
    events = [*steps(person, until), *opinions(person, actor, until), *changes(person, actor, until)]
    ordered = sorted(events, key=lambda event: event.at, reverse=True)
    shown = ordered[(number - 1) * A_PAGE : number * A_PAGE]
    return Timeline(shown, number - 1, number + 1 if len(ordered) > number * A_PAGE else 0)


def steps(person: Jobseeker, until: int) -> list[Event]:
    """Tell the steps of her introductions: for which side, whoever noted them."""
    rows = Step.objects.filter(introduction__jobseeker=person).select_related("introduction__vacancy")
    return [
        Event(row.at, step_words(row), row.introduction.url) for row in rows.order_by("-at", "-pk")[:until]
    ]


def step_words(step: Step) -> str:
    title, act = step.introduction.vacancy.title, Act(step.act).label
    if step.act == Act.UNDO and step.side == Side.SERVICE:
        return _("“%(title)s” was opened again.") % {"title": title}
    if step.act == Act.UNDO:
        words = {"who": Side(step.side).label, "title": title}
        return _("%(who)s took the last answer back: “%(title)s”.") % words
    if step.side == Side.SERVICE:
        return _("“%(title)s” %(act)s.") % {"title": title, "act": act}
    return _("%(who)s %(act)s: “%(title)s”.") % {"who": Side(step.side).label, "act": act, "title": title}


def opinions(person: Jobseeker, actor: User, until: int) -> list[Event]:
    """Tell what she says of vacancies today."""
    rows = Opinion.objects.filter(jobseeker=person).select_related("vacancy").order_by("-said_at")[:until]
    return [Event(row.said_at, opinion_words(row, actor)) for row in rows]


def opinion_words(row: Opinion, actor: User) -> str:
    said = str(row.get_kind_display())
    words = {
        "title": row.vacancy.title,
        "said": f"{said} ({str(row.get_reason_display()).lower()})" if row.reason else said,
    }
    if row.said_by_id == actor.pk:
        return _("Said of “%(title)s”, noted by you: %(said)s.") % words
    return _("Said of “%(title)s”: %(said)s.") % words


def changes(person: Jobseeker, actor: User, until: int) -> list[Event]:
    """Tell the changes of the profile and of who follows her, from the journal."""
    entries = Entry.objects.about(person.user_id).filter(thing__in=["profile", "assignment"])
    rows = entries.exclude(action=Entry.Action.READ).order_by("-pk")[:until]
    return [Event(row.at, change_words(row, person, actor)) for row in rows]


def change_words(entry: Entry, person: Jobseeker, actor: User) -> str:
    if entry.thing == "assignment":
        return _("An agency or a counsellor was chosen for the person.")
    if entry.action == Entry.Action.CREATED:
        return _("The file was opened.")
    looking = {"looking": _("Looks for work again."), "not-looking": _("No longer looks for work.")}
    if entry.note in looking:
        return str(looking[entry.note])
    words = {"part": part(entry.note).lower()}
    if entry.actor_id == person.user_id:
        return _("The person changed: %(part)s.") % words
    if entry.actor_id == actor.pk:
        return _("You changed: %(part)s.") % words
    return _("Somebody else of the service changed: %(part)s.") % words


def readers(person: Jobseeker, actor: User) -> list[Reader]:
    """Return who opened the file lately besides herself and the reader, one line a person and a day."""
    entries = Entry.objects.about(person.user_id).readings().exclude(actor_id__in=[person.user_id, actor.pk])
    lately = list(entries.order_by("-pk")[:READINGS_LOOKED_AT])
    by_day: dict[Any, list[Entry]] = {}
    for entry in lately:
        by_day.setdefault((entry.actor_id, entry.at.date()), []).append(entry)
    groups = list(by_day.values())[:READERS_SHOWN]
    lines = in_words([entry for group in groups for entry in group], viewer=actor)
    told: dict[int, Any] = {line.entry.pk: line for line in lines}
    return [
        Reader(
            group[0].at,
            told[group[0].pk].who,
            ", ".join(dict.fromkeys(told[entry.pk].what for entry in group)),
        )
        for group in groups
    ]
