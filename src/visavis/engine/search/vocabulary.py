"""How people speak of work and of its conditions: the tables beside, read once."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from visavis.engine.search.words import cut, stem
from visavis.folding import distance, fold

TITLED, ENGLISH = (Path(__file__).with_name(f"{name}.tsv") for name in ("titled", "titled_en"))

FAINTER = 0.92
"""What each further tag of a condition counts beside the first, which says it most plainly."""

MOST_WORDS = 5
"""Words of the longest phrase of the trades."""


@dataclass(frozen=True)
class Trade:
    """What a phrase means: beginnings of ROME codes, those near it, words that speak of the same."""

    codes: tuple[str, ...]
    near: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """What people say of how work is done. Factors count in [0, 1]; tags are those of `documents.TAGS`.

    `yes`: what each tag counts, the first most where none says otherwise.
    """

    name: str
    said: re.Pattern[str]
    yes: Mapping[str, float]
    no: tuple[str, ...]
    unknown: float
    against: float
    keeps: bool


def _read(name: str) -> Any:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _rows() -> Iterator[tuple[Sequence[Sequence[str]], Trade]]:
    """Give the phrases of each row of the trades, in words, and what they mean."""
    for said, meant in _read("trades.toml")["trades"].items():
        codes, _, words = meant.partition(":")
        parts = codes.split()
        yield (
            [cut(phrase) for phrase in said.split(",")],
            Trade(
                tuple(part for part in parts if not part.startswith("~")),
                tuple(part[1:] for part in parts if part.startswith("~")),
                tuple(dict.fromkeys(" ".join(map(stem, cut(word))) for word in words.split())),
            ),
        )


@cache
def trades() -> Mapping[tuple[str, ...], Trade]:
    """Return what each phrase, as stems, means; a phrase of several rows means all of them."""
    return _by(_key)


@cache
def _as_written() -> Mapping[tuple[str, ...], Trade]:
    """Return what each phrase means that others with the same stems do not."""
    return {words: row for words, row in _by(tuple).items() if row != trades()[_key(words)]}


def _by(key: Callable[[Sequence[str]], tuple[str, ...]]) -> dict[tuple[str, ...], Trade]:
    found: dict[tuple[str, ...], Trade] = {}
    for phrases, row in _rows():
        for phrase in map(key, phrases):
            old = found.get(phrase)
            found[phrase] = row if old is None else _both(old, row)
    return found


def trade_of(words: Sequence[str]) -> Trade | None:
    """Return what words mean as a phrase, in any form of each; a word that stands in a row itself means that row.

    >>> trade_of(["taxi"]).codes, trade_of(["taxis"]).codes, trade_of(["tax"]).codes, trade_of(["licorne"])
    (('N4102',), ('N4102',), ('M1203',), None)
    """
    return _own_row(words) or trades().get(_key(words))


def is_said(word: str) -> bool:
    """Say whether a word by itself stands in a row as it is written, and not only one with its stem.

    >>> is_said("taxi"), is_said("meca"), is_said("mecs")
    (True, False, True)
    """
    return word in _words_said()


@cache
def _words_said() -> frozenset[str]:
    return frozenset(
        phrase[0] for phrases, _row in _rows() for phrase in map(tuple, phrases) if len(phrase) == 1
    )


def is_of_a_shorter(word: str) -> bool:
    """Say whether a word has the stem of a shorter one that means quite another trade.

    >>> is_of_a_shorter("driver"), is_of_a_shorter("drive"), is_of_a_shorter("rayons"), is_of_a_shorter("licorne")
    (True, False, False, False)
    """
    own = _own_row([word])
    if own is None:
        return False
    codes, key = {*own.codes, *own.near}, _key([word])
    return any(
        len(words[0]) < len(word) and _key(words) == key and not codes & {*row.codes, *row.near}
        for words, row in _as_written().items()
    )


def _own_row(words: Sequence[str]) -> Trade | None:
    """Return what is meant by words that stand in a row themselves, alone or more than one."""
    one = tuple(word.removesuffix("s") for word in words)
    return _as_written().get(tuple(words)) or _as_written().get(one)


def _key(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))


@cache
def _phrases() -> Mapping[tuple[str, ...], Sequence[tuple[str, str]]]:
    """Return what stands at one place of the phrases of the trades: stem and word, by the phrase without it."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for said in _read("trades.toml")["trades"]:
        for phrase in said.split(","):
            words = cut(phrase)
            stems = [stem(word) for word in words]
            for place in range(len(words) if 1 < len(words) <= MOST_WORDS else 0):
                key = (*stems[:place], "", *stems[place + 1 :])
                found.setdefault(key, []).append((stems[place], words[place]))
    return found


