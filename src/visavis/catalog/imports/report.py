"""What an import did, and what it could not read."""

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 20
"""How many problems of one kind are kept with their line; the others are only counted."""


@dataclass(frozen=True)
class Problem:
    """One thing that was not as expected. `line` is None when it concerns the whole file."""

    file: str
    line: int | None
    reason: str
    detail: str = ""


@dataclass
class Counts:
    """Rows of one table, by what became of them."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    @property
    def has_changed(self) -> bool:
        return bool(self.created or self.changed or self.gone)


@dataclass
class ImportReport:
    """Filled while an import runs; nothing in it grows with the size of the files."""

    source: str
    counts: dict[str, Counts] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, table: str) -> Counts:
        """Return the counts of a table, at zero the first time."""
        return self.counts.setdefault(table, Counts())

    def problem(self, file: str, line: int | None, reason: str, detail: str = "") -> None:
        """Note a problem. The same reason in the same file keeps its first examples."""
        self.totals[file, reason] += 1
        if self.totals[file, reason] <= EXAMPLES:
            self.problems.append(Problem(file, line, reason, detail[:120]))

    @property
    def has_changed(self) -> bool:
        return any(counts.has_changed for counts in self.counts.values())

    def left_out(self) -> list[tuple[str, str, int]]:
        """Return file, reason and number of the problems that are counted but not listed."""
        return [(*key, n - EXAMPLES) for key, n in self.totals.items() if n > EXAMPLES]
