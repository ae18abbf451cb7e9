"""Keep what a helper does: a stamp for each entry of the journal that is not a mere reading."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.under import Under, current
from visavis.mandates.models import Stamp, Visit
from visavis.people.acting import Thing


def note_step(row: Any, step: Any) -> None:
    """Remember which step of a ledger the next entry is about."""
    under = current()
    if under is not None:
        under.steps[row.THING, str(row.pk)] = step.number


def note_entry(entry: Entry, under: Under) -> None:
    """Stamp an act, in its own transaction."""
    if entry.action == Entry.Action.READ or under.mandate_id is None:
        return
    now = clock.now()
    # A visit that is over and not told yet goes on: one receipt more or less soon, and none is lost.
    visit, _is_new = Visit.objects.select_for_update().get_or_create(
        mandate_id=under.mandate_id, told_at=None
    )
    Visit.objects.filter(pk=visit.pk).update(last_at=now)
    Stamp.objects.create(
        visit=visit,
        entry=entry.pk,
        action=entry.action,
        thing=entry.thing,
        thing_id=entry.thing_id,
        step=under.steps.pop((entry.thing, entry.thing_id), None),
        at=now,
    )


def hands(things: Collection[Thing]) -> dict[Thing, str]:
    """Return, in words, who made something for somebody under a mandate, of some things."""
    asked = Q()
    for thing in {thing for thing, _number in things}:
        asked |= Q(thing=thing, thing_id__in=[number for one, number in things if one == thing])
    made = Stamp.objects.filter(asked, action=Entry.Action.CREATED)
    return {
        (thing, number): gettext("by %(name)s, under a mandate") % {"name": name}
        for thing, number, name in made.values_list("thing", "thing_id", "visit__mandate__helper__name")
    }
