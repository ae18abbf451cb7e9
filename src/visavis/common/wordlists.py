"""Lists of words kept as TOML beside the code that reads them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any


def words_beside(file: str, name: str) -> dict[str, Any]:
    """Read the list of that name beside a module; give its `__file__`."""
    return tomllib.loads((Path(file).parent / name).read_text(encoding="utf-8"))


def either(text: str) -> str:
    """Return the alternatives of a pattern, written over several lines, as one."""
    return text.replace("\n", "")


class Gated:
    """A pattern that is only tried on a text that holds one of the words without which it cannot match.

    Most texts hold none of them: looking for a plain word is some fifty times faster than trying a pattern. It is
    compiled when it is first tried: most processes read no ad.

    >>> found = Gated(r"\\bnuits?\\b|travail (?:de |)nocturne")
    >>> sorted(found.needed), [match[0] for match in found.finditer("de nuit")]
    (['nuit', 'travail '], ['nuit'])
    """

    def __init__(self, pattern: str, rarest: str = "") -> None:
        """Take a pattern, and the part of it that is rarest where it is not the whole."""
        self.written, self.rarest = pattern, rarest or pattern

    @cached_property
    def pattern(self) -> "re.Pattern[str]":
        return re.compile(self.written)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        words = needed(_parser.parse(self.rarest))
        least = [word for word in words if not any(other in word for other in words - {word})]
        return tuple(sorted(least, key=len, reverse=True)) or ("",)

    def finditer(self, text: str, *span: int) -> Iterable["re.Match[str]"]:
        for word in self.needed:
            if word in text:
                return self.pattern.finditer(text, *span)
        return ()

    def search(self, text: str, *span: int) -> "re.Match[str] | None":
        return next(iter(self.finditer(text, *span)), None)


def needed(parsed: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return plain words of which each match holds at least one; none where none can be told."""
    best, run = frozenset[str](), ""
    for code, part in (*parsed, (None, None)):
        if code is _parser.LITERAL:
            run += chr(part)
            continue
        best = max(best, frozenset({run} if run else ()), inside(code, part), key=worth)
        run = ""
    return best


def inside(code: Any, part: Any) -> frozenset[str]:
    if code is _parser.BRANCH:
        several = [needed(one) for one in part[1]]
        return frozenset().union(*several) if all(several) else frozenset()
    if code is _parser.SUBPATTERN:
        return needed(part[3])
    if code is _parser.MAX_REPEAT and part[0]:
        return needed(part[2])
    return frozenset()


def worth(words: frozenset[str]) -> tuple[int, int]:
    """Long words are rare; few are quick to look for."""
    return min(map(len, words), default=0), -len(words)
