"""Which skill of a catalogue a phrase of an ad names: "encaissement" is "Encaisser les achats et tenir une caisse".

Pure: labels are given, no table is read.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy import sparse

from visavis.engine.text.ngrams import hashed_ngrams, ngram_counts, unit_rows
from visavis.folding import fold_words

N_FEATURES = 2**17
# Words of every label say nothing.
SMALL = "un une des les de la le du et ou a au aux en avec pour par sur dans son sa ses l d vos votre nos notre leur"
SMALL_ENGLISH = "the and of for with to an in your"
STOP = frozenset(
    (*SMALL.split(), *SMALL_ENGLISH.split(), "realiser", "effectuer", "assurer", "participer", "veiller")
)
# A skill usual in the occupation is believed sooner than one that is not.
LEAST, LEAST_USUAL = 0.58, 0.3
COVERED, COVERED_USUAL = 0.6, 0.3
USUAL = 1.5


class SkillPhrases:
    """The labels of a catalogue, ready to be compared with phrases.

    >>> found = SkillPhrases({"S1": ("Entretenir le linge",), "S2": ("Tenir une caisse",)})
    >>> found.codes_of(["entretien du linge", "conduite d'un tramway"], usual={"S1"})
    ['S1', '']
    """

    def __init__(self, labels: Mapping[str, Sequence[str]]) -> None:
        rows = [(code, content(label)) for code, names in labels.items() for label in names if content(label)]
        self.codes = np.array([code for code, _label in rows])
        texts = [label for _code, label in rows]
        counts = ngram_counts(texts, N_FEATURES, smallest=3, longest=5)
        seen = np.bincount(counts.indices, minlength=N_FEATURES)
        self.weights = np.log1p(len(rows) / (1 + seen)).astype(np.float32)
        self.rows = self._weighed(texts)
        self.stems = [stems(text) for text in texts]
        self.rarity = Counter(stem for one in self.stems for stem in one)

    def _weighed(self, texts: Sequence[str]) -> sparse.csr_array:
        rows = hashed_ngrams(texts, N_FEATURES, smallest=3, longest=5)
        rows.data = rows.data * self.weights[rows.indices]
        return unit_rows(rows)

    def codes_of(self, phrases: Sequence[str], *, usual: Collection[str] = ()) -> list[str]:
        """Return the code of each phrase, or nothing where no label is close.

        `usual` are the codes that the occupation of the ad usually asks for.
        """
        if not phrases or not self.codes.size:
            return [""] * len(phrases)
        texts = [content(phrase) for phrase in phrases]
        cosines = (self._weighed(texts) @ self.rows.T).toarray()
        is_usual = np.isin(self.codes, list(usual))
        best = np.where(is_usual, cosines * USUAL, cosines).argmax(axis=1)
        return [
            str(self.codes[row])
            if self._is_close(stems(text), row, cosines[place, row], usual=is_usual[row])
            else ""
            for place, (text, row) in enumerate(zip(texts, best, strict=True))
        ]

    def _is_close(self, there: frozenset[str], row: int, cosine: float, *, usual: bool) -> bool:
        if cosine < (LEAST_USUAL if usual else LEAST):
            return False
        # One word alone, "normes", may be part of many labels.
        least = COVERED_USUAL if usual and len(there) > 1 else COVERED
        return self.covered(there, self.stems[row]) >= least

    def covered(self, there: frozenset[str], label: frozenset[str]) -> float:
        """Return the share of a label that stands in a phrase, rare words counting more."""
        weights = {stem: 1 / (1 + np.log(self.rarity[stem])) for stem in label}
        whole = sum(weights.values())
        return (
            float(sum(weight for stem, weight in weights.items() if stem in there) / whole) if whole else 0.0
        )


def content(text: str) -> str:
    """Keep the words that say something.

    >>> content("Réaliser l'entretien du linge")
    'entretien linge'
    """
    return " ".join(word for word in fold_words(text).split() if word not in STOP and len(word) > 1)


def stems(words: str) -> frozenset[str]:
    """Keep the beginnings of words: "pétrir" and "pétrissage" meet, and so do "client" and "clients".

    >>> stems("petrissage clients") == stems("petrir client")
    True
    """
    singular = (word.rstrip("sx") for word in words.split())
    return frozenset(word[:5] if len(word) > 5 else word[:4] for word in singular if word)
