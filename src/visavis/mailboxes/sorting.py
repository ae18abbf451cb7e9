"""Say whose an e-mail is, or that it is for nobody here; each is in the journal."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.mail import filing
from visavis.mailboxes.models import Incoming
from visavis.people.models import User


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


def _held(incoming: Incoming) -> Incoming:
    row = (
        Incoming.objects.select_for_update()
        .filter(pk=incoming.pk, state__in=Incoming.SORTED, message__isnull=True)
        .first()
    )
    if row is None:
        raise Sorted
    return row
