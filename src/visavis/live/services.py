"""Tell open pages that something changed, with the act that changed it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from visavis.common import clock
from visavis.live.models import Bulletin

KEPT = dt.timedelta(hours=1)


def tell(topic: str, body: Mapping[str, Any], *, to: int | None = None, key: str | None = None) -> None:
    """Tell the open pages of a topic, or those of one user among them, once the transaction is committed.

    Nothing of a person stands in the body: numbers and codes, of which the page asks the rest. `key` makes what is
    posted again one row.
    """
    row = Bulletin(topic=topic, body=dict(body), for_user=to, key=key)
    if key is None:
        row.save(force_insert=True)
    else:
        tell_in_order([row])


def tell_in_order(rows: Sequence[Bulletin]) -> None:
    """Tell several things, each with a key of its own, in one statement: they are numbered as they stand here."""
    Bulletin.objects.bulk_create(rows, ignore_conflicts=True)


def newest() -> int:
    """Return the number up to which a page that is being made knows everything: asked before it reads anything."""
    return max(0, Bulletin.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def old(now: dt.datetime) -> QuerySet[Bulletin]:
    """Return what no page comes back for; the newest stays, so that it is known how far the numbers went."""
    return Bulletin.objects.filter(at__lt=now - KEPT, pk__lt=newest())


def sweep() -> int:
    """Throw away what is old."""
    return old(clock.now()).delete()[0]
