"""The life of an edition: begun apart, served at once in place of the last one, thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from visavis.common import clock
from visavis.matches.bridge import scoring
from visavis.matches.models import Edition, MatchList, Price

AT_ONCE = 20_000


def begin(strength: float) -> Edition:
    """Begin an edition that nobody reads yet; what a night that stopped half-way left is thrown away first."""
    throw_away()
    return Edition.objects.create(strength=strength, engine_version=scoring.current().engine_version)


@contextmanager
def writing(edition: Edition | None = None) -> Iterator[Edition]:
    """Give the edition to write to, held until the block ends: one that is in making, else the one served.

    One writer at a time changes the lists served: counts of places stay true, and none is lost when
    the night's edition takes over.
    """
    with transaction.atomic():
        yield edition or _held()


def _held() -> Edition:
    Edition.objects.served()
    while True:
        # Who waited here while another edition took over finds no row, and looks again.
        held = Edition.objects.select_for_update().filter(is_served=True).first()
        if held is not None:
            return held


def serve(edition: Edition) -> None:
    """Serve an edition from now on, in place of the last one, in one transaction."""
    with transaction.atomic():
        last = _held()
        Edition.objects.filter(pk=last.pk).update(is_served=False)
        edition.is_served, edition.served_at = True, clock.now()
        edition.save()


def throw_away() -> None:
    """Delete every edition that is not served, a part at a time."""
    for edition in Edition.objects.filter(is_served=False):
        for rows in (MatchList.objects.filter(edition=edition), Price.objects.filter(edition=edition)):
            while some := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
                rows.filter(pk__gte=some[0], pk__lte=some[-1]).delete()
        edition.delete()
