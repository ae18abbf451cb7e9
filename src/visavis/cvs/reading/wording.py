"""Whether words look like a job's title, an employer, a place of study or a task."""

import re
from functools import cache

from visavis.catalog import starter
from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_words

WORDS = words_beside(__file__, "words.toml")
EMPLOYER = re.compile(rf"\b(?:{either(WORDS['employers'])})\b", re.I)
SCHOOL = re.compile(rf"\b(?:{either(WORDS['schools'])})\b", re.I)
TASK = re.compile(rf"^(?:{either(WORDS['tasks'])})", re.I)
CONTRACT = re.compile(rf"^\W*(?:{either(WORDS['contracts'])})\W*$", re.I)
TRAILING = re.compile(
    r"\s*\((?:cdi|cdd|int[ée]rim|stage|alternance|apprentissage|temps \w+|h/f|f/h|"
    r"saison\w*|full[- ]time|part[- ]time|temporary|\d{2,3}|france)[^)]*\)\s*$",
    re.I,
)
BULLET = re.compile(r"^\s*(?:[•▪●◦‣■□*»>✓✔➢➤›▸►o–—·\uf0b7\uf0a7-])\s+")
PLACE = re.compile(
    r"\((?:\d{2,3}|2[ab])\)\s*$|,\s*(?:france|uk|united kingdom|suisse|belgique)$|^\d{5}\b|^(?:france|uk)$",
    re.I,
)


@cache
def title_words() -> frozenset[str]:
    """Return the words that French titles begin with and English ones end with, from the catalogue and above."""
    firsts = {
        fold_words(form).split()[-1 if title.language == "en" else 0]
        for title in starter.load().named
        for form in title.label.split("/")
        if fold_words(form)
    }
    return frozenset({*firsts, *WORDS["titles"].split()} - {"le", "la", "les", "hotel", "restaurant"})


def likeness_to_a_title(text: str) -> int:
    """Return 3 when words begin as a job's title, 2 when they end so, 1 when they hold such a word, else 0.

    >>> [likeness_to_a_title(words) for words in ("Aide-soignante de nuit", "Le Central", "Kitchen porter")]
    [3, 0, 2]
    """
    words = fold_words(text).split()
    if not words or len(words) > 14:
        return 0
    known = title_words()
    return 3 if words[0] in known else 2 if words[-1] in known else 1 if known & set(words) else 0


def likeness_to_an_employer(text: str) -> int:
    words = fold_words(text).split()
    firm = EMPLOYER.search(text)
    return (2 if firm else 0) + (1 if text.isupper() and len(words) < 4 else 0)


LEAVE = re.compile(
    r"cong[ée] (?:parental|maternit[ée]|maladie|paternit[ée]|sans solde)|arr[êe]t (?:maladie|de travail)|"
    r"(?:maternity|parental|sick|paternity|medical) leave|maladie|mère au foyer|père au foyer|stay[- ]at[- ]home|"
    r"(?:d[ée]tention|incarc[ée]ration)",
    re.I,
)
"""Time away from work, for family or health: nothing to keep."""


@cache
def towns() -> frozenset[str]:
    """Return the names of the communes, folded."""
    return frozenset(fold_words(str(name)) for name in starter.places().name)


def is_town(text: str) -> bool:
    """Say whether words are the name of a commune and nothing else."""
    return fold_words(re.sub(r"^(?:à|in)\s+|\s*\(.*\)$", "", text)) in towns()


def is_bullet(text: str) -> bool:
    return bool(BULLET.match(text))


def without_bullet(text: str) -> str:
    return BULLET.sub("", text).strip()


def is_task(text: str) -> bool:
    """Say whether a line tells what was done rather than where or as what."""
    bare = without_bullet(text)
    if is_bullet(text) or len(bare) > 90 or bare.endswith((".", ";")):
        return True
    return bool(TASK.match(bare)) and likeness_to_a_title(bare) < 2 and not EMPLOYER.match(bare)
