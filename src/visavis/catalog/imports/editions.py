"""Retire what disappeared, when the file can be trusted, and keep a record of each import."""

from collections.abc import Iterable, Set
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from visavis.catalog import cache
from visavis.catalog.imports import bulk
from visavis.catalog.imports.report import Counts, ImportReport
from visavis.catalog.imports.tables import Table
from visavis.catalog.models import Edition
from visavis.common import clock
from visavis.folding import fold_words


def worst(tables: Iterable[Table]) -> Table:
    """Give the table that could not be read whole, if there is one, else the first."""
    return min(tables, key=lambda table: table.is_whole)


def is_trusted(table: Table, known: int, seen: int, *, shrink: bool) -> bool:
    """Say whether what a file does not name may be called gone; report why when it may not."""
    if not table.is_whole:
        table.problem(None, _("Some rows could not be read: nothing was marked as no longer current."))
        return False
    if seen * 2 < known and not shrink:
        table.problem(
            None,
            _("More than half of the known rows are missing: nothing was marked as no longer current."),
            f"{seen} / {known}",
        )
        return False
    return True


def retire(
    mine: QuerySet[Any], key: str, seen: Set[str], table: Table, counts: Counts, *, shrink: bool
) -> None:
    """Mark as no longer current what this source named before and no longer names."""
    if is_trusted(table, mine.filter(is_current=True).count(), len(seen), shrink=shrink):
        bulk.retire(mine, key, seen, counts)


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
