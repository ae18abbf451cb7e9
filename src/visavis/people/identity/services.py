"""Whose account an identity opens: hers who linked it while signed in. Nothing else finds one, least an e-mail."""

import hashlib

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people import outgoing
from visavis.people.identity import providers
from visavis.people.identity.providers import Provider
from visavis.people.models import LinkedIdentity, User


class IdentityTaken(Refused):
    """This identity opens another account, or this account has another one."""


class LastWayIn(Refused):
    """Without it nobody could come in to this account."""


def subject_of(slot: str, subject: str) -> str:
    """Return what is kept of who a provider says somebody is: found again, and nothing of it can be read.

    In small letters, as contacts are found: a provider tells capital ones apart.
    """
    return hashlib.sha256(f"{slot}\0{subject}".encode()).hexdigest()


def owner(subject: str) -> User | None:
    """Return whose account an identity opens."""
    held = LinkedIdentity.objects.filter(subject=subject).select_related("user").first()
    return held.user if held else None


def linked(user: User) -> set[str]:
    """Return the slots of the providers that she linked."""
    return set(LinkedIdentity.objects.filter(user=user).values_list("provider", flat=True))


def link(*, user: User, provider: Provider, subject: str, by: User) -> None:
    """Let an identity open her account from now on, and warn her. Raises IdentityTaken."""
    taken = IdentityTaken(
        _("This identity opens another account. Sign in to that one, or call us.")
        if provider.slot not in linked(user)
        else _("Your account has an identity of this service already. Unlink it first.")
    )
    try:
        with transaction.atomic():
            made = LinkedIdentity.objects.create(user=user, provider=provider.slot, subject=subject)
            record(Act(Entry.Action.CREATED, "identity", made.pk, user.pk, note=provider.slot), by=by.pk)
    except IntegrityError as error:
        raise taken from error
    outgoing.warn(user)


def unlink(*, user: User, slot: str, by: User) -> None:
    """Take an identity away, unless nothing else lets her in. Raises LastWayIn."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        held = LinkedIdentity.objects.filter(user=locked, provider=slot).first()
        if held is None:
            return
        if not has_another_way_in(locked, slot):
            raise LastWayIn(_("This is your only way in. Add an e-mail, a phone number or a passkey first."))
        record(Act(Entry.Action.DELETED, "identity", held.pk, user.pk, note=slot), by=by.pk)
        held.delete()
    outgoing.warn(user)


def has_another_way_in(user: User, slot: str) -> bool:
    """Say whether she can come in without this identity; another one counts while it opens accounts like hers."""
    opening = {one.slot for one in providers.all_of_them() if one.is_offered_to(user)}
    return (
        user.can_sign_in_alone
        or Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        or bool(opening & linked(user) - {slot})
    )
