"""Open, prolong and end a visit at the counter.

Promised: nothing opens unless her ticket is at this clerk's own desk, or she showed something; one person a clerk and
one counter a person at a time; it ends with the ticket, and after thirty minutes; she is told of each by her channel.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.counter import telling
from visavis.counter.enums import Ground
from visavis.counter.models import CounterVisit, CounterVisitQuerySet, Deed
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.journal.under import Under
from visavis.people.acting import Thing, acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.queues.enums import AT_A_DESK, State
from visavis.queues.models import Ticket
from visavis.stations import badges
from visavis.stations.models import Badge
from visavis.tries.models import MOST_TRIES

THING = telling.THING
AT_ONCE = 200


class SomebodyElse(Refused):
    """The ticket at this desk is another person's."""

    words = _("Another person’s ticket is at your desk. Finish it first, or call this person’s own.")


class NotHereYet(Refused):
    """Her ticket is called, and nobody said that she came."""

    words = _(
        "The ticket is called, but the person is not noted as here. Note it on the board of the queue first."
    )


class NotHerCard(Refused):
    """The code is of no card of hers that stands."""

    words = _("This code is not of this person’s card, or the card is blocked. Look at the card once more.")


class NothingShown(Refused):
    """Neither a ticket at this desk nor anything shown."""

    words = _("Say what the person showed. Without it nothing opens.")


class LongEnough(Refused):
    """It has lasted as long as it may, or is over."""

    words = _("This visit has lasted as long as it may. Open the pages again with the person.")


def may_receive(by: User, person: User) -> bool:
    """Say whether reception may open a person's pages at all: of its own agency, who looks for work, no colleague."""
    return (
        by.pk != person.pk
        and person.is_active
        and person.has_role(Role.JOBSEEKER)
        and not person.is_service_staff
        and acts_for(by, person, Capacity.COUNTER) is not None
    )


def _agency_of(person: User) -> Agency:
    """Return the agency whose reception receives her: there is one, or nobody would."""
    agency: Agency = person.jobseeker.agency  # type: ignore[assignment]
    return agency


def at_desk(by: User, person: User) -> Ticket | None:
    """Return the ticket that is at this clerk's desk now, at the door of the person's agency."""
    agency = _agency_of(person)
    day = clock.now().astimezone(agency.zone).date()
    return Ticket.objects.of_day(agency, day).filter(served_by=by, state__in=AT_A_DESK).first()


def open_visit(*, person: User, by: User, shown: str = "", code: str = "") -> CounterVisit:
    """Open a person's pages, for who stands there. Raises SomebodyElse, NotHereYet, NothingShown, NotHerCard.

    `by` must be one who `may_receive` her. What was open of this clerk or this person ends first.
    """
    now = clock.now()
    with transaction.atomic():
        # Always in this order: two clerks who open at once wait here.
        list(User.objects.filter(pk__in=[by.pk, person.pk]).order_by("pk").select_for_update(no_key=True))
        ticket = at_desk(by, person)
        ground = _ground(person, ticket, shown, code)
        for row in CounterVisit.objects.open().filter(Q(clerk=by) | Q(person=person)).with_words():
            end(visit=row, by=by)
        row = CounterVisit.objects.create(
            person=person,
            clerk=by,
            agency=_agency_of(person),
            ticket=ticket,
            ground=ground,
            begun_at=now,
            ends_at=now + CounterVisit.LASTS,
        )
        act = journal.Act(Entry.Action.CREATED, THING, row.pk, person.pk, note=ground)
        journal.record(act, by=by.pk)
        if ground == Ground.PAPER:
            # Nothing but a word says that she stood there: she hears of it at once.
            telling.told_at_once(row)
    return row


def _ground(person: User, ticket: Ticket | None, shown: str, code: str) -> Ground:
    """Say by what she is known to stand there."""
    if ticket is not None and ticket.person_id is not None:
        if ticket.person_id != person.pk:
            raise SomebodyElse
        if ticket.state != State.SERVING:
            raise NotHereYet
        return Ground.TICKET
    if shown == Ground.CARD:
        hers = Badge.objects.valid().of(person).filter(code=badges.digest(code.strip()), tries__lt=MOST_TRIES)
        if not hers.exists():
            raise NotHerCard
        return Ground.CARD
    if shown == Ground.PAPER:
        return Ground.PAPER
    raise NothingShown


def prolong(*, visit: CounterVisit, by: User) -> CounterVisit:
    """Let her stay thirty minutes more, two hours in all. Raises LongEnough."""
    with transaction.atomic():
        row = CounterVisit.objects.of_clerk(by).select_for_update(of=("self",)).filter(pk=visit.pk).first()
        now = clock.now()
        if row is None or row.ends_at >= row.begun_at + row.AT_MOST:
            raise LongEnough
        row.ends_at = min(now + row.LASTS, row.begun_at + row.AT_MOST)
        row.save(update_fields=["ends_at"])
        journal.record(
            journal.Act(Entry.Action.CHANGED, THING, row.pk, row.person_id, note="prolonged"), by=by.pk
        )
    return row


def end(*, visit: CounterVisit, by: User | None) -> None:
    """End a visit, and tell her of it. What is over stays as it is."""
    with transaction.atomic():
        # What ran out ended when it ran out, whenever that is noted.
        at = min(clock.now(), visit.ends_at)
        if not CounterVisit.objects.open().filter(pk=visit.pk).update(ended_at=at):
            return
        act = journal.Act(Entry.Action.CHANGED, THING, visit.pk, visit.person_id, note="ended")
        journal.record(act, by=by.pk if by else None)
        telling.ended(visit)


def over() -> CounterVisitQuerySet:
    """Find the visits that hold no more and whose end nobody has noted."""
    return CounterVisit.objects.open().exclude(pk__in=CounterVisit.objects.in_force().order_by().values("pk"))


def sweep() -> int:
    """End what is over; return how many."""
    rows = list(over().with_words()[:AT_ONCE])
    for row in rows:
        end(visit=row, by=None)
    return len(rows)


# What happens meanwhile ------------------------------------------------------------------------------


def follow_ticket(row: Any, step: Any) -> None:
    """End the visit of a ticket that leaves the desk, in the same transaction."""
    if isinstance(row, Ticket) and row.state not in AT_A_DESK:
        for visit in CounterVisit.objects.open().filter(ticket=row).with_words():
            end(visit=visit, by=step.by)


def note_entry(entry: Entry, under: Under) -> None:
    """Keep whose hand an act was, in its own transaction."""
    if under.counter_id is not None and entry.action != Entry.Action.READ:
        Deed.objects.create(
            visit_id=under.counter_id,
            entry=entry.pk,
            action=entry.action,
            thing=entry.thing,
            thing_id=entry.thing_id,
        )


def hands(things: Collection[Thing]) -> dict[Thing, str]:
    """Return, in words, who made something for somebody at the counter, of some things."""
    asked = Q()
    for thing in {thing for thing, _number in things}:
        asked |= Q(thing=thing, thing_id__in=[number for one, number in things if one == thing])
    made = Deed.objects.filter(asked, action=Entry.Action.CREATED)
    return {
        (thing, number): gettext("by %(name)s, at the counter") % {"name": name}
        for thing, number, name in made.values_list("thing", "thing_id", "visit__clerk__name")
    }
