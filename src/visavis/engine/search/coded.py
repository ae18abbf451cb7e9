"""Codes of N documents, each code written once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visavis.engine.facts.occupations import JOINT


@dataclass(frozen=True)
class Coded:
    """N codes: the place of each document's in `names`.

    >>> towns = Coded.of(["07019", "26362", "07019"])
    >>> towns.are("07019").tolist(), towns.renamed(lambda code: code[:2]).names
    ([True, False, True], ('07', '26'))
    """

    names: tuple[str, ...]
    at: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.at)

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Coded":
        """Number codes in the order in which they come."""
        place: dict[str, int] = {}
        at = [place.setdefault(code, len(place)) for code in codes]
        return cls(tuple(place), np.array(at, np.int32))

    @classmethod
    def joined(cls, parts: Sequence["Coded"]) -> "Coded":
        """Put parts one behind the other."""
        place: dict[str, int] = {}
        rows = [[place.setdefault(name, len(place)) for name in part.names] for part in parts]
        at = [np.array(row, np.int32)[part.at] for row, part in zip(rows, parts, strict=True) if len(part)]
        return cls(tuple(place), np.concatenate(at) if at else np.zeros(0, np.int32))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def are(self, code: str) -> NDArray[np.bool_]:
        """Say which have a code, and no other."""
        return np.equal(self.at, self._place.get(code, -1))

    def among(self, code: str) -> NDArray[np.bool_]:
        """Say which have a code, perhaps among several."""
        return self.taken([code in name.split(JOINT) for name in self.names], bool)

    def cut(self, places: NDArray[np.int64]) -> "Coded":
        """Keep the documents at some places."""
        return Coded(self.names, self.at[places])

    def renamed(self, by: Callable[[str], str]) -> "Coded":
        """Give every code another name; several may get the same."""
        other = Coded.of(map(by, self.names))
        return Coded(other.names, other.at[self.at] if len(self) else self.at)

    def taken[Kind: np.generic](
        self, of_names: Sequence[object], kind: type[Kind] | type[bool]
    ) -> NDArray[Kind]:
        """Return for each document what stands for its code, given a value a name."""
        return np.array([*of_names, *([] if of_names else [0])], kind)[self.at]
