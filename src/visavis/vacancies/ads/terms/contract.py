"""Contract and its length."""

import re

from visavis.common.wordlists import Gated, either, words_beside
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Found, Length
from visavis.vacancies.ads.text import Text, is_about_employer
from visavis.vacancies.words.numbers import SPELT, number

KINDS = {
    kind: Gated(either(words)) for kind, words in words_beside(__file__, "words.toml")["contracts"].items()
}
APPRENTICESHIP = re.compile(r"apprenti|professionnalisation|alternance|work[- ]study")
# What a field that says "permanent" cannot deny: the agency itself employs, the seller employs himself.
SURE = Gated(
    r"\ben (?:contrat d')?interim\b(?! ou cdi)|contrat d'interim\b|mission d'interim|poste en interim"
    r"|en contrat interimaire|statut (?:de )?(?:\w+ )?independant|\bvdi\b|statut (?:d')?auto-?entrepreneur"
)
# "CDI possible", "en vue d'un CDI": what may come later is not the contract.
LATER = re.compile(
    r"(?:possibilite|vue|possible|evolu\w*|debouch\w*|perspective|suivie?|transform\w*|issue|embauche)[^.;\n]{0,25}$"
)
LATER_AFTER = re.compile(
    r" ?(?:possible|envisageable|a la cle|a terme|a l'issue|a la suite|si \w+|envisage|after|later)"
)
# "Un contrat saisonnier pourra vous être proposé": another one, afterwards.
PROPOSED = re.compile(r"[^.;\n]{0,20}\b(?:pourr\w*|peut|peuvent)\b[^.;\n]{0,25}\bpropos")
LENGTH = re.compile(
    rf"(?<![\w,.])(\d{{1,3}}|{'|'.join(SPELT)})(?: ?\((?:\w+)\))?(?:[ -](?:a|to|et|ou)[ -]| ?[-/] ?)?"
    r"(?:(\d{1,2}) ?)?[ -]?"
    r"(ans?|annees?|years?|mois|months?|semaines?|weeks?|jours?|days?)\b(?:\(s\))?"
)
ABOUT = re.compile(
    r"\bcddi?\b|duree|contrat|mission|interim|remplacement|saison|stage|alternance|fixed[- ]term|temporary|contract"
    r"|renouvelable|placement|prolongation|missions|debut|demarrage|prise de poste"
)
NOT_LENGTH = re.compile(
    r"experience|anciennete|essai|formation de|depuis|ans de|ans d'|\bage\b|conges|garantie|par semaine|/ ?semaine"
    r"|repos|semaine de travail|jours? ouvr|par mois|teletravail|periode|preavis|\bsur 1[2-6]\b|salaire|after"
    r"|sous \w+ \d"
)
MOST_MONTHS = 60


def contract_in(text: Text) -> Found[str] | None:
    """Return the contract that the text names first, what may come later left out."""
    found: list[tuple[int, int, str]] = []
    for kind, pattern in KINDS.items():
        for match in pattern.finditer(text.folded):
            if not is_later(text, match.start(), match.end()) and not is_about_employer(text, match.start()):
                found.append((match.start(), match.end(), kind))
                break
    if not found:
        return None
    start, end, kind = min(found)
    return text.found(kind, start, end)


def is_later(text: Text, start: int, end: int) -> bool:
    return bool(
        LATER.search(text.folded, max(0, start - 40), start)
        or LATER_AFTER.match(text.folded, end)
        or PROPOSED.match(text.folded, end)
    )


def sure_contract_in(text: Text) -> Found[str] | None:
    """Return a contract said so plainly that a field which says otherwise is wrong."""
    match = SURE.search(text.folded)
    if not match or is_about_employer(text, match.start()):
        return None
    return text.found("temporary" if "interim" in match[0] else "self_employed", match.start(), match.end())


def length_in(text: Text, *, kind: str) -> Found[Length] | None:
    """Return how long the contract is; a permanent one has no length."""
    if kind in {"permanent", "self_employed"}:
        return None
    for match in LENGTH.finditer(text.folded):
        low, high = text.sentence(match.start())
        near = text.folded[max(low, match.start() - 60) : min(high, match.end() + 25)]
        own = text.clause(match.start(), match.end())[-80:] + text.folded[match.end() : match.end() + 12]
        if not ABOUT.search(near) or NOT_LENGTH.search(own):
            continue
        if length := length_of(match):
            return text.found(length, match.start(), match.end())
    return None


def length_of(match: "re.Match[str]") -> Length | None:
    """Read "6 mois", "3 semaines", "1 jour"; of "6 à 12 mois" the higher, as France Travail's fields do."""
    count = number(match[2] or match[1])
    unit = match[3]
    if not count:
        return None
    if unit.startswith(("an", "year")):
        return Length(months=count * 12) if count <= MOST_MONTHS / 12 else None
    if unit.startswith(("mois", "month")):
        return Length(months=count) if count <= MOST_MONTHS else None
    return Length(days=int(count * (7 if unit.startswith(("semaine", "week")) else 1)))


def kind_said(words: str) -> str:
    """Return the kind that a field names, or nothing.

    >>> kind_said("CDD de remplacement"), kind_said("Intérim"), kind_said("35 h")
    ('fixed_term', 'temporary', '')
    """
    if APPRENTICESHIP.search(fold_signs(words)):
        return "apprenticeship"
    found = (contract_in(Text(f"{before}{words}")) for before in ("", "en ", "contrat ", "statut "))
    return next((one.value for one in found if one), "")
