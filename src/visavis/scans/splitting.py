"""Split a stack of pages at its sheets. No Django here: pages and what their codes mean in, parts out, none lost."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seen:
    """One page as it was scanned: its number, what its codes mean, and whether anything stands on it.

    `meanings` are those of our own codes: none on a usual page, two where one cannot say which is meant.
    """

    number: int
    meanings: tuple[Hashable, ...] = ()
    is_blank: bool = False
    is_broken: bool = False
    # The sheet is a page of what it announces: a letter written on, answers ticked.
    is_content: bool = False


@dataclass
class Stack:
    """Pages that belong together: what their sheet means, if they have one, and which of them are sheets alone."""

    meanings: tuple[Hashable, ...]
    pages: list[Seen] = field(default_factory=list)

    @property
    def sheets(self) -> list[int]:
        return [one.number for one in self.pages if one.meanings and not one.is_content]

    @property
    def content(self) -> list[Seen]:
        """Return the pages that something stands on and that are no mere sheet."""
        return [one for one in self.pages if not one.is_blank and (one.is_content or not one.meanings)]


def split(pages: Iterable[Seen]) -> list[Stack]:
    """Return the parts of a stack in order. A sheet that goes through twice, or has a blank back, begins one part."""
    stacks: list[Stack] = []
    for page in pages:
        last = stacks[-1] if stacks else None
        if last is not None and (not page.meanings or _is_doubled(last, page)):
            last.pages.append(page)
        else:
            stacks.append(Stack(page.meanings, [page]))
    return stacks


def _is_doubled(stack: Stack, page: Seen) -> bool:
    """Say whether a sheet is the one before once more, with nothing between."""
    if stack.meanings != page.meanings or len(page.meanings) != 1:
        return False
    between = [one for one in stack.content if not one.meanings]
    return not between
