"""Retire what disappeared, when the file can be trusted, and keep a record of each import."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from visavis.catalog import cache
from visavis.catalog.imports import bulk
from visavis.catalog.imports.bulk import Merge, Values
from visavis.catalog.imports.report import Counts, ImportReport
from visavis.catalog.imports.tables import Table
from visavis.catalog.models import Edition
from visavis.common import clock
from visavis.folding import fold_words


@dataclass(frozen=True)
class Whole:
    """Files that name all rows of a source; with `shrink`, also when that is less than half of those known."""

    tables: Sequence[Table]
    shrink: bool = False

    def is_trusted(self, known: int, seen: int) -> bool:
        """Say whether what the files do not name may be called gone; report why when it may not."""
        # The one that could not be read whole, if there is one.
        table = min(self.tables, key=lambda table: table.is_whole)
        if not table.is_whole:
            table.problem(None, _("Some rows could not be read: nothing was marked as no longer current."))
            return False
        if seen * 2 < known and not self.shrink:
            table.problem(
                None,
                _("More than half of the known rows are missing: nothing was marked as no longer current."),
                f"{seen} / {known}",
            )
            return False
        return True


def bring(
    model: type[Model],
    rows: Iterable[Values],
    counts: Counts,
    merge: Merge = bulk.take_new,
    *,
    source: str,
    files: Whole | None = None,
) -> set[str]:
    """Write a source's rows by their codes, mark as no longer current what it no longer names; give the codes.

    What the project ships names all its rows, without files.
    """
    seen = {key[0] for key in bulk.upsert(model, ("code",), rows, counts, merge)}
    mine = model._default_manager.filter(source=source)
    if files is None or files.is_trusted(mine.filter(is_current=True).count(), len(seen)):
        bulk.retire(mine, "code", seen, counts)
    return seen


def bring_links(
    mine: QuerySet[Any],
    key: tuple[str, str],
    rows: Iterable[Values],
    counts: Counts,
    merge: Merge = bulk.take_new,
    *,
    files: Whole | None = None,
) -> None:
    """Write a source's links, and delete those of its own, `mine`, that it no longer names."""
    seen = bulk.upsert(mine.model, key, rows, counts, merge)
    if files is None or files.is_trusted(mine.count(), len(seen)):
        bulk.remove_links(mine, key, seen, counts)


def retire_doubles(others: QuerySet[Any], labels: Set[str], counts: Counts) -> None:
    """Mark as no longer current the titles of other sources that an official one says word for word.

    The official list says under which occupation a title stands, whatever another source said.
    """
    rows = others.filter(is_current=True).values_list("pk", "label")
    doubles = [pk for pk, label in rows if fold_words(label) in labels]
    for start in range(0, len(doubles), 500):
        others.model._default_manager.filter(pk__in=doubles[start : start + 500]).update(is_current=False)
    counts.gone += len(doubles)


def keep(report: ImportReport) -> None:
    """Record the import, if it changed anything: searches are then built again."""
    if report.has_changed:
        counts = {
            table: {"created": its.created, "changed": its.changed, "gone": its.gone}
            for table, its in report.counts.items()
        }
        cache.forget_all()
        Edition.objects.create(source=report.source, done_at=clock.now(), counts=counts)
