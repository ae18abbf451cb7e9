"""What somebody means by the words of a search: conditions, pay, a place, and what work."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from visavis.engine.search.spelling import Spelling
from visavis.engine.search.vocabulary import (
    MOST_WORDS,
    Trade,
    conditions,
    fillers,
    helps,
    is_of_a_shorter,
    is_said,
    leads,
    meant_phrase,
    roles,
    titled,
    trade_of,
    trades,
    work_in,
)
from visavis.engine.search.words import cut, stem
from visavis.engine.text.abbreviations import says_otherwise, stands_for
from visavis.engine.text.folding import SMALL_WORDS
from visavis.folding import fold

LONGEST = 250
"""Characters of a query that are read."""

MOST_GROUPS = 12
SPOKEN, NEAR, MEANT = 0.55, 0.4, 0.8
"""What words of a trade, occupations near it and its own occupations count beside the word itself."""

ROLE_SPOKEN = 0.5
"""What is left of a word of a trade that says what place somebody has ("conseiller"), in whatever trade."""

LEADS = 0.8
"""What a word counts that says in another way that somebody leads."""

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_PAY = re.compile(
    r"(?:(?:a |au moins |plus de |minimum |min |salaire (?:de )?|payee? |pay(?:ing)? |>=? ?)*)"
    r"(?P<number>\d{1,3}(?:[ .]\d{3})+|\d{1,6}(?:[.,]\d{1,2})?) ?(?P<kilo>k)?"
    r" ?(?:€|euros?\b|eur\b|k€)(?P<net> nets?\b)?(?: bruts?\b)?"
    r"(?: ?(?:/|de l'|par |a l'|an |per |de |du )?"
    r" ?(?P<unit>h\b|heures?|hour|mois|month|an(?:nee)?s?\b|year|jour|day))?"
    r"(?P<after> nets?\b| bruts?\b)?(?: (?:minimum|min|et plus|ou plus)\b)?"
)
# In France, that one speaks French asks nothing of an opening; a language that is taught is work.
_SPEAKS_FRENCH = re.compile(
    r"\b(?:parl\w+|speak\w*)(?: (?:tres bien|bien|un peu|peu|couramment|good|fluent|a little|some))* (?:le )?"
    r"(?:francais|french)\b(?: (?:couramment|fluently|bien))?|\bfrench[- ]speak\w*|\bfrancais (?:courant|parle)\b"
)
# Hours of a day, which are no hours a week; how far from a place; that one is retired.
_NO_WISH = re.compile(
    r"\b(?:de |from )?\d{1,2} ?(?:h|heures?|am|pm)(?:\d\d)? ?(?:-|/|a|et|to) ?\d{1,2} ?(?:h|heures?|am|pm)(?:\d\d)?\b"
    r"(?! ?(?:par|/|la|a)? ?(?:semaine|sem|hebdo|week))"
    r"|(?:dans )?(?:un )?(?:rayon (?:de |d.)?)?\d{1,3}(?= ?(?:km|kilometres?|minutes?|min|mn)\b)"
    r"|\b(?:je |j.|etant )+(?:suis )?(?:a la |en )?retraitee?\b"
)
_NET_OF_GROSS = 0.78
_HOURS_A = {"hour": 1.0, "day": 7.0, "month": 151.67, "year": 1820.0}
_UNIT = {"h": "hour", "j": "day", "d": "day", "m": "month", "a": "year", "y": "year"}


@dataclass(frozen=True)
class Place:
    """A place that is meant. `kind`: "town" (a point), "department", "region" or "country" (its `code`).

    `is_around`: said to be around it, so farther is near enough. `inside`: points of a department, degrees, (N, 2),
    by which what is just over its border is known.
    """

    kind: str
    code: str
    label: str
    latitude: float = 0.0
    longitude: float = 0.0
    is_around: bool = False
    inside: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Said:
    """Something understood, with the words it was read in; `start` and `end` are places in the folded query."""

    kind: str
    value: str
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Group:
    """One thing the work must have to do with: stems, each with a factor; codes, each with a factor.

    `phrases` are stems that count together. `typed` is what was typed, `meant` the same well spelt.
    `is_role`: it says what place somebody has ("agent"), in whatever trade; `leads`: that she leads.
    """

    typed: str
    meant: str
    words: Mapping[str, float]
    codes: Mapping[str, float] = field(default_factory=dict)
    phrases: tuple[tuple[str, ...], ...] = ()
    is_known: bool = True
    is_role: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Query:
    """A query understood; `denied`: the work that is not wanted, "usine mais pas cariste"."""

    text: str = ""
    groups: tuple[Group, ...] = ()
    conditions: tuple[str, ...] = ()
    denied: tuple[Group, ...] = ()
    place: Place | None = None
    pay_hour: float | None = None
    said: tuple[Said, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.conditions or self.denied or self.place or self.pay_hour)

    @property
    def stems(self) -> frozenset[str]:
        """The stems of everything that was said."""
        return frozenset(map(stem, cut(self.text)))


type PlaceFinder = Callable[[Sequence[str], bool], Place | None]
"""Gives the place that some folded words name; the flag says that a word before them announces a place."""

NO_PLACE: PlaceFinder = lambda words, is_announced: None

type TitleFinder = Callable[[frozenset[str]], Collection[str]]
"""Gives the occupations that have some stems, all of them and no other, for a title."""

NO_TITLE: TitleFinder = lambda stems: ()


def tidied(words: str) -> str:
    """Return what is read of the words of a query as they were typed: `Said` tells places in this, folded.

    >>> tidied("  Aide\u00a0 soignante ")
    'Aide soignante'
    """
    return " ".join(words[:LONGEST].replace("\0", " ").split())


def understand(
    words: str,
    *,
    spelling: Spelling,
    places: PlaceFinder = NO_PLACE,
    titles: TitleFinder = NO_TITLE,
    literally: Collection[str] = (),
) -> Query:
    """Read a query; `literally` names kinds or conditions that are not meant. Never fails."""
    text = fold(tidied(words))
    said: list[Said] = []
    rest, pay = _pay(text, said) if "pay" not in literally else (text, None)
    rest = _blanked(_SPEAKS_FRENCH, _conditions(_blanked(_NO_WISH, rest), said, literally))
    place = None
    if "place" not in literally:
        rest, place = _place(rest, said, places)
    groups, denied = _groups(rest, said, spelling, literally)
    # What only says a place in a trade means no trade of its own beside it: "aide" in "aide-comptable".
    trades = _trades(groups)
    meant = {group.meant for group in trades}
    said = [one for one in said if one.kind != "occupation" or one.words in meant]
    if "occupation" not in literally:
        groups = _called(groups, trades, said, titles)
    kept = tuple(dict.fromkeys(one.value for one in said if one.kind == "condition"))
    return Query(text, groups, kept, denied, place, pay, tuple(sorted(said, key=lambda one: one.start)))


def _blank(text: str, start: int, end: int) -> str:
    """Put a mark that is no word in place of what was understood, so that places stay."""
    return text[:start] + "|" * (end - start) + text[end:]


def _blanked(what: re.Pattern[str], text: str) -> str:
    return what.sub(lambda one: "|" * len(one[0]), text)


def _pay(text: str, said: list[Said]) -> tuple[str, float | None]:
    for found in _PAY.finditer(text):
        amount = float(re.sub(r"[ .](?=\d{3})", "", found["number"]).replace(",", "."))
        amount *= 1000 if found["kilo"] else 1
        unit = _UNIT.get((found["unit"] or "")[:1]) or (
            "hour" if amount < 100 else "day" if amount < 500 else "month" if amount < 10_000 else "year"
        )
        hourly = amount / _HOURS_A[unit]
        if "net" in (found["net"] or "") + (found["after"] or ""):
            hourly /= _NET_OF_GROSS
        if 5 <= hourly <= 300:
            said.append(Said("pay", f"{hourly:.2f}", found[0].strip(), found.start(), found.end()))
            return _blank(text, found.start(), found.end()), hourly
    return text, None


def _conditions(text: str, said: list[Said], literally: Collection[str]) -> str:
    """Take the conditions out; what is undone is read as no other condition, and its words stay."""
    free = rest = text
    for name, one in conditions().items():
        for found in one.said.finditer(free):
            if not found[0].strip():
                continue
            free = _blank(free, found.start(), found.end())
            if name not in literally:
                said.append(Said("condition", name, found[0].strip(), found.start(), found.end()))
                rest = _blank(rest, found.start(), found.end())
    return rest


_AROUND = frozenset(
    (
        "autour",
        "pres",
        "proche",
        "alentours",
        "environs",
        "vers",
        "around",
        "near",
        "close",
        "cote",
        "secteur",
        "loin",
        "km",
        "kilometre",
        "kilometres",
        "min",
        "mn",
        "minute",
        "minutes",
    )
)
_ANNOUNCES = _AROUND | frozenset(
    ("a", "au", "aux", "en", "dans", "sur", "in", "at", "region", "departement", "ville")
)
_JOINS = frozenset(("de", "du", "des", "d", "le", "la", "les", "l", "of", "the"))
_MOST_PLACE_WORDS = 6


def _place(text: str, said: list[Said], places: PlaceFinder) -> tuple[str, Place | None]:
    """Find the longest run of words that names a place, one that is announced first."""
    words = list(_WORD.finditer(text))
    folded = [one[0] for one in words]
    best: tuple[tuple[bool, int], int, int, Place] | None = None
    for start in range(len(words)):
        before = _before(folded, start)
        is_announced = before < start
        for size in range(min(_MOST_PLACE_WORDS, len(words) - start), 0, -1):
            first, last = words[start].start(), words[start + size - 1].end()
            if "|" in text[first:last] or "-" in text[max(first - 1, 0) : first] + text[last : last + 1]:
                # Part of a compound: "pont" is not meant in "Vallon-Pont-d'Arc".
                continue
            found = places(folded[start : start + size], is_announced)
            if found is None:
                continue
            rank = (is_announced, size)
            if best is None or rank > best[0]:
                best = (rank, start, size, found)
            break
    if best is None:
        return text, None
    _, start, size, found = best
    before = _before(folded, start)
    is_around = any(word in _AROUND for word in folded[before:start])
    first, last = words[before].start(), words[start + size - 1].end()
    said.append(Said("place", found.code, text[first:last], first, last))
    return _blank(text, first, last), replace(found, is_around=is_around)


def _before(folded: Sequence[str], start: int) -> int:
    """Return where the words that announce a place begin, "près de la"; `start` where none does."""
    before = start
    while before > 0 and folded[before - 1] in _JOINS:
        before -= 1
    if before == 0 or folded[before - 1] not in _ANNOUNCES:
        return start
    while before > 0 and folded[before - 1] in _ANNOUNCES:
        before -= 1
    return before


@dataclass(frozen=True)
class _Word:
    """A word of the query: as typed, as meant, and where."""

    typed: str
    meant: str
    is_known: bool
    start: int
    end: int


_DENIES = frozenset(("sans", "ni", "hors", "sauf", "jamais", "pas", "without", "no", "not", "except"))


# What may stand between a word that denies and what it denies: "pas en usine".
_BETWEEN = _JOINS | frozenset(("en", "dans", "avec", "au", "aux", "a", "in", "with", "any"))


def _denies(words: Sequence["_Word"], at: int) -> bool:
    """Say whether what is said before a word denies it, "pas de ménage"."""
    before = at
    while before and words[before - 1].typed in _BETWEEN and _is_beside(words[before - 1], words[before]):
        before -= 1
    return before > 0 and words[before - 1].typed in _DENIES and _is_beside(words[before - 1], words[before])


def _is_beside(one: "_Word", other: "_Word") -> bool:
    return other.start - one.end <= 1


def _groups(
    text: str, said: list[Said], spelling: Spelling, literally: Collection[str]
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    beside = frozenset(_WORD.findall(text))
    words = [_read(found, beside, spelling, "spelling" in literally) for found in _WORD.finditer(text)]
    words = words if "spelling" in literally else _rightly(words)
    said += [
        Said("spelling", one.meant, one.typed, one.start, one.end) for one in words if one.meant != one.typed
    ]
    groups: list[Group] = []
    denied: list[Group] = []
    at = 0
    while at < len(words) and len(groups) < MOST_GROUPS:
        size, group = _longest(words, at, "occupation" in literally)
        if group is not None:
            first, last = words[at], words[at + size - 1]
            if "denied" not in literally and _denies(words, at):
                denied.append(group)
                said.append(Said("denied", group.meant, group.typed, first.start, last.end))
                at += size
                continue
            groups.append(group)
            if group.codes:
                said.append(Said("occupation", " ".join(group.codes), group.meant, first.start, last.end))
        at += size
    return _helped(groups), tuple(denied)


def _helped(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Read "aide" before a trade as the place somebody has in it, and not as help to people."""
    if len(groups) < 2 or groups[0].meant not in helps() or not any(one.codes for one in groups[1:]):
        return tuple(groups)
    word = stem(groups[0].meant)
    place = replace(groups[0], words={word: 1.0}, codes={}, is_role=True)
    return (place, *groups[1:])


