"""Count rows across all the files of an import, for one progress bar."""

from collections.abc import Iterator

from visavis.catalog.imports.tables import Row, Table
from visavis.common.progress import Report

EVERY = 500


class Steps:
    """Tells how many lines have been read, of all the lines there are."""

    def __init__(self, tell: Report, total: int) -> None:
        self._tell = tell
        self._total = total
        self._done = 0

    def over(self, table: Table | None) -> Iterator[Row]:
        """Yield the rows of a table, none when the file is not there."""
        if table is None:
            return
        start = self._done
        for count, (line, row) in enumerate(table.rows()):
            if count % EVERY == 0:
                self._tell(start + count, self._total)
            yield line, row
        self._done = start + len(table)
        self._tell(self._done, self._total)
