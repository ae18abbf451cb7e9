"""Languages asked, how well, and whether they are needed."""

import re
from dataclasses import replace

from visavis.common.wordlists import Gated, either, words_beside
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Found, Language
from visavis.vacancies.ads.text import REQUIRED, WISHED, Text, asked_how

NAMES = {
    code: Gated(rf"\b(?:{either(words)})\b")
    for code, words in words_beside(__file__, "words.toml")["languages"].items()
}
ANY = re.compile("|".join(pattern.pattern.pattern for pattern in NAMES.values()))
ASKED = re.compile(
    r"parl|\blus?\b|\bli(?:re|sez)\b|technique|a l'aise|ecri|maitris|courant|\boral|speak|fluent"
    r"|langues?\b|languages?|niveau|bilingue|notions"
    r"|pratiqu|scolaire"
    r"|souhait|apprecie|exige|indispensable|\bplus\b|atout|operationnel|professionnel|\bb[12]\b|\bc[12]\b|\ba[12]\b"
    r"|native|maternelle|working|avantage|connaissance|required|needed|necessa|\bmust\b"
)
# Where the word is no language: "entreprise française", "cuisine italienne", "cours d'anglais".
NOT_ASKED = re.compile(
    r"(?:cours|professeur|prof|enseign\w*|marche|cuisine|client\w*|societe|entreprise|groupe|leader"
    r"|administration|sol|"
    r"territoire|nationalite|etat|armee|croix|republique|formation|traduction|filiale) (?:\w+ ){0,1}(?:d'|de l'"
    r"|du |en )?$"
)
# "C1 ou C2", "courant voire bilingue": the lowest suffices.
JOINED = re.compile(r" ?(?:,|/|&|-|\bet|\bou|\band|\bor) ?(?:en |de |du |d'|l'|le |la )*")
# "Pas besoin de parler français", "no French needed", "anglais non demandé": said, and not asked. What is only not
# required ("pas indispensable") may be a plus.
DENIED = re.compile(
    r"(?:pas (?:besoin|necessaire|utile)|inutile|no need|(?:not|n't|never) (?:have|need)|sans|without|\bno\b|aucune?"
    r"|\bpas (?=d[e'])|\bni)(?: ?(?:de la|de l'|de|d'|du|en|to|any|of|a|le|la|l'|savoir|parl\w*|speak\w*|know\w*"
    r"|connaissances?|maitris\w*|notions?|bien|good|fluent|prior|langue)(?:\b|(?<=')))* ?$"
)
DENIED_AFTER = re.compile(
    r" ?(?:(?:is|are|n'est|n'est vraiment|isn't|language|parle|skills?) )*(?:(?:not|non|pas|isn't)(?: \w+)? (?:needed"
    r"|required|necessary|necessaire|requise?|demandee?|exigee?|utile)|unnecessary|inutile|: ?(?:non|no)\b)"
)
# "Vous ne parlez pas français ?"
UNSPOKEN, ASKS = (
    re.compile(r"\bne parl\w+ pas (?:bien |encore |le |l'|un mot de )*$"),
    re.compile(r"[^.!\n]{0,20}\?"),
)
DENIED_TOO = re.compile(r" ?(?:/|\bni|\bou|\bor|\bnor) ?(?:en |de |du |d'|l'|le |la )*")
LEVELS = (
    (1, re.compile(r"\ba1\b")),
    (2, re.compile(r"notions|scolaire|basic|\bbases?\b(?! de donn)|\ba2\b")),
    (3, re.compile(r"\bb1\b|intermediaire|intermediate")),
    (4, re.compile(r"professionnel|working|business|\bb2\b")),
    (5, re.compile(r"courant|couramment|fluent|\bc1\b")),
    (6, re.compile(r"maternelle|native|bilingue|bilingual|\bc2\b")),
)


def languages_in(text: Text) -> dict[str, Found[Language]]:
    """Return the languages that somebody must or should speak; "anglais et espagnol courants" says it of both."""
    found: dict[str, Found[Language]] = {}
    said = sorted(
        (match.start(), match.end(), code)
        for code, names in NAMES.items()
        for match in names.finditer(text.folded)
    )
    last, denied = 0, -1
    for start, end, code in said:
        is_joined = 0 <= denied <= start and DENIED_TOO.fullmatch(text.folded, denied, start)
        if is_joined or is_denied(text, start, end):
            denied = end
            continue
        if code in found or not is_asked(text, start, end):
            continue
        language = asked(text, start, end)
        if found and JOINED.fullmatch(text.folded, last, start):
            other, before = next(reversed(found.items()))
            level = before.value.level or language.level
            language = replace(language, level=language.level or level)
            # "English and French required".
            is_both = language.is_required and not WISHED.search(own_words(text, before.start, before.end))
            is_required = before.value.is_required or is_both
            found[other] = replace(before, value=Language(level, is_required))
        found[code], last = text.found(language, start, end), end
    return found


def asked(text: Text, start: int, end: int) -> Language:
    clause = own_words(text, start, end)
    level = next((level for level, words in LEVELS if words.search(clause)), None)
    is_required = not WISHED.search(clause) and (
        level is not None or bool(REQUIRED.search(clause)) or asked_how(text, start, end) is not False
    )
    return Language(level, is_required)


def own_words(text: Text, start: int, end: int) -> str:
    """Return what is said of one language: from the one before to the one after it."""
    low, high = text.sentence(start)
    before = [match.end() for match in ANY.finditer(text.folded, low, start)]
    after = ANY.search(text.folded, end, high)
    low = before[-1] if before else low
    words = text.folded[start : after.start() if after else high]
    head = re.split(r"[,;]| et | ou ", text.folded[low:start])[-1]
    return head + re.split(r"[,;](?! ?(?:lu|parle|ecrit))", words)[0]


def is_asked(text: Text, start: int, end: int) -> bool:
    low, high = text.sentence(start)
    if NOT_ASKED.search(text.folded, low, start):
        return False
    near = text.folded[max(low, start - 60) : min(high, end + 50)]
    return bool(ASKED.search(near)) or high - low < 25


def is_denied(text: Text, start: int, end: int) -> bool:
    """Say whether its own words tell that nobody need speak it."""
    low, _high = text.sentence(start)
    before = max(low, start - 60)
    return bool(
        DENIED.search(text.folded, before, start)
        or DENIED_AFTER.match(text.folded, end)
        or (UNSPOKEN.search(text.folded, before, start) and ASKS.match(text.folded, end))
    )


def code_of(label: str) -> str:
    """Return the language that an entry names, in words or by its code, or nothing.

    >>> code_of("Anglais"), code_of("en"), code_of("Klingon")
    ('en', 'en', '')
    """
    folded = fold_signs(label).strip()
    return folded if folded in NAMES else next((c for c, names in NAMES.items() if names.search(folded)), "")


def level_of(label: str) -> int | None:
    folded = fold_signs(label)
    return next((level for level, words in LEVELS if words.search(folded)), None)
