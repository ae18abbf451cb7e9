"""Words that the law forbids in a vacancy (Code du travail, L1132-1, L1142-1 and L5331-2)."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs, places_before

SOUGHT = r"(?:recherch\w*|cherch\w*|recrut\w*|embauch\w*|souhait\w*) (?:activement )?(?:de |d')?"
NAMES_OF_WORK = r"(?! (?:de (?:menages?|chambre|compagnie|main)|toutes? mains|d'entretien|a tout faire))"
WORDS = {
    kind: [either(one).replace("SOUGHT", SOUGHT).replace("NAMES_OF_WORK", NAMES_OF_WORK) for one in patterns]
    for kind, patterns in words_beside(__file__, "fairness.toml").items()
}
SENTENCES: dict[str, str | Promise] = {
    "age": _("This speaks of age. A vacancy may not ask for an age (Code du travail, L1132-1 and L5331-2)."),
    "sex": _(
        "This speaks of being a man or a woman. The work is open to both (Code du travail, L1132-1 and L1142-1)."
    ),
    "origin": _(
        "This speaks of origin or nationality. Ask for a level of language instead (Code du travail, L1132-1)."
    ),
    "family": _("This speaks of family life. A vacancy may not ask about it (Code du travail, L1132-1)."),
    "health": _(
        "This speaks of health or disability. Describe the tasks instead (Code du travail, L1132-1)."
    ),
    "looks": _("This speaks of looks. Describe the tasks instead (Code du travail, L1132-1)."),
    "beliefs": _(
        "This speaks of beliefs or of a union. A vacancy may not ask about them (Code du travail, L1132-1)."
    ),
    "home": _("This speaks of where people live. Say where the work is instead (Code du travail, L1132-1)."),
}


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
