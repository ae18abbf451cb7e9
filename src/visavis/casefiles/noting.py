"""Write a note for colleagues, or take one away; the journal says so, and never what it said."""

import uuid

from django.db import transaction

from visavis.casefiles.enums import Purpose
from visavis.casefiles.models import Note
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people.models import User

THING = "note"


def write(*, person: User, purpose: Purpose, words: str, form: uuid.UUID, by: User) -> Note:
    """Write a note, once a form: who sends the form again is given the note that is there."""
    with transaction.atomic():
        # One after the other: two clicks at once make one note.
        User.objects.select_for_update().get(pk=person.pk)
        there = Note.objects.filter(form=form, person=person, by=by).first()
        if there is not None:
            return there
        row = Note.objects.create(person=person, by=by, purpose=purpose, words=words, form=form)
        record(Act(Entry.Action.CREATED, THING, row.pk, person.pk, note=purpose), by=by.pk)
    return row


def take_away(*, note: Note, by: User) -> None:
    """Take a note away for good; it may be gone already."""
    with transaction.atomic():
        number = note.pk
        if Note.objects.filter(pk=number).delete()[0]:
            record(Act(Entry.Action.DELETED, THING, number, note.person_id), by=by.pk)
