"""The written forms of a word of the lexicon, by plain rules; what no rule gives is its own row, of kind `x`.

Kinds: `n` noun (both numbers), `a` adjective or trade (both genders and numbers), `v` regular verb (French: in
-er; English: adds -s, -ed, -ing), `x` as it is. An English verb that doubles its last letter is of kind `vv`.
"""

from collections.abc import Iterator

_TENSES = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_ER = ["e", "es", "ons", "ez", "ent", "ais", "ait", "ions", "iez", "aient", "ai", "as", "a", "ant"]
_ER += ["é", "ée", "és", "ées", "er", *(f"er{end}" for end in _TENSES)]
_SMALL = frozenset({"à", "de", "du", "des", "en", "au", "aux", "sur", "et", "la", "le"})
_FEMININES = [
    ("teur", "trice"),
    ("eur", "euse"),
    ("er", "ère"),
    ("ier", "ière"),
    ("f", "ve"),
    ("ien", "ienne"),
]
_FEMININES += [("on", "onne"), ("el", "elle"), ("e", "e"), ("eux", "euse")]


def forms(language: str, kind: str, term: str) -> list[str]:
    """Return every form of the term, itself first."""
    if kind == "x":
        return [term]
    rule = {"fr": {"n": _noun, "a": _adjective, "v": _verb}, "en": {"n": _nouns, "v": _verbs, "vv": _doubled}}
    return list(dict.fromkeys([term, *rule[language][kind](term)]))


def _noun(term: str) -> Iterator[str]:
    """French: the words take their plural, up to a small word: `pompe à chaleur`, `pompes à chaleur`."""
    yield term
    words = term.split()
    end = next((at for at, word in enumerate(words) if word in _SMALL or "'" in word), len(words))
    yield " ".join([_plural(word) for word in words[:end]] + words[end:])


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith(("eau", "eu")):
        return word + "x"
    return word[:-2] + "aux" if word.endswith("al") else word + "s"


def _adjective(term: str) -> Iterator[str]:
    ending, feminine = max(
        ((end, other) for end, other in _FEMININES if term.endswith(end)),
        key=lambda pair: len(pair[0]),
        default=("", "e"),
    )
    other = term[: len(term) - len(ending)] + feminine
    yield from [term, _plural(term), other, _plural(other)]


def _verb(term: str) -> Iterator[str]:
    """French verbs in -er, with the spellings of -ger, -cer, -yer, and the grave accent of semer and repérer."""
    first, _, rest = term.partition(" ")
    stem = first[:-2]
    for end in _ER:
        yield f"{_stem(stem, end)}{end}{' ' + rest if rest else ''}"


def _stem(stem: str, end: str) -> str:
    is_mute = end in ("e", "es", "ent") or (end.startswith("er") and len(end) > 2)
    if stem.endswith("g") and end[0] in "aoâ":
        return stem + "e"
    if stem.endswith("c") and end[0] in "aoâ":
        return stem[:-1] + "ç"
    if is_mute and stem.endswith(("oy", "uy")):
        return stem[:-1] + "i"
    if is_mute and len(stem) > 2 and stem[-2] in "eé" and stem[-1] in "mnsvtlchrg":
        accented = stem[-2] == "é" and end.startswith("er")
        return stem if accented else stem[:-2] + "è" + stem[-1]
    return stem


def _nouns(term: str) -> Iterator[str]:
    yield term
    if term.endswith(("s", "x", "z", "ch", "sh")):
        yield term + "es"
    elif term.endswith("y") and term[-2] not in "aeiou":
        yield term[:-1] + "ies"
    else:
        yield term + "s"


def _verbs(term: str) -> Iterator[str]:
    yield from _nouns(term)
    if term.endswith("y") and term[-2] not in "aeiou":
        yield from (term[:-1] + "ied", term + "ing")
    elif term.endswith("e") and not term.endswith("ee"):
        yield from (term + "d", term[:-1] + "ing")
    else:
        yield from (term + "ed", term + "ing")


def _doubled(term: str) -> Iterator[str]:
    yield from (term + "s", term + term[-1] + "ed", term + term[-1] + "ing")
