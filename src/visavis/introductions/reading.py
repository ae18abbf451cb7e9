"""Write down that introductions of other people were read: whole, or line by line in a list."""

from collections.abc import Iterable

from visavis.introductions import permissions
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.opened import as_what
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User


def note(rows: Iterable[Introduction], actor: User) -> None:
    """Journal that somebody read whole introductions, each with its person; nothing of those that are his own."""
    acts = [
        journal.Act(
            Entry.Action.READ,
            Introduction.THING,
            row.pk,
            row.jobseeker.user_id,
            as_what(actor, row.jobseeker),
        )
        for row in rows
        if permissions.reads_as(actor, row) != Side.JOBSEEKER
    ]
    if acts:
        journal.record_all(acts, by=actor.pk)


def note_lines(rows: Iterable[Introduction], employer: User) -> None:
    """Journal that an employer read these, line by line, in the list of his vacancy."""
    acts = [
        journal.Act(Entry.Action.READ, "introductions", row.pk, row.jobseeker.user_id)
        for row in rows
        if row.jobseeker.user_id != employer.pk
    ]
    if acts:
        journal.record_all(acts, by=employer.pk)
