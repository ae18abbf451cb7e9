"""What the head decides of programs that are told: each act is in the journal, never with an address or a secret."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.webhooks import events, signing
from visavis.webhooks.models import Delivery, Endpoint

MOST = 10


class TooMany(Refused):
    """The agency has as many as it may have."""


class IsOff(Refused):
    """Nothing is sent to a program that is off."""

    words = _("This program is turned off. Turn it on first.")


def make(*, agency: Agency, by: User, **columns: Any) -> tuple[Endpoint, str]:
    """Have events told to an address; return also the secret, which nobody can read again. Raises TooMany."""
    secret = signing.drawn()
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        if Endpoint.objects.filter(agency=agency).count() >= MOST:
            raise TooMany(_("Ten programs are told already. Remove one that is no longer used."))
        endpoint = Endpoint.objects.create(agency=agency, secret=signing.sealed(secret), **columns)
        note(Entry.Action.CREATED, endpoint, by)
    return endpoint, secret


def rotate(*, endpoint: Endpoint, by: User) -> str:
    """Draw another secret and return it; the former one signs as well for a day."""
    secret = signing.drawn()
    with transaction.atomic():
        held = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        held.former_secret, held.former_until = held.secret, clock.now() + signing.FORMER_FOR
        held.secret = signing.sealed(secret)
        held.save(update_fields=["secret", "former_secret", "former_until"])
        note(Entry.Action.CHANGED, held, by, "secret")
    return secret


def turn_on(*, endpoint: Endpoint, by: User) -> None:
    """Tell a program again, what still waits first."""
    with transaction.atomic():
        now = clock.now()
        Endpoint.objects.filter(pk=endpoint.pk).update(
            off_at=None, off_why="", failing_since=None, paused_until=None
        )
        Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING).update(due_at=now)
        note(Entry.Action.CHANGED, endpoint, by, "on")


def turn_off(*, endpoint: Endpoint, by: User) -> None:
    """Tell a program nothing more."""
    with transaction.atomic():
        Endpoint.objects.filter(pk=endpoint.pk).update(off_at=clock.now(), off_why=Endpoint.Off.BY_HAND)
        note(Entry.Action.CHANGED, endpoint, by, "off")


def remove(*, endpoint: Endpoint, by: User) -> None:
    """Forget a program, and what it was told."""
    with transaction.atomic():
        note(Entry.Action.DELETED, endpoint, by)
        endpoint.delete()


def try_out(*, endpoint: Endpoint, by: User) -> Delivery:
    """Have a trial sent, which says nothing. Raises IsOff."""
    if endpoint.off_at is not None:
        raise IsOff
    with transaction.atomic():
        note(Entry.Action.RAN, endpoint, by, "trial")
        return events.trial(endpoint)


def send_again(*, delivery: Delivery, by: User) -> None:
    """Have a message sent once more, under the same key, by which the receiver knows it. Raises IsOff."""
    if delivery.endpoint.off_at is not None:
        raise IsOff
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, tries=0, due_at=clock.now(), claimed_at=None
        )
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(paused_until=None)
        note(Entry.Action.RAN, delivery.endpoint, by, f"again:{delivery.pk}")


def note(action: str, endpoint: Endpoint, by: User, words: str = "") -> None:
    journal.record(journal.Act(action, "webhook", endpoint.pk, note=words), by=by.pk)
