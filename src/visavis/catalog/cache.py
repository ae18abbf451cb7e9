"""What is built once per process from the catalogue, and again when the catalogue has changed."""

from collections.abc import Callable
from functools import cache
from threading import Lock
from time import monotonic
from weakref import WeakSet

from django.db.models import Count, Max, Model, Value

from visavis.catalog.models import Edition
from visavis.common.prepared import Prepared

type Version = tuple[object, ...]


EDITION = Prepared(lambda: Edition.objects.order_by("-pk").values_list("pk")[:1])


@cache
def _state(model: type[Model]) -> Prepared[tuple[object, ...]]:
    """Write the question for the last row of a table, and how many there are."""
    whole = model._default_manager.order_by().annotate(whole=Value(1)).values("whole")
    return Prepared(lambda: whole.annotate(last=Max("pk"), n=Count("pk")).values_list("last", "n"))


class PerEdition[T]:
    """Calls `build` at the first use and after each import, seen within `checks_every_s`.

    Whether the table holds other rows, which no import has told, is asked every `counts_every_s`: to count the
    communes takes the database as long as a search.
    """

    checks_every_s = 1.0
    counts_every_s = 60.0
    everyone: "WeakSet[PerEdition[object]]" = WeakSet()

    def __init__(self, build: Callable[[], T], of: type[Model]) -> None:
        self._build = build
        self._of = of
        self._lock = Lock()
        self._kept: tuple[Version, T] | None = None
        self._checked_at = self._counted_at = 0.0
        self.everyone.add(self)

    def __call__(self) -> T:
        kept, instant = self._kept, monotonic()
        if kept is not None and instant - self._checked_at < self.checks_every_s:
            return kept[1]
        edition = EDITION.first()
        self._checked_at = instant
        is_counted = instant - self._counted_at < self.counts_every_s
        if kept is not None and kept[0][0] == edition and is_counted:
            return kept[1]
        now = edition, _state(self._of).first()
        self._counted_at = instant
        if kept is not None and kept[0] == now:
            return kept[1]
        with self._lock:
            if self._kept is None or self._kept[0] != now:
                self._kept = now, self._build()
            return self._kept[1]

    def forget(self) -> None:
        """Build again at the next use."""
        self._kept = None


def forget_all() -> None:
    """Forget everything that was built: what a test leaves must not reach the next one."""
    for kept in PerEdition.everyone:
        kept.forget()
