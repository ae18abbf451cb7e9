"""What a profile asks of a counsellor, and what happened to it."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Asked, Latest
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.parts import part
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.people.waiting import HERS, PROFILE, App, Event, Filter, Happened, Urgency, Waiting

SILENT_WEEKS = 4
WEEKS = (2, 4, 8, 12)
NEW_DAYS = 14


def is_silent(person: Any, weeks: int = SILENT_WEEKS) -> bool:
    """Say whether she looks for work and has said nothing for so long; she carries `heard_at`."""
    since: dt.datetime = person.heard_at
    return person.is_looking and since < clock.now() - _so_long(weeks)


@cache
def _so_long(weeks: int) -> dt.timedelta:
    return dt.timedelta(weeks=weeks)


def is_new(actor: User) -> Exists:
    """She was given to this counsellor, or registered, a short time ago: the journal says so."""
    lately = clock.now() - dt.timedelta(days=NEW_DAYS)
    # Not by LIKE: SQLite would plan all of the list's question anew for each pattern.
    where = StrIndex("note", Value(f" counsellor:{actor.pk} was "))
    entries = Entry.objects.filter(person_id=OuterRef("user_id"), at__gte=lately).alias(where=where)
    given = Q(thing="assignment", where__gt=0)
    return Exists(entries.filter(given | Q(thing="profile", action=Entry.Action.CREATED)))


def is_unknown(actor: User) -> Any:
    return Q(commune__isnull=True) | ~Exists(WantedOccupation.objects.filter(jobseeker=HERS).order_by())


def complete(person: Any) -> Waiting:
    question = "wanted" if person.commune_id else "place"
    return Waiting(
        gettext_lazy("Complete the profile together: where the person lives, and the work wanted."),
        address("jobseekers:person_question", jobseeker_id=person.pk, question=question),
        Urgency.UNKNOWN,
        label=gettext_lazy("Complete the profile"),
    )


def _nothing_said() -> str:
    return ngettext(
        "Nothing was said for %(weeks)s week: ask for news.",
        "Nothing was said for %(weeks)s weeks: ask for news.",
        SILENT_WEEKS,
    ) % {"weeks": SILENT_WEEKS}


def _how_to_reach(number: int) -> str:
    return address("portal:desk_person", jobseeker_id=number) + "#reach"


# Worked out for what a page shows, of the hundreds of a caseload.
nothing_said, how_to_reach = lazy(_nothing_said, str), lazy(_how_to_reach, str)


def ask_for_news(person: Any) -> Waiting:
    return Waiting(
        nothing_said(), how_to_reach(person.pk), Urgency.SILENT, label=gettext_lazy("Ask for news")
    )


def leave(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("Not looking for work at present: nothing to do."), urgency=Urgency.NOT_LOOKING
    )


class Profiles(App):
    """What profiles say to the desk."""

    chapter = PROFILE
    filters = (
        Filter(
            "silent",
            gettext_lazy("Nothing said for four weeks"),
            holds=lambda person, rows: is_silent(person),
            since=lambda person, rows: person.heard_at,
            place=30,
            to_do=ask_for_news,
        ),
        Filter("new", gettext_lazy("New to me"), is_new, place=30),
        Filter(
            "unknown", gettext_lazy("Place or work wanted not known"), is_unknown, place=30, to_do=complete
        ),
        Filter(
            "unreachable",
            gettext_lazy("Cannot be reached digitally"),
            holds=lambda person, rows: not person.user.can_sign_in_alone,
            place=50,
        ),
        Filter(
            "not-looking",
            gettext_lazy("Not looking for work"),
            holds=lambda person, rows: not person.is_looking,
            place=50,
            to_do=leave,
        ),
    )

    def lately(self, person: Jobseeker, most: int) -> Asked:
        """Return the question for the changes of the profile and of who follows her, from the journal."""
        return CHANGES.of(most), (person.user_id,)

    def happened(self, person: Jobseeker) -> Happened:
        return Happened(_all_changes(person.user_id))

    def tell(self, rows: Iterable[Entry], person: Jobseeker, actor: User) -> list[Event]:
        return [Event(row.at, change_words(row, person, actor)) for row in rows]


def _all_changes(person: int) -> QuerySet[Entry]:
    changes = Entry.objects.about(person).filter(thing__in=["profile", "assignment"])
    return changes.exclude(action=Entry.Action.READ)


CHANGES = Latest(lambda person: _all_changes(person).order_by("-pk"))


def change_words(entry: Entry, person: Jobseeker, actor: User) -> str:
    is_hers = actor.pk == person.user_id
    if entry.thing == "assignment" and is_hers:
        return _("An agency or a counsellor was chosen for you.")
    if entry.thing == "assignment":
        return _("An agency or a counsellor was chosen for the person.")
    if entry.action == Entry.Action.CREATED:
        return _("The file was opened.")
    looking = {"looking": _("Looks for work again."), "not-looking": _("No longer looks for work.")}
    if is_hers and entry.note in looking:
        hers = {"looking": _("You look for work again."), "not-looking": _("You no longer look for work.")}
        return str(hers[entry.note])
    if entry.note in looking:
        return str(looking[entry.note])
    words = {"part": part(entry.note).lower()}
    if entry.actor_id == person.user_id and not is_hers:
        return _("The person changed: %(part)s.") % words
    if entry.actor_id == actor.pk:
        return _("You changed: %(part)s.") % words
    return _("Somebody else of the service changed: %(part)s.") % words
