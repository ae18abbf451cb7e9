"""Short forms and English names that advertisements use for French trades, written out.

Each line of `abbreviations.txt` is "short form: words it stands for", folded. Words are added beside the short
form, in titles searched and in titles indexed alike, so that a wrong reading costs little. After a bar stand the words
beside which it says something else: "mag" is a storekeeper, and beside "mig" a way to weld.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

EXPANSIONS: dict[tuple[str, ...], str] = {}
_OTHERWISE: dict[tuple[str, ...], frozenset[str]] = {}
for _line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
    _short, _, _told = _line.partition(":")
    _meaning, _, _beside = _told.partition("|")
    EXPANSIONS[tuple(_short.split())] = _meaning.strip()
    _OTHERWISE[tuple(_short.split())] = frozenset(_beside.split())
LONGEST = max(map(len, EXPANSIONS))
_FIRST_WORDS = frozenset(short[0] for short in EXPANSIONS)


def stands_for(said: Sequence[str], beside: Collection[str] = ()) -> str:
    """Return what folded words stand for among the words beside them; nothing where they are no short form there.

    >>> stands_for(["mag"]), stands_for(["mag"], ["soudeur", "mig", "mag"])
    ('magasinier', '')
    """
    return "" if says_otherwise(said, beside) else EXPANSIONS.get(tuple(said), "")


def says_otherwise(said: Sequence[str], beside: Collection[str]) -> bool:
    """Say whether a short form says something else beside some words.

    >>> says_otherwise(["sap"], ["consultant", "sap"]), says_otherwise(["sap"], ["agence", "sap"])
    (True, False)
    """
    return not _OTHERWISE.get(tuple(said), frozenset()).isdisjoint(beside)


def spelt_out(words: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Cut the folded words of a title into short forms, the longest first, and words; each with what it stands for.

    >>> list(spelt_out(["tech", "lead", "java"]))
    [(['tech', 'lead'], 'developpeur referent technique'), (['java'], '')]
    """
    at = 0
    while at < len(words):
        sizes = range(LONGEST, 0, -1) if words[at] in _FIRST_WORDS else ()
        found = ((words[at : at + size], stands_for(words[at : at + size], words)) for size in sizes)
        run, meaning = next((one for one in found if one[1]), (words[at : at + 1], ""))
        yield run, meaning
        at += len(run)
