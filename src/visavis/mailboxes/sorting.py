"""Say whose an e-mail or a text message is, or that it is for nobody here; each is in the journal.

An employer has no letterbox: what he writes is read here, done on the pages of his account, and noted as done.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.mail import filing
from visavis.mailboxes.models import Incoming
from visavis.people.models import User

DONE = "done"


@dataclass(frozen=True)
class Writer:
    """Who wrote and has no letterbox: the name, and the page at which somebody of the service does what is asked."""

    name: str
    url: str


WRITERS: list[Callable[[User], Writer | None]] = []
"""Says of an account who that is, where an app above knows it."""


class Nobody(Refused):
    """No person was chosen."""

    words = _("Look for the person, then choose one of those found.")


class Sorted(Refused):
    """A colleague was faster."""

    words = _("A colleague has sorted this message already.")


def give(*, incoming: Incoming, person: User, by: User) -> None:
    """Put a message into a person's letterbox as hers. Raises Sorted."""
    with transaction.atomic():
        row = _held(incoming)
        filing.filed(row, filing.give(row, person))
        journal.record(
            journal.Act(Entry.Action.CHANGED, "incoming", row.pk, person.pk, note="sorted"), by=by.pk
        )


def dismiss(*, incoming: Incoming, by: User) -> None:
    """Put a message aside that is not for the service. Raises Sorted."""
    with transaction.atomic():
        row = _held(incoming)
        row.state = Incoming.State.DISMISSED
        row.save(update_fields=["state"])
        journal.record(journal.Act(Entry.Action.CHANGED, "incoming", row.pk, note="dismissed"), by=by.pk)


def note_done(*, incoming: Incoming, by: User) -> None:
    """Note that what an employer asked for was done where it is done. Raises Sorted."""
    with transaction.atomic():
        row = _held(incoming)
        row.state, row.why = Incoming.State.DISMISSED, DONE
        row.save(update_fields=["state", "why"])
        journal.record(journal.Act(Entry.Action.CHANGED, "incoming", row.pk, note=DONE), by=by.pk)


def writer_of(sender: str) -> Writer | None:
    """Return who sent it, by the e-mail or the number it came from, where that is no jobseeker."""
    found = User.objects.filter(Q(email=sender) | Q(phone=sender), is_active=True).first()
    said = (ask(found) for ask in WRITERS) if found is not None else ()
    return next((one for one in said if one is not None), None)


def _held(incoming: Incoming) -> Incoming:
    row = (
        Incoming.objects.select_for_update()
        .filter(pk=incoming.pk, state__in=Incoming.SORTED, message__isnull=True)
        .first()
    )
    if row is None:
        raise Sorted
    return row
