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
MONEY = frozenset({"bank", "fee", "transfer", "premium"})
# So much of a sentence is shown on either side of the words found.
AROUND = 140


def _patterns(written: list[str]) -> list[Gated]:
    return [Gated(either(one).replace("SOUGHT", SOUGHT).replace("YOU", YOU)) for one in written]


WORDS = {
    kind: (_patterns(lists["words"]), _patterns(lists["unless"]))
    for kind, lists in words_beside(__file__, "fairness.toml").items()
}
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
                (match.end() - len(match[0].lstrip()), match.end())
                for pattern in words
                for match in pattern.finditer(folded)
            ),
            key=lambda hit: (hit[0], -hit[1]),
        )
        seen: set[tuple[int, int]] = set()
        for start, end in hits:
            span = _sentence(folded, start, end)
            if span in seen or any(pattern.search(folded, *span) for pattern in unless):
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
