"""Pages handed out to print, within a balance: a day for a badge, a sitting else."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.queues.services import today
from visavis.stations.models import Badge, Sitting
from visavis.stations.models.station import rules_of


class TooManyPages(Refused):
    """More pages than are left."""

    words = _("These are more pages than you have left. Ask at reception: we print it for you.")


def left(sitting: Sitting) -> int:
    """Return how many pages may still be handed out."""
    most = rules_of(sitting.station.agency).pages
    badge = sitting.badge
    taken = badge.printed_today(today(sitting.station.agency)) if badge else sitting.pages
    return max(0, most - taken)


def hand_out(*, sitting: Sitting, pages: int) -> None:
    """Take pages off the balance, before they are handed out. Raises TooManyPages."""
    if pages < 1:
        raise TooManyPages
    with transaction.atomic():
        row = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
        if row.badge_id:
            # Another sitting of the same card is over, and counted on the same row.
            Badge.objects.select_for_update(of=("self",)).get(pk=row.badge_id)
        if row.ended_at is not None or pages > left(row):
            raise TooManyPages
        row.pages += pages
        row.save(update_fields=["pages"])
        if row.badge is not None:
            day = today(row.station.agency)
            row.badge.printed = row.badge.printed_today(day) + pages
            row.badge.printed_on = day
            row.badge.save(update_fields=["printed", "printed_on"])
