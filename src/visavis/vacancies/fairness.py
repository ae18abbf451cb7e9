"""Words that the law forbids in a vacancy (Code du travail, L1132-1, L1142-1 and L5331-2)."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise

from visavis.common.sentences import sentences_beside
from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs, places_before

SOUGHT = r"(?:recherch\w*|cherch\w*|recrut\w*|embauch\w*|souhait\w*) (?:activement )?(?:de |d')?"
NAMES_OF_WORK = r"(?! (?:de (?:menages?|chambre|compagnie|main)|toutes? mains|d'entretien|a tout faire))"
WORDS = {
    kind: [either(one).replace("SOUGHT", SOUGHT).replace("NAMES_OF_WORK", NAMES_OF_WORK) for one in patterns]
    for kind, patterns in words_beside(__file__, "fairness.toml").items()
}
SENTENCES: dict[str, str | Promise] = sentences_beside(__file__)["fairness"]


@dataclass(frozen=True)
class Warning:  # noqa: A001  (the word of the trade)
    """Words of a text that a person of good will would rather write otherwise."""

    kind: str
    words: str

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.kind])


def warnings(*texts: str) -> list[Warning]:
    """Return the words of these texts that the law forbids, in the order in which they stand, once each."""
    found: dict[tuple[str, str], Warning] = {}
    for text in texts:
        folded, places = fold_signs(text), places_before(text)
        for kind, patterns in WORDS.items():
            spans = sorted(match.span() for pattern in patterns for match in re.finditer(pattern, folded))
            for start, end in spans[:1]:
                words = " ".join(text[places[start] : places[end]].split())
                found.setdefault((kind, fold_signs(words)), Warning(kind, words))
    return list(found.values())
