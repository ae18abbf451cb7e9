"""How plainly a page speaks: its sentences, as they are read, weighed after Kandel and Moles (1958)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import pyphen
from lxml.etree import _Element

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENDS = re.compile(r"(?<=[.!?…])\s+|\s[:·–]\s")
# Between these, one reads on; all else begins a new line.
WITHIN = frozenset(
    ["a", "abbr", "b", "bdi", "br", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "sub", "sup"]
)
# What is no sentence of ours: drawings, what others typed, tables of figures, and what is only heard.
LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "svg",
        "template",
        "select",
        "textarea",
        "table",
        "address",
        "time",
        "noscript",
        "code",
    ]
)
DICTIONARY = pyphen.Pyphen(lang="fr_FR")


@dataclass(frozen=True)
class Sentence:
    """One sentence, or a label, and its words."""

    said: str

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.said)

    @property
    def ease(self) -> float:
        """Flesch's reading ease with the weights for French: about 0 to 120, more is plainer."""
        return ease([self])


@cache
def syllables(word: str) -> int:
    """Count the parts in which a word is said, as a printer would break it."""
    return len(DICTIONARY.positions(word.lower())) + 1


def ease(sentences: Iterable[Sentence]) -> float:
    """Return the reading ease of sentences: 207 - 1.015 words a sentence - 73.6 syllables a word."""
    said = [one.words for one in sentences]
    words = [word for one in said for word in one]
    return 207 - 1.015 * len(words) / len(said) - 73.6 * sum(map(syllables, words)) / len(words)


def middle(sentences: Iterable[Sentence]) -> float:
    """Return how many words a sentence of five or more has, in the middle."""
    return median([len(one.words) for one in sentences if len(one.words) >= 5] or [0])


def sentences_of(main: Any) -> list[Sentence]:
    """Return what stands on a page, sentence by sentence."""
    lines: list[str] = []
    _read(main, lines, [])
    parts = (part.strip() for line in lines for part in ENDS.split(" ".join(line.split())))
    return [Sentence(part) for part in parts if WORD.search(part)]


def stands_alone(element: _Element) -> bool:
    """Say whether it is no part of the sentence around it: a link in a row, a button, what a script shows instead."""
    if element.get("hidden") is not None:
        return True
    parent = element.getparent()
    around = parent.get("class", "") if parent is not None else ""
    return element.tag == "a" and ("button" in element.get("class", "") or "links" in around)


def _read(element: _Element, lines: list[str], line: list[str]) -> None:
    """Read an element into the line that is being written, or into lines of its own."""
    is_within = element.tag in WITHIN and not stands_alone(element)
    mine = line if is_within else []
    mine.append(element.text or "")
    for child in element:
        if (
            not isinstance(child.tag, str)
            or child.tag in LEFT_OUT
            or "visually-hidden" in child.get("class", "")
        ):
            mine.append(" ")
        elif child.tag in WITHIN and not stands_alone(child):
            _read(child, lines, mine)
        else:
            lines.append("".join(mine))
            mine.clear()
            _read(child, lines, [])
        mine.append(child.tail or "")
    if not is_within:
        lines.append("".join(mine))
