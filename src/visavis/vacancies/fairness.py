"""Words that the law forbids in a vacancy (Code du travail, L1132-1, L1142-1 and L5331-2)."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.folding import fold_signs, places_before

SOUGHT = r"(?:recherch\w*|cherch\w*|recrut\w*|embauch\w*|souhait\w*) (?:activement )?(?:de |d')?"
NAMES_OF_WORK = r"(?! (?:de (?:menages?|chambre|compagnie|main)|toutes? mains|d'entretien|a tout faire))"
WORDS = {
    "age": (
        r"\bjeunes? (?:et|homme|femme|fille|garcon|diplom\w*|retraite\w*|candidat\w*|collaborat\w*"
        r"|profession\w*|dynami\w*|motiv\w*)",
        rf"{SOUGHT}(?:un\w* |des )?(?:\w+ )?jeunes?\b(?! (?:enfants|entreprise))",
        r"\b(?:vous etes|etre|tu es|plutot|assez|profil|personne|equipe) jeunes?\b",
        r"(?:^|\n)jeunes? ",
        r"(?:moins|plus) de \d{2} ans(?! d)(?!,? experience)|\d{2} ans (?:maximum|maxi|au plus)(?! d'exp)",
        r"(?:entre|de) \d{2} (?:et|a) \d{2} ans(?! d)|\bage\b[^.\n]{0,20}\d{2}|limite d'age",
        r"\byoung (?:and|man|woman|men|women|person|people|graduate|candidate|dynamic|team)"
        r"|\baged (?:between )?\d{2}|\b(?:under|over) \d{2}\b(?! ?(?:hours|years of exp|%))",
    ),
    "sex": (
        r"\b(?:hommes?|femmes?|messieurs|dames?) (?:uniquement|seulement|exclusivement|de preference|exige\w*)",
        rf"{SOUGHT}(?:un\w* |des )?(?:jeune )?(?:hommes?|femmes?|monsieur|dames?|filles?|garcons?)\b{NAMES_OF_WORK}",
        r"\bde sexe (?:masculin|feminin)|(?:uniquement|exclusivement|reserve) (?:aux?|des|pour (?:les"
        r"|des)) (?:hommes|femmes)",
        r"\b(?:men|women|males?|females?) only|\b(?:male|female) (?:candidates?|applicants?|preferred)"
        r"|poste (?:masculin|feminin)",
    ),
    "origin": (
        r"nationalite (?:francaise|europeenne)|de nationalite|francais de souche|pas d'etrangers?|type europeen",
        r"d'origine (?:francaise|europeenne|\w+ienne|\w+aine|etrangere)|langue maternelle",
        r"native (?:french|english)|(?:french|english|mother)[- ](?:native|tongue)|(?:french|eu"
        r"|european) (?:nationals?|citizens?) only|no foreigners",
    ),
    "family": (
        r"\bcelibataires?\b|sans enfants?\b|sans charges? (?:de famille|familiale)|situation (?:de famille"
        r"|familiale)|mere de famille",
        r"\bno children\b|\bunmarried\b|marital status|without children",
    ),
    "health": (
        r"(?:en |parfaite |excellente |bonne )sante\b(?! au travail)(?= exig| indis| obli|[.,\n]|$)"
        r"|sans handicap|non enceinte|pas enceinte",
        r"able[- ]bodied|in (?:good|perfect) health|not pregnant|no disabilit\w+",
    ),
    "looks": (
        r"physique (?:agreable|avantageux|soigne)|belle (?:presentation|allure)|jolie\b|(?:taille"
        r"|poids) (?:minimum|maximum|mini|maxi)",
        r"good[- ]looking|attractive (?:appearance|man|woman|person)|pleasant appearance",
    ),
    "beliefs": (
        r"(?:de (?:confession|religion)|pratiquant\w*) \w+|non[- ]syndique|pas de syndicalis\w+"
        r"|opinions? politiques?",
        r"(?:christian|muslim|jewish|catholic) (?:candidates?|only|faith)|non[- ]union",
    ),
    "home": (
        r"(?:habit\w+|resid\w+|domicili\w+) (?:imperativement|obligatoirement|exclusivement|uniquement)|must live in",
    ),
}  # fmt: skip
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
