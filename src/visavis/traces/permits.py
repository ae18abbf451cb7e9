"""Permits: who may report this quarter. Each person one, for all her devices, up to a cap for life.

Nothing here writes in the journal: a line would tell whoever reads it that she has the companion
(docs/decisions/2026-11-25-traces.md).
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.consents.purposes import Other
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.traces import keys, periods
from visavis.traces.models import Period, Permit, Stop


class NotGiven(Refused):
    """No permit: `why` is the word that the companion is told."""

    why = "period"


class AlreadyGiven(NotGiven):
    """Another device of hers has this quarter's permit."""

    why = "already"

    words = _("A permit of this quarter was already given to you, perhaps on another device.")


class CapReached(NotGiven):
    """Another report would tell more of her than the service allows in a life."""

    why = "cap"

    words = _("You have sent as many reports as one person may: no more is ever asked of you.")


class Stopped(NotGiven):
    """She said that she wants no permit."""

    why = "stopped"

    words = _("You stopped permits. You can allow them again on the page of what we know.")


class NotNow(NotGiven):
    """The period asked for is not this one, or nothing is collected."""

    words = _("This is not the present quarter. Open the companion’s page again, then try again.")


def can_have_permits(actor: User) -> bool:
    """Whoever looks for work."""
    return actor.has_role(Role.JOBSEEKER)


def is_for(visitor: object) -> bool:
    """Say whether a page may lead to what is hers: whoever looks for work, or has not signed in yet."""
    return not isinstance(visitor, User) or can_have_permits(visitor)


def give(*, blinded: bytes, period: str, by: User) -> bytes:
    """Sign a blinded message for who asks, and keep that she asked.

    The same message is signed again, however often: a device may have crashed before it got the answer. Raises
    AlreadyGiven for another message of the same quarter, CapReached, Stopped, NotNow, keys.CannotBeSigned.
    """
    digest = sha256(blinded).hexdigest()
    with transaction.atomic():
        # Whoever asks twice at once waits here: the second finds what the first wrote.
        User.objects.select_for_update().get(pk=by.pk)
        now = periods.current()
        if now is None or now.code != period:
            raise NotNow
        signature = signed(now, blinded)
        given = Permit.objects.filter(user=by, period=now).first()
        if given is None:
            refuse_more(now, by)
            cost = now.epsilon_thousandths
            Permit.objects.create(user=by, period=now, epsilon_thousandths=cost, blinded_digest=digest)
        elif given.blinded_digest != digest:
            raise AlreadyGiven
    return signature


def refuse_more(period: Period, user: User) -> None:
    """Refuse who stopped permits, and who has spent what one may spend in a life."""
    if Stop.objects.filter(user=user).exists():
        raise Stopped
    if spent(user) + period.epsilon_thousandths > settings.VISAVIS_REPORT_CAP:
        raise CapReached


def signed(period: Period, blinded: bytes) -> bytes:
    return keys.sign_blinded(keys.unseal(bytes(period.sealed_key), period.code), blinded)


def spent(user: User) -> int:
    """Return the thousandths of ε of all the permits she was given, whether or not reports followed."""
    return Permit.objects.visible_to(user).aggregate(sum=Sum("epsilon_thousandths"))["sum"] or 0


def of(user: User) -> list[Permit]:
    """Return her permits, the latest first."""
    return list(Permit.objects.visible_to(user).select_related("period").order_by("-period__starts_on"))


def stop(*, by: User) -> None:
    """Give her no permit from now on. What was given stays counted."""
    Stop.objects.get_or_create(user=by)


def allow(*, by: User) -> None:
    """Take her stop back."""
    Stop.objects.filter(user=by).delete()


def agreed(user: User) -> list[Other]:
    """Say on her page of what she agreed to where permits are seen and stopped; the same to everybody of her role."""
    if not can_have_permits(user):
        return []
    words = gettext(
        "A report leaves your device only with a permit, one a quarter, that you give in the companion’s window."
        " Nobody but you sees whether you gave any."
    )
    return [
        Other(
            gettext("Private reports"), words, reverse("traces:mine"), gettext("See my permits, or stop them")
        )
    ]


def export(user: User) -> dict[str, Any]:
    """Return all that is kept of her here, for her own file."""
    return {
        "given": [
            {
                "quarter": one.period_id,
                "epsilon_thousandths": one.epsilon_thousandths,
                "blinded_message_sha256": one.blinded_digest,
            }
            for one in of(user)
        ],
        "stopped": Stop.objects.filter(user=user).exists(),
    }
