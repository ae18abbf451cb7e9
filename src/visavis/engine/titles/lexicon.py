"""One wording for the many a title may take: masculine, folded, short forms written out."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from visavis.engine.text.abbreviations import spelt_out
from visavis.engine.text.genders import both_genders
from visavis.engine.text.wording import clean_title
from visavis.folding import fold

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


def _written_out(words: list[str]) -> list[str]:
    """Add, after each short form, the words it stands for."""
    return [one for run, meaning in spelt_out(words) for one in (*run, *_WORD.findall(meaning))]


class Lexicon:
    """The words of a catalogue of titles, and which feminine word answers which masculine one.

    The pairs are read from the titles themselves: "Vendeur / Vendeuse" teaches "vendeuse" -> "vendeur".

    Parameters
    ----------
    labels : titles of the catalogue.
    written_out : whether French short forms and English names are followed by the words they stand for.

    >>> lexicon = Lexicon(["Vendeur / Vendeuse en boulangerie", "Conducteur / Conductrice de car"])
    >>> lexicon.canonical("VENDEUSE en boulangerie (H/F)")
    'vendeur en boulangerie'
    """

    def __init__(self, labels: Iterable[str], *, written_out: bool = True) -> None:
        self.written_out = written_out
        pairs: Counter[tuple[str, str]] = Counter()
        # A label of one wording may be a feminine one of its own: only labels of two say which word is which.
        masculine: set[str] = set()
        for label in labels:
            wordings = [_WORD.findall(fold(wording)) for wording in both_genders(label)]
            if len(wordings) == 2 and len(wordings[0]) == len(wordings[1]):
                masculine.update(wordings[0])
                pairs.update((f, m) for m, f in zip(*wordings, strict=True) if m != f)
        self.masculine: dict[str, str] = {}
        for (feminine, answer), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
            if feminine not in masculine:
                self.masculine.setdefault(feminine, answer)
        self.canonical = lru_cache(maxsize=50_000)(self._canonical)

    def _canonical(self, title: str) -> str:
        words = _WORD.findall(fold(both_genders(clean_title(title))[0]))
        words = [self.masculine.get(word, word) for word in words]
        return " ".join(_written_out(words) if self.written_out else words)
