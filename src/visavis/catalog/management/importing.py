"""What the commands that import have in common: a bar, a summary, a report in a file."""

import csv
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from visavis.catalog.imports.report import ImportReport
from visavis.catalog.imports.tables import Unreadable
from visavis.common import progress

SHOWN = 12


class ImportCommand(BaseCommand):
    """Runs an import and says what it did."""

    label = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--report", type=Path, help="write every problem to this CSV file: file, line, reason"
        )

    def run(self, work: Callable[[progress.Report], ImportReport], options: dict[str, Any]) -> None:
        """Call the service under a progress bar, then print the summary and the first problems."""
        try:
            with progress.bar(self.label) as tell:
                report = work(tell)
        except Unreadable as refusal:
            raise CommandError(str(refusal)) from None
        if options["verbosity"]:
            self.summarise(report)
        if options["report"]:
            write(report, options["report"])
            self.stdout.write(_("Every problem is in %(file)s.") % {"file": options["report"]})

    def summarise(self, report: ImportReport) -> None:
        console = Console(width=100)
        table = Table(box=None)
        table.add_column("")
        for heading in (_("created"), _("changed"), _("unchanged"), _("no longer current")):
            table.add_column(heading, justify="right")
        for name, its in report.counts.items():
            table.add_row(name, *map(str, (its.created, its.changed, its.unchanged, its.gone)))
        with console.capture() as drawn:
            console.print(table)
        self.stdout.write(drawn.get())
        total = sum(report.totals.values())
        if not total:
            self.stdout.write(_("Every row was read."))
            return
        self.stdout.write(ngettext("%(n)s problem:", "%(n)s problems:", total) % {"n": total})
        for (file, reason), number in list(report.totals.items())[:SHOWN]:
            first = next(one for one in report.problems if (one.file, one.reason) == (file, reason))
            where = file if first.line is None else f"{file}:{first.line}"
            self.stdout.write(
                f"  {where}  {reason}  {first.detail}" + (f"  (x {number})" if number > 1 else "")
            )


def write(report: ImportReport, file: Path) -> None:
    """Write the problems, then how many more of each there are."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["file", "line", "reason", "detail"])
        for one in report.problems:
            writer.writerow([one.file, one.line or "", one.reason, one.detail])
        for name, reason, number in report.left_out():
            writer.writerow([name, "", reason, f"+ {number}"])
