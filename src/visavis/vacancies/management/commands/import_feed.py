"""Read a feed of vacancies: scripts/manage import_feed france-travail FILE …"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rich.console import Console
from rich.table import Table

from visavis.common.errors import Refused
from visavis.common.progress import bar
from visavis.vacancies.feeds import reasons, services
from visavis.vacancies.models import FeedRun


class Command(BaseCommand):
    help = (
        "Read a feed of vacancies. The files together are the whole feed: what they no longer hold is closed, "
        "unless --partial. Reading them again changes nothing. A file cut in the middle gives the records "
        "before the cut and closes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=sorted(services.FORMATS), help="the format of the files")
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="JSON as the API gives it, or JSON Lines"
        )
        parser.add_argument("--feed", help="the feed's name; the format's name by default")
        parser.add_argument("--partial", action="store_true", help="the files are only a part: close nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        source = services.Source(
            options["feed"] or options["format"], options["format"], options["files"], options["partial"]
        )
        try:
            with bar(_("Reading vacancies")) as report:
                run = services.read_feed(source=source, by=None, report=report)
        except Refused as error:
            raise CommandError(str(error)) from error
        console = Console(file=self.stdout, width=100, highlight=False)  # type: ignore[arg-type]
        console.print(counts(run))
        console.print(notes(run))


def counts(run: FeedRun) -> Table:
    """Return what the run did."""
    table = Table(title=_("Feed %(name)s, run %(number)s") % {"name": run.feed.name, "number": run.pk})
    for name in (
        pgettext("feed", "Read"),
        pgettext("feed", "Created"),
        pgettext("feed", "Changed"),
        pgettext("feed", "Unchanged"),
        pgettext("feed", "Closed"),
        pgettext("feed", "Refused"),
    ):
        table.add_column(name, justify="right")
    table.add_row(*map(str, (run.read, run.created, run.changed, run.unchanged, run.closed, run.refused)))
    return table


def notes(run: FeedRun) -> Table:
    """Return how many things fell back or were refused, by reason."""
    table = Table(title=_("What fell back or was refused"))
    table.add_column(_("Number"), justify="right")
    table.add_column(_("Reason"))
    for row in run.notes.values("reason").annotate(n=Count("pk")).order_by("-n", "reason"):
        table.add_row(str(row["n"]), reasons.sentence(row["reason"]))
    for cut in run.notes.filter(reason="file_cut"):
        table.add_row(cut.value, cut.field)
    return table
