"""Write in the journal."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from visavis.common import clock
from visavis.common.inserted import insert
from visavis.journal import keys, programs
from visavis.journal import under as mandates
from visavis.journal.models import Entry, Link

# A little more than the months that the database keeps a row for: it refuses before.
KEPT_FOR = dt.timedelta(days=367)


# An app above that knows how much reading is too much says so here, in its `ready()`.
GUARDS: list[Callable[[int, int], None]] = []
# The same of lists: who looks, at what kind of list, how many people it shows, and the mark of what was asked.
LIST_GUARDS: list[Callable[[int, str, int, str], None]] = []


@dataclass(frozen=True)
class Act:
    """What happened to what. No name, address or content in the note: codes and numbers only."""

    action: str
    thing: str
    thing_id: int | str | None = None
    person_id: int | None = None
    note: str = ""


def record(act: Act, *, by: int | None) -> Entry:
    """Add one entry, in the caller's transaction if there is one."""
    entry = _entry(act, by)
    insert(entry)
    _note_stamp(entry)
    return entry


def record_all(acts: Sequence[Act], *, by: int | None) -> list[Entry]:
    """Add entries in one query whatever their number. No lock: `chain.py` links them afterwards."""
    entries = Entry.objects.bulk_create([_entry(act, by) for act in acts])
    for entry in entries:
        _note_stamp(entry)
    return entries


def _note_stamp(entry: Entry) -> None:
    """Tell who follows what is done for somebody under a mandate, or in her presence at the counter."""
    is_for_her = entry.mandate_id is not None or entry.counter_id is not None
    if is_for_her and (under := mandates.current()):
        under.stamped.append(entry)
        for note in mandates.STAMPED:
            note(entry, under)


def _entry(act: Act, by: int | None) -> Entry:
    """Make the row of an act. What a person does while somebody acts for her is the act of who helps her."""
    under = mandates.current()
    if under is not None and by not in (under.person_id, under.helper_id):
        under = None
    entry = Entry(
        at=clock.now(),
        actor_id=under.helper_id if under else by,
        mandate_id=under.mandate_id if under else None,
        counter_id=under.counter_id if under else None,
        token_id=programs.token_of(by),
        action=act.action,
        thing=act.thing,
        thing_id="" if act.thing_id is None else str(act.thing_id),
        person_id=act.person_id,
        note=act.note,
    )
    entry.digest = keys.digest(entry.signed())
    return entry


def read(
    thing: str, thing_id: int | str, *, by: int | None, person_id: int | None = None, note: str = ""
) -> Entry:
    """Record that somebody opened something about a person; `note` is as what, where that is not plain.

    Raises what a guard raises: then nothing is opened.
    """
    if by is not None and person_id is not None and by != person_id:
        for guard in GUARDS:
            guard(by, person_id)
    return record(Act(Entry.Action.READ, thing, thing_id, person_id, note), by=by)


def listed(thing: str, *, by: int, shown: int, asked: Sequence[object]) -> Entry:
    """Record that a list of people was shown: how many, and a keyed mark of what was asked, never the words of it.

    Raises what a guard raises: then nothing is shown.
    """
    told = "\0".join(str(one) for one in asked)
    mark = salted_hmac("visavis.journal.lists", told, algorithm="sha256").hexdigest()[:16]
    for guard in LIST_GUARDS:
        guard(by, thing, shown, mark)
    return record(Act(Entry.Action.READ, thing, shown, note=mark), by=by)


def links(now: dt.datetime) -> QuerySet[Link]:
    """Find the links that the database lets go."""
    return Link.objects.filter(at__lt=now - KEPT_FOR)


def entries(now: dt.datetime) -> QuerySet[Entry]:
    """Find the entries that the database lets go."""
    return Entry.objects.filter(at__lt=now - KEPT_FOR)
