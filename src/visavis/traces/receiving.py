"""Reports taken in: whoever shows a permit may leave one, and nobody learns who."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.traces import keys, periods
from visavis.traces.models import Period, Report

RANDOM_BYTES = 32
SAYS = b"visavis-permit-1:"
LONGEST_MESSAGE = RANDOM_BYTES + len(SAYS) + 7


class NotAReport(Refused):
    """What came is not, to the byte, a report of its quarter."""

    words = _("This is not a report that we collect now. Update the companion; nothing was kept.")


class NotPermitted(Refused):
    """The permit is none of ours, or its time is over."""

    words = _("This permit is not valid, or its quarter is over. Nothing was kept.")


class AlreadyUsed(Refused):
    """The permit brought another report before."""

    words = _("This permit was used for another report. The first one counts, this one was not kept.")


@dataclass(frozen=True)
class Shown:
    """A permit as its holder shows it: the message, and our signature with the blinding taken off."""

    message: bytes
    signature: bytes

    @property
    def digest(self) -> str:
        return sha256(self.message).hexdigest()


def receive(*, report: bytes, shown: Shown) -> None:
    """Keep a report once. The same one again changes nothing.

    Raises NotPermitted, NotAReport, and AlreadyUsed when the permit brought another report.
    """
    period = permitted(shown)
    try:
        items, group = period.survey.read(report)
    except ValueError:
        raise NotAReport from None
    if group and group not in periods.group_codes():
        raise NotAReport
    try:
        with transaction.atomic():
            Report.objects.create(permit_digest=shown.digest, period=period, group=group, items=items)
    except IntegrityError:
        kept = Report.objects.get(pk=shown.digest)
        if (kept.items, kept.group) != (items, group):
            raise AlreadyUsed from None


def permitted(shown: Shown) -> Period:
    """Return the quarter of a permit: this one, or the last until its reports are counted. Raises NotPermitted."""
    said = shown.message[RANDOM_BYTES:]
    if not said.startswith(SAYS) or len(shown.message) > LONGEST_MESSAGE:
        raise NotPermitted
    code = said.removeprefix(SAYS).decode("ascii", "replace").replace("\0", "")
    period = Period.objects.filter(pk=code, is_closed=False).first()
    if period is None or not keys.is_signed(int(period.modulus), shown.message, shown.signature):
        raise NotPermitted
    return period


def take_back(*, shown: Shown) -> None:
    """Empty the report that a permit brought: it counts no more, and the permit stays used.

    A permit that brought none is used up. Raises NotPermitted once its quarter's reports are counted.
    """
    period = permitted(shown)
    with transaction.atomic():
        Report.objects.update_or_create(
            permit_digest=shown.digest,
            defaults={"items": None, "group": ""},
            create_defaults={"period": period},
        )


def counted(_now: dt.datetime) -> QuerySet[Report]:
    """Find the reports of quarters whose counts are final."""
    return Report.objects.filter(period__is_closed=True)
