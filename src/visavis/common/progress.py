"""A progress bar on the terminal; silent where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Report(Protocol):
    """Called with what is done and what there is in all."""

    def __call__(self, done: int, total: int) -> None: ...


def silent(done: int, total: int) -> None:
    """Report to nobody."""


@contextmanager
def bar(label: str) -> Iterator[Report]:
    """Show a bar on the error stream while the block runs."""
    # Here, for a web worker imports this module and shows no bar.
    from rich import progress as shown  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    columns = (
        shown.TextColumn("{task.description}"),
        shown.BarColumn(),
        shown.MofNCompleteColumn(),
        shown.TimeRemainingColumn(),
    )
    with shown.Progress(*columns, console=Console(file=sys.stderr)) as progress:
        task = progress.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield report
