"""Split a title written for both sexes into its masculine and its feminine wording."""

import re
import tomllib
from pathlib import Path

from visavis.folding import fold

_WRITTEN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_IRREGULAR = {(masculine, feminine) for masculine, feminine in _WRITTEN["irregular"]}
_FEMININE_ENDINGS = [(ending, feminines.split()) for ending, feminines in _WRITTEN["endings"]]
_TRUNCATED = [(one["masculine"], one["endings"].split(), one["meant"]) for one in _WRITTEN["truncated"]]
_ACCENTED = {"iere": "ière", "ere": "ère"}
_INLINE = re.compile(
    r"(?P<stem>[^\W\d_]{3,})"
    r"(?: ?\((?P<a>[a-zè]{1,5})\)|[·•.⋅](?P<b>[a-zè]{1,5})\b"
    r"|/(?P<c>e|se|euse|trice|rice|ière|ère|ne|le|ve)\b|-(?P<d>e|trice|euse)\b)"
    r"(?:[·•.⋅]?s\b)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"e|es|se|euse|t?rice|ice|eure|i?e?re|i?ve|ff?e|(?:i?en)?ne|(?:el)?le|t?te|ette|e?sse")
LONGEST_SPLIT = 300
_PART = re.compile(r"[-']")
_PAIR = re.compile(r"\s*/\s*|\s+(?:ou|et)\s+(?=[^\W\d_])|\s+\|\s+")


def _is_feminine_part(masculine: str, feminine: str) -> bool:
    if masculine == feminine or (masculine, feminine) in _IRREGULAR:
        return True
    for ending, feminines in _FEMININE_ENDINGS:
        if masculine.endswith(ending):
            stem = masculine[: len(masculine) - len(ending)]
            if any(feminine == stem + other for other in feminines):
                return True
    return False


def _is_feminine_of(masculine: str, feminine: str) -> bool:
    left, right = _PART.split(fold(masculine).strip(",;")), _PART.split(fold(feminine).strip(",;"))
    return len(left) == len(right) and (
        all(map(_is_feminine_part, left, right)) or all(map(_is_feminine_part, right, left))
    )


def _expand(stem: str, suffix: str) -> str:
    """Give the feminine of a masculine word followed by a cut ending: infirmier, e -> infirmière."""
    folded = fold(stem)
    for ending, suffixes, meant in _TRUNCATED:
        if folded.endswith(ending) and suffix in suffixes:
            full: str = meant.get(suffix, suffix)
            return stem[: len(stem) - len(ending)] + _ACCENTED.get(full, full)
    for size in range(min(len(suffix), len(folded)), 1, -1):
        if len(suffix) > size and suffix.startswith(folded[-size:]):
            return stem + suffix[size:]
    return stem + suffix


def _inline(title: str) -> tuple[str, str]:
    """Open "infirmier(e)", "chauffeur·e", "vendeur/euse", "assistant-e"."""

    def feminine(match: re.Match[str]) -> str:
        suffix = fold(match["a"] or match["b"] or match["c"] or match["d"]).removesuffix("s") or "e"
        return _expand(match["stem"], suffix) if _SUFFIX.fullmatch(suffix) else match[0]

    def masculine(match: re.Match[str]) -> str:
        suffix = fold(match["a"] or match["b"] or match["c"] or match["d"]).removesuffix("s") or "e"
        return match["stem"] if _SUFFIX.fullmatch(suffix) else match[0]

    return _INLINE.sub(masculine, title), _INLINE.sub(feminine, title)


def _aligned(left: list[str], right: list[str]) -> int:
    """Count how many last words of the left are answered, in order, by first words of the right."""
    for size in range(min(len(left), len(right)), 0, -1):
        pairs = list(zip(left[-size:], right[:size], strict=True))
        if all(_is_feminine_of(a, b) for a, b in pairs) and any(fold(a) != fold(b) for a, b in pairs):
            return size
    return 0


def _paired(title: str) -> tuple[str, str] | None:
    """Open the first "Agent / Agente de service" of the title."""
    for separator in _PAIR.finditer(title):
        left, right = title[: separator.start()].split(), title[separator.end() :].split()
        size = _aligned(left, right)
        if size:
            before, rest = left[:-size], right[size:]
            return " ".join(left + rest), " ".join(before + right)
    return None


def both_genders(title: str) -> tuple[str, ...]:
    """Give the masculine and the feminine wording of a title, or the title alone when it has one wording.

    >>> both_genders("Conducteur livreur / Conductrice livreuse poids lourds")
    ('Conducteur livreur poids lourds', 'Conductrice livreuse poids lourds')
    >>> both_genders("Infirmier(e) de nuit")
    ('Infirmier de nuit', 'Infirmière de nuit')
    >>> both_genders("Boucher / Charcutier")
    ('Boucher / Charcutier',)
    """
    if len(title) > LONGEST_SPLIT:
        return (title,)
    masculine, feminine = _inline(title)
    opened = _paired(masculine)
    if opened is not None:
        masculine, feminine = opened
        further = _paired(masculine), _paired(feminine)
        masculine = further[0][0] if further[0] else masculine
        feminine = further[1][1] if further[1] else feminine
    return (masculine,) if masculine == feminine else (masculine, feminine)
