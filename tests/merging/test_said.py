"""Each app says what becomes of its rows: a column that says whose a row is, and stands nowhere, is red."""

from django.apps import apps
from django.db import models

from visavis.common import merging
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User


def of_people() -> set[str]:
    """Return the columns of ours that name an account, or a file."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("visavis.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in (User, Jobseeker)
    }


def test_every_column_that_names_a_person_is_said_once_and_what_may_stay_behind_has_words() -> None:
    said = merging.said()
    columns = [str(one) for one in [*said.moves, *said.if_free, *said.stays]]
    assert sorted(columns) == sorted(of_people())
    named = {str(one.column) for one in said.behind}
    assert {str(one) for one in said.if_free} - QUIET <= named
    assert not named & QUIET


# Of which nobody is told: what is joined or refused before, what a machine keeps, and permits, which no page shows.
QUIET = {
    "appointments.Quantum.person", "casefiles.Plan.person", "counter.CounterVisit.person", "employers.Joining.user",
    "leaving.Hold.user", "mailboxes.Draft.author", "mailboxes.Opening.user", "traces.Permit.user", "traces.Stop.user",
    "unreached.Unreached.person",
}  # fmt: skip


def test_what_is_unique_with_a_person_is_not_moved_blindly() -> None:
    """A column that stands in a unique constraint moves where it is free, stays, or is refused before."""
    said = merging.said()
    # Refused by the app itself, or of what a person who looks for work does not do.
    refused = {
        "appointments.Invitation.person", "casefiles.Ending.person", "introductions.Introduction.jobseeker",
        "queues.Ticket.served_by", "queues.AlarmAnswer.by", "queues.Alarm.by", "stations.HelpCall.by",
    }  # fmt: skip
    found = set()
    for column in said.moves:
        field = column.model._meta.get_field(column.name)
        for one in column.model._meta.constraints:
            if isinstance(one, models.UniqueConstraint) and column.name in one.fields:
                found.add(str(column))
        if field.unique:
            found.add(str(column))
    assert found <= refused, found - refused
