"""The card and the PIN with which a person opens a station as herself: issued, blocked and replaced at reception."""

import secrets

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.stations.models import Badge
from visavis.tries import handed
from visavis.tries.models import MOST_TRIES

PIN_LENGTH = 4
# What is tried first.
PLAIN = frozenset({"1234", "4321", "0123", "9876", *(sign * PIN_LENGTH for sign in "0123456789")})


class NotForStaff(Refused):
    """A card opens the account of who looks for work, and no other."""

    words = _("A card is only for people who look for work. Who works here signs in with a second factor.")


class WrongPin(Refused):
    """The card is unknown, blocked, or its PIN another one."""

    words = _(
        "This card and this PIN do not go together. After five wrong PINs, reception gives you another."
    )


class Locked(Refused):
    """Five PINs were wrong."""

    words = _("Five PINs were wrong. Go to reception, please: you are given another card.")


def drawn_pin() -> str:
    """Draw four figures that nobody tries first."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _place in range(PIN_LENGTH))
        if pin not in PLAIN:
            return pin


def issue(*, person: User, by: User) -> tuple[Badge, str, str]:
    """Give a card in place of the former one; code and PIN are returned this once. Raises NotForStaff."""
    if not person.has_role(Role.JOBSEEKER) or person.is_service_staff:
        raise NotForStaff
    code, pin = handed.drawn(), drawn_pin()
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        former = Badge.objects.valid().of(person).first()
        _end(person, by)
        # Another card brings no other balance.
        kept = {"printed": former.printed, "printed_on": former.printed_on} if former else {}
        row = Badge.objects.create(person=person, code=digest(code), pin=pin_digest(pin, code), by=by, **kept)
        journal.record(journal.Act(Entry.Action.CREATED, "badge", row.pk, person.pk), by=by.pk)
    return row, code, pin


def block(*, person: User, by: User) -> bool:
    """Make her card open nothing any more; say whether it did."""
    with transaction.atomic():
        return _end(person, by)


def _end(person: User, by: User) -> bool:
    for row in Badge.objects.valid().of(person).select_for_update():
        Badge.objects.filter(pk=row.pk).update(ended_at=clock.now())
        journal.record(journal.Act(Entry.Action.DELETED, "badge", row.pk, person.pk), by=by.pk)
        return True
    return False


def digest(code: str) -> str:
    return handed.digest("stations.badge", code)


def pin_digest(pin: str, code: str) -> str:
    """Return what is kept of a PIN: of each card another, so that equal PINs are not seen to be equal."""
    return handed.digest("stations.pin", pin, digest(code))


def proven(*, code: str, pin: str) -> Badge:
    """Return the card whose PIN it is. Each try is counted before it is looked at. Raises WrongPin, Locked."""
    valid = Badge.objects.valid().filter(code=digest(code), person__is_active=True)
    counted = valid.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    row = valid.select_related("person").first()
    is_right = constant_time_compare(pin_digest(pin, code), row.pin if row else "")
    if row is None:
        raise WrongPin
    if not counted:
        raise Locked
    if not is_right:
        people.note_refused_sign_in(user=row.person, how="badge")
        raise Locked if row.is_locked else WrongPin
    Badge.objects.filter(pk=row.pk).update(tries=0)
    return row