LEAST_RIGHT = 6
"""Letters of a stem that may be a slip for another of a phrase."""


def meant_phrase(stems: Sequence[str]) -> Sequence[tuple[int, str]]:
    """Return where one letter of a phrase makes another that the trades know, and the word it makes.

    >>> meant_phrase(("agent", stem("propriete")))
    [(1, 'proprete')]
    """
    found = []
    for place, said in enumerate(stems):
        others = _phrases().get((*stems[:place], "", *stems[place + 1 :]), ())
        found += [
            (place, word)
            for other, word in others
            if other != said
            and min(len(said), len(other)) >= LEAST_RIGHT
            and other[0] == said[0]
            and distance(said, other, 1) <= 1
        ]
    return found


@cache
def titled() -> Mapping[tuple[str, ...], Trade]:
    """Return which occupations a stem, or two side by side, speaks of in titles: `scripts/trade_words.py`.

    What French titles say counts before what English ones do.
    """
    return _titled(ENGLISH) | _titled(TITLED)


def _titled(path: Path) -> dict[tuple[str, ...], Trade]:
    found: dict[tuple[str, ...], Trade] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        said, codes = line.split("\t")
        parts = codes.split()
        found[tuple(said.split())] = Trade(
            tuple(part for part in parts if not part.startswith("~")),
            tuple(part[1:] for part in parts if part.startswith("~")),
            (),
        )
    return found


def _both(one: Trade, other: Trade) -> Trade:
    return Trade(
        tuple(dict.fromkeys(one.codes + other.codes)),
        tuple(dict.fromkeys(one.near + other.near)),
        tuple(dict.fromkeys(one.words + other.words)),
    )


@cache
def spoken() -> frozenset[str]:
    """Return every word of the phrases of the trades."""
    return frozenset(word for said in _read("trades.toml")["trades"] for word in cut(said))


@cache
def ordinary() -> frozenset[str]:
    """Return the words that are seldom meant as the town that is called so: those of trades and roles, and others."""
    listed = _read("trades.toml")
    return spoken() | frozenset(cut(listed["roles"]["said"] + listed["ordinary"]["said"]))


@cache
def fillers() -> frozenset[str]:
    """Return the words that say nothing of the work."""
    return frozenset(fold(_read("trades.toml")["fillers"]["said"]).split())


def work_in(text: str) -> frozenset[str]:
    """Return the stems of what a text says of the work, what says nothing of it left out.

    >>> work_in("Tailleur / Tailleuse de vigne") == work_in("tailleuse de vignes")
    True
    """
    return frozenset(stem(word) for word in cut(text) if word not in fillers())


@cache
def roles() -> frozenset[str]:
    """Return the stems that say what place somebody has ("agent", "responsable"), and not in which trade."""
    return frozenset(stem(word) for word in cut(_read("trades.toml")["roles"]["said"]))


@cache
def leads() -> frozenset[str]:
    """Return the stems that say that somebody leads, one for another: "manager" is "responsable"."""
    return frozenset(stem(word) for word in cut(_read("trades.toml")["roles"]["leads"]))


@cache
def helps() -> frozenset[str]:
    """Return the words that say that somebody helps in the trade said behind them ("aide")."""
    return frozenset(_read("trades.toml")["roles"]["helps"].split())


@cache
def conditions() -> Mapping[str, Condition]:
    """Return all conditions by name, in the order in which they are looked for."""
    return {
        name: Condition(
            name,
            re.compile(rf"(?<!\w)(?:{one['said']})(?!\w)"),
            _counted(one["yes"].split()),
            tuple(one["no"].split()),
            one["unknown"],
            one["against"],
            one.get("keeps", False),
        )
        for name, one in _read("conditions.toml").items()
    }


def _counted(tags: list[str]) -> dict[str, float]:
    parts = [tag.partition(":") for tag in tags]
    return {name: float(factor or FAINTER**place) for place, (name, _, factor) in enumerate(parts)}


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Return what is read in the words of an ad, by tag."""
    return {tag: re.compile(rf"(?<!\w)(?:{said})") for tag, said in _read("tags.toml")["tags"].items()}


CODE_LETTERS = 5


def code_of(title: str) -> str:
    """Return the occupation that a title speaks of, by the longest phrase of the trades in it; empty if none.

    >>> code_of("Chauffeur poids lourd (H/F)"), code_of("Licorne")
    ('N4101', '')
    """
    return next(iter(codes_of(title)), "")


def codes_of(title: str) -> Sequence[str]:
    """Return all whole codes of the longest phrase of the trades in a title, the foremost first."""
    words = cut(title)
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            trade = trade_of(words[at : at + size])
            whole = [code for code in trade.codes if len(code) == CODE_LETTERS] if trade else []
            if whole:
                return whole
    return ()