def _trades(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that mean a trade: those that say what place somebody has only where nothing else is said."""
    alone = all(group.is_role for group in groups)
    return [group for group in groups if group.codes and (alone or not group.is_role)]


def _called(
    groups: tuple[Group, ...], trades: Sequence[Group], said: list[Said], titles: TitleFinder
) -> tuple[Group, ...]:
    """Follow the catalogue where a whole title is of another trade than one of its words: "tailleur de vigne".

    Such a word is then read as it stands, in the trade of the title.
    """
    own = frozenset().union(*(work_in(group.meant) for group in groups))
    codes = titles(own) if len(own) > 1 else ()
    others = {group.meant for group in trades if not _means(group, codes)}
    if not codes or not others:
        return groups
    heard = [one for one in said if one.kind == "occupation"]
    work = " ".join(group.meant for group in groups)
    said[:] = [one for one in said if one.kind != "occupation"]
    said.append(Said("occupation", " ".join(codes), work, heard[0].start, heard[-1].end))
    counted = dict.fromkeys(codes, MEANT)
    return tuple(
        replace(group, words=dict.fromkeys(work_in(group.meant), 1.0), codes=counted)
        if group.meant in others
        else group
        for group in groups
    )


def _means(group: Group, codes: Collection[str]) -> bool:
    """Say whether a group means one of some occupations, or the family of one."""
    meant = tuple(code for code, counted in group.codes.items() if counted == MEANT)
    return any(code.startswith(meant) for code in codes)


def _rightly(words: list["_Word"]) -> list["_Word"]:
    """Mend a word that is one, but not the one that is said beside its neighbours: "agent de propriété"."""
    own = [at for at, one in enumerate(words) if one.meant not in SMALL_WORDS]
    for size in (3, 2):
        for first in range(len(own) - size + 1):
            run = own[first : first + size]
            key = tuple(stem(words[at].meant) for at in run)
            if key in trades() or titled().get(key):
                continue
            for place, meant in meant_phrase(key):
                words[run[place]] = replace(words[run[place]], meant=meant)
                break
    return words


def _read(found: re.Match[str], beside: Collection[str], spelling: Spelling, is_literal: bool) -> _Word:
    word = found[0]
    if word in SMALL_WORDS or word in fillers():
        return _Word(word, word, True, found.start(), found.end())
    whole = stands_for([word], beside)
    if whole and " " not in whole and not is_said(word) and not is_literal:
        return _Word(word, whole, True, found.start(), found.end())
    is_known = bool(whole) or (stem(word),) in titled() or spelling.knows(word)
    meant = word if is_literal else spelling.alike(word) if is_known else spelling.meant(word)
    return _Word(word, meant or word, is_known or bool(meant), found.start(), found.end())


def _longest(words: Sequence[_Word], at: int, is_literal: bool) -> tuple[int, Group | None]:
    """Return how many words the longest phrase that begins here takes, and what it means."""
    beside = [one.typed for one in words]
    for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
        run, typed = words[at : at + size], beside[at : at + size]
        if {run[0].meant, run[-1].meant} & SMALL_WORDS:
            continue
        said = [one.meant for one in run if one.meant not in SMALL_WORDS]
        key = tuple(map(stem, said))
        trade = None if is_literal or says_otherwise(typed, beside) else trade_of(said)
        trade = trade or (None if is_literal else _titled(key))
        spelt_out = stands_for(typed, beside) or stands_for([one.meant for one in run], beside)
        if spelt_out and size == 1 and not is_said(typed[0]):
            # "sap" is home help, whatever is dressed with the same stem.
            trade = _spoken_of(spelt_out, is_literal) or trade
        if (trade or spelt_out) and not (size == 1 and run[0].meant in fillers()):
            return size, _group(run, key, trade or _spoken_of(spelt_out, is_literal), spelt_out)
    word = words[at]
    if word.meant in fillers() or word.meant in SMALL_WORDS or len(word.meant) == 1:
        return 1, None
    return 1, _group([word], (stem(word.meant),), None, "")


def _titled(key: tuple[str, ...]) -> Trade | None:
    """Return what words mean in titles; two of which the tables know one are left to the tables."""
    if len(key) > 1 and any((word,) in trades() for word in key):
        return None
    return titled().get(key)


def _spoken_of(spelt_out: str, is_literal: bool) -> Trade | None:
    """Return what an abbreviation means where no table has it: what the words it stands for mean."""
    if is_literal:
        return None
    stems = [stem(word) for word in spelt_out.split() if word not in SMALL_WORDS]
    runs = [tuple(stems[at : at + size]) for size in (3, 2, 1) for at in range(len(stems) - size + 1)]
    known = (trades().get(run) or titled().get(run) for run in runs if not set(run) <= roles())
    return next((trade for trade in known if trade), None)


def _group(run: Sequence[_Word], key: tuple[str, ...], trade: Trade | None, spelt_out: str) -> Group:
    words: dict[str, float] = {}
    codes: dict[str, float] = {}
    if trade:
        words |= {word: SPOKEN * (ROLE_SPOKEN if word in roles() else 1) for word in trade.words}
        codes |= dict.fromkeys(trade.near, NEAR) | dict.fromkeys(trade.codes, MEANT)
    phrases = [key] if len(key) > 1 else []
    if spelt_out:
        phrases.append(tuple(dict.fromkeys(stem(word) for word in cut(spelt_out))))
    if len(key) == 1:
        words |= dict.fromkeys(leads(), LEADS) if key[0] in leads() else {}
        words[key[0]] = SPOKEN if trade and is_of_a_shorter(run[0].meant) else 1.0
    return Group(
        typed=" ".join(one.typed for one in run),
        meant=" ".join(one.meant for one in run),
        words=words,
        codes=codes,
        phrases=tuple(phrases),
        is_known=all(one.is_known for one in run),
        is_role=len(key) == 1 and key[0] in roles(),
        leads=len(key) == 1 and key[0] in leads(),
    )
