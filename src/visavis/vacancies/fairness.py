"""What has no place in an ad: words that the law forbids, and money or bank details asked of who answers.

Code du travail: L1132-1 (grounds), L1142-1 (sex), L5331-2 (age), L5321-3 (no fee of who looks for work). A word is
read with its sentence: beside some others it is innocent, and `fairness.toml` says beside which.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from visavis.common.sentences import sentences_beside
from visavis.common.wordlists import Gated, either, words_beside
from visavis.folding import fold_signs, places_before

SOUGHT = r"(?:recherch\w*|cherch\w*|recrut\w*|embauch\w*|souhait\w*) (?:activement )?(?:de |d')?"
YOU = r"(?:vous avez|vous etes|tu as|avoir|agee?s?|profil\w*|ideal\w*)"
# What may stand around those whom an ad leaves out, wants alone, or asks about.
NOT = (
    r"(?:(?:\b(?:pas|jamais|aucune?s?|sans|ni|hors|non|no|ne pas etre)[ -](?:de |d.|des |aux? |les |une? |le |la |of )?"
    r"(?:\w+ ){0,1}?\b%s)|(?:\b%s\b[^.\n;]{0,40}?(?:s.abstenir|exclu\w*|refuse\w*|interdit\w*|a eviter"
    r"|need not apply|inutile d|non merci|passe\w* (?:votre|ton) chemin|pas fait pour|postulez pas|ne postul\w+ pas"
    r"|(?:ne|non|pas|peu|n(?='))\b[^.\n]{0,20}"
    r"(?:accept|convi|conve|admis|retenu|etudi|souhait|bienvenu|ouvert|adapt))))"
)
ONLY = (
    r"(?:(?:\b%s\b[^.\n;:]{0,30}?\b(?:uniquement|seulement|exclusivement|exige\w*|obligatoire\w*|de preference"
    r"|imperati\w+|requise?s?|prefere\w*|only|preferred|(?:est|serait|sera) un (?:plus|atout)))"
    r"|(?:\b(?:de preference|uniquement|exclusivement|reserve\w* (?:aux?|a des)|plutot)"
    r" (?:a )?(?:une? |des |les |aux? )?%s\b))"
)
ASKED = (
    r"(?:\b(?:etes[ -]vous|avez[ -]vous|quel(?:le)?s? (?:est|sont)|votre|vos|comptez[ -]vous|envisagez[ -]vous"
    r"|de quel(?:le)?|are you|do you)\b[^.\n?]{0,40}\b%s\b[^.\n?]{0,40}\?)"
)
FRAMES = {"NOT": NOT, "ONLY": ONLY, "ASKED": ASKED, "ABOUT": r"\b%s"}
MONEY = frozenset({"bank", "fee", "transfer", "premium"})
# So much of a sentence is shown on either side of the words found.
AROUND = 140


class About(Gated):
    """What has no place in an ad unless the work itself is about it."""


def _patterns(written: list[str]) -> list[Gated]:
    return [found for one in written for found in _framed(either(one))]


def _framed(pattern: str) -> Iterator[Gated]:
    """Put what stands in the brackets of a frame into it; what has no frame is one pattern."""
    plain = []
    for one in alternatives(pattern):
        name = one.partition("(")[0]
        if name in FRAMES:
            group = _filled(one.removeprefix(name))
            kind = About if name == "ABOUT" else Gated
            yield kind(FRAMES[name].replace("%s", group), rarest=group)
        else:
            plain.append(one)
    if plain:
        yield Gated(_filled("|".join(plain)))


def _filled(pattern: str) -> str:
    return pattern.replace("SOUGHT", SOUGHT).replace("YOU", YOU)


def alternatives(pattern: str) -> list[str]:
    """Return what a pattern has on both sides of each bar that stands in no bracket.

    >>> alternatives("NOT(a|b)|c")
    ['NOT(a|b)', 'c']
    """
    found, depth, before = [""], 0, ""
    for sign in pattern:
        if before != "\\":
            depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(sign, 0)
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
        before = sign if before != "\\" else ""
    return found


_LISTS = words_beside(__file__, "fairness.toml")
WORDS = {
    kind: (_patterns(lists["words"]), _patterns(lists["unless"]))
    for kind, lists in _LISTS.items()
    if kind != "work"
}
WORK = Gated(either(_LISTS["work"]["words"][0]))
SENTENCES: dict[str, str | Promise] = sentences_beside(__file__)["fairness"]
INSTEAD: dict[str, str | Promise] = sentences_beside(__file__)["instead"]


@dataclass(frozen=True)
class Warning:  # noqa: A001  (the word of the trade)
    """Words of an ad that may not stand, with what stands before and after them in their sentence."""

    kind: str
    words: str
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """Say what is wrong with them, and by which law."""
        return str(SENTENCES[self.kind])

    @property
    def instead(self) -> str:
        """Say what to write instead."""
        return str(INSTEAD[self.kind])

    @property
    def is_of_money(self) -> bool:
        return self.kind in MONEY


def of_pay(words: str) -> Warning:
    """Return the warning of pay below the law, with its sentence as the words."""
    return Warning("pay", words)


def warnings(*texts: str) -> list[Warning]:
    """Return the words of these texts that may not stand, in their order: each kind once a sentence."""
    found: dict[tuple[str, str], Warning] = {}
    for text in texts:
        folded, places = fold_signs(text), places_before(text)
        for kind, start, end, span in sorted(_found(folded), key=lambda one: (one[3], one[1])):
            words = text[places[start] : places[end]]
            before = text[places[max(span[0], start - AROUND)] : places[start]]
            after = text[places[end] : places[min(span[1], end + AROUND)]]
            one = Warning(kind, _plain(words), before.lstrip(), after.rstrip())
            found.setdefault((kind, fold_signs(one.words)), one)
    return list(found.values())


def _found(folded: str) -> Iterator[tuple[str, int, int, tuple[int, int]]]:
    """Find, of each kind, the first words of each sentence that nothing beside them excuses."""
    for kind, (words, unless) in WORDS.items():
        # Some words are known by the end of the line before them: it is no part of their sentence.
        hits = sorted(
            (
                (match.end() - len(match[0].lstrip()), match.end(), isinstance(pattern, About))
                for pattern in words
                for match in pattern.finditer(folded)
            ),
            key=lambda hit: (hit[0], hit[2], -hit[1]),
        )
        seen: set[tuple[int, int]] = set()
        for start, end, is_about in hits:
            span = _sentence(folded, start, end)
            if span in seen or any(pattern.search(folded, *span) for pattern in unless):
                continue
            if is_about and WORK.search(folded, *span):
                continue
            seen.add(span)
            yield kind, start, end, span


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence of some words begins and ends."""
    begins = max(folded.rfind(sign, 0, start + 1) for sign in ("\n", ". ", "! ", "? ")) + 1
    ends = [at for sign in ("\n", ". ", "! ", "? ") if (at := folded.find(sign, end)) >= 0]
    return min(begins, start), min(ends, default=len(folded))


def _plain(words: str) -> str:
    return " ".join(words.split())
