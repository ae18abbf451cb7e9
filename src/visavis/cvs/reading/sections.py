"""The headings of a CV, in French and in English."""

import re
from functools import lru_cache

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_words

MOST_WORDS = 7

NAMES = [
    (name, re.compile(rf"(?:{either(words)})"))
    for name, words in words_beside(__file__, "words.toml")["headings"].items()
]
JOINTS = re.compile(r"\s+(?:et|and|&)\s+|\s*[/&+]\s*", re.I)
MINE = re.compile(r"^(?:mes|mon|ma|my|nos) ")
# A heading may be followed by its content on the same line, after a colon or in another column.
INLINE = re.compile(r"^([^:\t]{3,45}?)\s*(?::\s*|\t)(.+)$")
LETTER_SPACED = re.compile(r"^(?:\w ){3,}\w$")


@lru_cache(maxsize=4096)
def heading_of(text: str) -> str:
    """Return the section that a line opens, or nothing.

    >>> heading_of("EXPÉRIENCES PROFESSIONNELLES"), heading_of("L A N G U E S"), heading_of("Formation en boulangerie")
    ('experience', 'languages', '')
    >>> heading_of("2. Compétences & Langues :"), heading_of("anglais")
    ('skills', '')
    """
    bare = re.sub(r"^\W*(?:[\dIVX]{1,3}[.)]\s+)?\W*", "", text.strip()).rstrip(" :.-–—_•~*=#<>|")
    if LETTER_SPACED.match(bare):
        bare = bare.replace(" ", "")
    if not bare[:1].isupper() or len(bare) > 60 or len(bare.split()) > MOST_WORDS or re.search(r"\d", bare):
        return ""
    if whole := named(fold_words(bare)):
        return whole
    parts = [part for part in JOINTS.split(bare) if part.strip()]
    if len(parts) < 2:
        return ""
    found = [named(fold_words(part)) for part in parts]
    return found[0] if all(found) else ""


def named(folded: str) -> str:
    bare = MINE.sub("", folded)
    return next((name for name, pattern in NAMES if pattern.fullmatch(bare)), "")


def begun_by(text: str) -> tuple[str, str]:
    """Return the section that a line opens and what follows on the line.

    >>> begun_by("Langues : anglais courant"), begun_by("Serveur : service en salle")
    (('languages', 'anglais courant'), ('', 'Serveur : service en salle'))
    """
    if section := heading_of(text):
        return section, ""
    if (inline := INLINE.match(text)) and (section := heading_of(inline[1])):
        return section, inline[2]
    return "", text
