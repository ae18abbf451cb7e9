"""What goes with the work: own vehicle, remote work, how many people are sought."""

import re

from visavis.common.wordlists import Gated
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.words.numbers import SPELT, number

GIVEN = Gated(
    r"(?:vehicules?|voiture)(?: \w+){0,3} (?:de (?:service|fonction|societe|l'entreprise|l'employeur)|fourni\w*"
    r"|mis\w* a disposition"
    r"|fournie? par)|(?:vehicule|voiture)[^.;\n]{0,35}(?:fournis?\b|mis a (?:votre )?disposition|de l'employeur"
    r"|de fonction)"
    r"|company (?:car|van|vehicle)|van provided|car provided|fournissons (?:un|le) vehicule"
)
GIVEN_NOT = re.compile(r"(?:pas|sans|non|en panne|pret d'un|entretien|conduite|flotte|nettoy)[^.;\n]{0,25}$")
OWN = Gated(
    r"vehicule(?: \w+)? (?:personnel|indispensable|obligatoire|exige|requis|necessaire|imperatif|souhaite|apprecie)"
    r"|(?:permis(?: b)?|licence)(?: de conduire)?(?: \w+)? ?(?:et|\+|/|,|&|avec) ?(?:une? )?(?:vehicule|voiture)"
    r"|vehicule(?:es?\b|\(e\)|[.·-]e\b)|(?:etre|etes|es|soyez) (?:imperativement "
    r"|obligatoirement )?vehicule\b|\bvehicule obligatoire|moyen de locomotion|\bmotorise(?:e|es|s|\(e\)|[.·-]e)?\b"
    r"|own (?:car|vehicle|transport)"
    r"|votre (?:propre )?(?:voiture|vehicule)|voiture (?:personnelle|indispensable|obligatoire|exigee"
    r"|requise|necessaire"
    r"|souhaitee)|(?:dispos\w+|posse\w+|avez|ayant|justifi\w+) (?:d'un |un |d'une |une )(?:vehicule"
    r"|voiture)\b|mobile et vehicule"
    r"|vous etes vehicule\b|\bvehicule(?= exige| demande)|moyen de transport (?:personnel|autonome)"
)
# The vehicle of the work: "entretenir votre véhicule".
DRIVEN = re.compile(
    r"(?:entret\w*|nettoy\w*|condui\w*|control\w*|verifi\w*|volant|bord|charg\w*|lav\w*|etat) (?:de |l'etat de )?$"
)
IDEALLY = re.compile(r"(?:ideal\w*|de preference|ideally),? [^,;.\n]{0,30}$")
NEEDED = re.compile(
    r" ?(?:est |sont )?(?:indispensable|obligatoire|exige|requis|necessaire|imperati|essential|required)"
)
REMOTE = Gated(
    r"teletravail\w*|home[- ]office|\bremote(?:ly)?\b|work(?:ing)? from home|travail a distance|\bhybrid"
)
ON_SITE = Gated(
    r"en presentiel|100 ?% presentiel|on[- ]site only|poste (?:\w+ )?presentiel|sur site uniquement"
)
DENIED = re.compile(r"(?:pas|non|aucun|sans|no|not|impossible|ne permet pas|ineligible)[^.;\n]{0,30}$")
DENIED_AFTER = re.compile(r" ?(?::|-)? ?(?:non\b|impossible|pas possible|no\b|exclu|not possible)")
FULL = re.compile(r"full[- ]remote|100 ?%|full$|complet|total|fully|exclusivement")
POSITIONS = Gated(
    rf"\b(\d{{1,2}}|{'|'.join(SPELT)}) (?:postes?\b|positions\b|openings\b|personnes? (?:a|pour|recherche)"
    r"|vacancies|offres|collaborateurs|candidats)"
)
NUMBERED = re.compile(r"^ ?(\d{1,2}) (?!h\b|h/|/|ans|mois|€|x|roues?|er\b|eme|e\b|jours|heures)[a-z]{3,}")
_MANY = "|".join(word for word in SPELT if word not in {"un", "une", "one"})
SEVERAL = Gated(
    rf"(?:recrut\w*|recherch\w*|cherch\w*|embauch\w*|hiring|looking for) (?:\w+ment )?"
    rf"(?:,? ?pour (?:notre|nos|un|l'un de nos|le compte de (?:notre|nos)) clients?,? )?(\d{{1,2}}|{_MANY}) (?!ans"
    rf"|mois|jours|h\b|%)[a-z]{{4,}}"
)
NOT_SOUGHT = re.compile(r"equipe|compos|structure|effectif|encadr|manag|ouvert|famill|residen|enfants")


def own_vehicle_in(text: Text) -> Found[str] | None:
    """Return `no` where the employer gives a vehicle, else `required` or `wished` where one's own is asked."""
    for match in GIVEN.finditer(text.folded):
        if not GIVEN_NOT.search(text.folded[max(0, match.start() - 40) : match.start()]):
            return text.found("no", match.start(), match.end())
    for match in OWN.finditer(text.folded):
        if DRIVEN.search(text.folded[max(0, match.start() - 30) : match.start()]):
            continue
        clause = text.clause(match.start(), match.end())
        if NEEDED.match(text.folded, match.end()) or NEEDED.search(match[0][-16:]):
            return text.found("required", match.start(), match.end())
        low, _high = text.sentence(match.start())
        wished = WISHED.search(clause) or IDEALLY.search(text.folded, low, match.start())
        return text.found("wished" if wished else "required", match.start(), match.end())
    return None


def remote_in(text: Text) -> Found[str] | None:
    """Return `some`, `full`, or `none` where remote work is denied."""
    for match in REMOTE.finditer(text.folded):
        low, high = text.sentence(match.start())
        if DENIED.search(text.folded, low, match.start()) or DENIED_AFTER.match(text.folded, match.end()):
            return text.found("none", match.start(), match.end())
        around = text.folded[max(low, match.start() - 12) : min(high, match.end() + 15)]
        return text.found("full" if FULL.search(around) else "some", match.start(), match.end())
    on_site = ON_SITE.search(text.folded)
    return text.found("none", on_site.start(), on_site.end()) if on_site else None


def positions_in(title: Text, text: Text) -> Found[int] | None:
    """Return how many people are sought: "2 agents" in the title, "3 postes", "recrute deux serveurs"."""
    if (first := NUMBERED.match(title.folded)) and 1 < int(first[1]) <= 50:
        return title.found(int(first[1]), first.start(), first.end())
    for page in (title, text):
        for pattern in (POSITIONS, SEVERAL):
            for match in pattern.finditer(page.folded):
                value = int(number(match[1]) or 1)
                low, _high = page.sentence(match.start())
                if 1 < value <= 30 and not NOT_SOUGHT.search(page.folded, low, match.start()):
                    return page.found(value, match.start(), match.end())
    return None
