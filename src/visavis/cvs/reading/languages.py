"""Languages and how well they are spoken."""

import re

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_words

WORDS = words_beside(__file__, "words.toml")
NAMES: dict[str, str] = WORDS["languages"]
BY_NAME = {name: code for code, names in NAMES.items() for name in names.split()}
SIGNED = re.compile(r"langue des signes|sign language|\blsf\b")
CODES = re.compile(r"\b([ABC])\s?([12])\b(?!\s*[:/]\s*\d)")
PATTERNS = [(int(level), re.compile(rf"\b(?:{either(words)})\b")) for level, words in WORDS["spoken"].items()]
TOEIC = re.compile(r"\btoeic\D{0,12}(\d{3})\b", re.I)
TOEIC_LEVELS = ((945, 5), (785, 4), (550, 3), (225, 2), (0, 1))


def language_named(text: str) -> str:
    """Return the code of the one language that words name, or nothing.

    >>> language_named("Anglais"), language_named("LSF"), language_named("en"), language_named("Latin")
    ('en', 'fs', 'en', '')
    """
    words = fold_words(text)
    if words in NAMES:
        return words
    found = languages_in(text)
    return found[0][0] if found else ""


def languages_in(text: str) -> list[tuple[str, int, int]]:
    """Return the languages that a text names: (code, beginning, end)."""
    words = re.finditer(r"[^\W\d_]+", text)
    found = [(code, *word.span()) for word in words if (code := BY_NAME.get(fold_words(word[0])))]
    if not found and SIGNED.search(fold_words(text)):
        found.append(("fs", 0, len(text)))
    return found


def level_of_words(text: str) -> int | None:
    """Return the level of the European framework that words stand for.

    >>> [level_of_words(words) for words in ("niveau B2", "langue maternelle", "scolaire", "lu")]
    [4, 6, 2, None]
    """
    if code := CODES.search(text.upper()):
        return 2 * "ABC".index(code[1]) + int(code[2])
    if score := TOEIC.search(text):
        return next(level for least, level in TOEIC_LEVELS if int(score[1]) >= least)
    words = fold_words(text)
    if re.fullmatch(r"c1|c2|b1|b2|a1|a2", words):
        return 2 * "abc".index(words[0]) + int(words[1])
    return next((level for level, pattern in PATTERNS if pattern.search(words)), None)


def in_brackets(found: re.Match[str]) -> str:
    """Return what stands in brackets without what would cut it."""
    return re.sub(r"[,;|]", " ", found[0])


def spoken_in(text: str) -> list[tuple[str, int | None]]:
    """Return the languages of a line, each with the level that stands after it, else before it.

    >>> spoken_in("Anglais (B2), espagnol : notions"), spoken_in("Fluent English"), spoken_in("Bilingue français-arabe")
    ([('en', 4), ('es', 1)], [('en', 5)], [('fr', 6), ('ar', 6)])
    """
    found = languages_in(text)
    if not found:
        return []
    parts = [part for part in re.split(r"[,;|]", re.sub(r"\([^)]*\)", in_brackets, text)) if part.strip()]
    if len(parts) > 1 and all(len(languages_in(part)) == 1 for part in parts):
        return list({code: level for part in parts for code, level in spoken_in(part)}.items())
    ends = [begin for _code, begin, _end in found[1:]] + [len(text)]
    head = level_of_words(text[: found[0][1]])
    spoken: list[tuple[str, int | None]] = []
    for (code, _begin, end), until in zip(found, ends, strict=True):
        level = level_of_words(text[end:until])
        spoken.append((code, level))
    if head is not None:
        spoken = [(code, head if level is None else level) for code, level in spoken]
    elif len(spoken) > 1 and all(level is None for _code, level in spoken[:-1]):
        # "Français et arabe courants": one level said for all of them.
        spoken = (
            [(code, spoken[-1][1]) for code, _level in spoken]
            if re.search(r"\bet\b|\band\b", text)
            else spoken
        )
    unique: dict[str, int | None] = {}
    for code, level in spoken:
        unique[code] = level if unique.get(code) is None else unique[code]
    return list(unique.items())
