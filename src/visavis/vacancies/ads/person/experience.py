"""Experience: asked, wished or none, how long, and whether beginners are welcome."""

import re

from visavis.common.wordlists import Gated
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import REQUIRED, WISHED, Text
from visavis.vacancies.words.numbers import SPELT, number

WORD = Gated(r"experiences?\b|\bexp\b|experimente\w*|confirmee?s?\b(?= \()|experienced")
BEGINNER = Gated(
    r"debutant[.e()s· -]{0,6} *(?:\(?e?\)? ?)?(?:motive\w*(?:\(e\))? )?(?:est |sont |etre )?(?:les )?"
    r"(?:accepte|bienvenu|admis|possible)|debutant[^.;\n]{0,12}(?:accepte|bienvenu|admis)|ouvert aux debutant"
    r"|debutant(?:\(?e?\)?s?)? ou (?:experimente|confirme)|beginners? (?:welcome|accepted)|entry[- ]level"
    r"|accepte(?:ons)? les debutant|debutant motive"
)
NOT_BEGINNER = re.compile(r"(?:pas|non) (?:\w+ )?$|debutants? (?:non|s'abstenir)")
NOTHING = Gated(
    r"(?:(?:sans|aucune|no|pas de) |pas (?:besoin |forcement )?d')(?:prerequis|experience|qualification)"
    r"|ne (?:necessite|demande|requiert) (?:pas d'|aucune? )(?:experience|prerequis|pas de prerequis)"
    r"|ne necessite pas de prerequis|experience (?:n'est )?(?:pas|non) (?:necessaire|exigee|obligatoire|requise"
    r"|demandee)"
    r"|peu importe (?:votre|ton) experience|no previous experience|with or without experience|avec ou sans experience"
    r"|quelle que soit votre experience|experience ?: ?(?:non|pas|aucune|sans)\b|(?:n'avez|n'as|avez|as) (?:pas"
    r"|aucune) (?:d')?experience"
)
# The employer's experience, or what the pay follows.
NOT_ASKED = re.compile(
    r"(?:selon|suivant|fonction|profil et|a definir|negoci|en rapport|proportionnelle|remuneration"
    r"|salaire)[^.;\n]{0,45}$"
    r"|debutants?(?:\(e\))? ou $|(?:forte?s? d'|notre|son|leur|riche|nos|faire|vivre|propose\w*|offr\w*|partag\w*"
    r"|experience) [^.;\n]{0,12}$"
)
NOT_ASKED_AFTER = re.compile(
    r" (?:client|utilisateur|collaborateur|unique|humaine enrichissante|user|d'achat|patient)"
)
ASKED = re.compile(
    r"justifie|posse|dispos|\bavez\b|\bas\b|\bayant\b|attendu|exige|demande|requis|indispensable|imperati|obligatoire"
    r"|necessaire|minimum|\bmin\b|au moins|a minima|significative|reussie|must|required|at least|you have|doit avoir"
    r"|confirme|titulaire"
)
LENGTH = re.compile(
    rf"(?:(\d{{1,2}}|{'|'.join(SPELT)})(?: ?\(\w+\))?(?: ?(?:a|/|-|et|ou|to) ?(?:\d{{1,2}}|{'|'.join(SPELT)}))? ?"
    r"(an\(s\)|ans?|annees?|mois|years?|months?)(?![a-z]))"
)
OR_DIPLOMA = re.compile(
    r"(?:diplom|formation|\bcap\b|\bbep\b|\bbac\b|\bbts\b|titre)[^.;]{0,70}\b(?:et/)?ou (?:que )?(?:vous |tu "
    r"|une? |d'une |bien )*(?:avez |justifiez |as |disposez |possedez )?(?:\d{1,2} ?(?:ans?|annees?|mois) )?"
    r"(?:d')?(?:de l')?(?:une )?(?:\w+ )?$"
)
MOST_MONTHS = 240


def experience_in(text: Text) -> tuple[Found[str] | None, Found[int] | None]:
    """Return whether experience is `required`, `wished` or `none`, and how many months."""
    kind: Found[str] | None = None
    months: Found[int] | None = None
    for word in WORD.finditer(text.folded):
        if not is_asked(text, word.start(), word.end()):
            continue
        low, high = text.sentence(word.start())
        found = text.found(how(text, word.start(), word.end()), *text_span(text, word.start(), word.end()))
        length = LENGTH.search(text.folded, max(low, word.start() - 45), min(high, word.end() + 60))
        value = months_of(length) if length else None
        if length and months is None and value:
            months = text.found(value, length.start(), length.end())
        # "3 ans exigés, une expérience en région serait un plus": what has a length is what is asked.
        is_stronger = kind is not None and kind.value != "required" and found.value == "required" and value
        if kind is None or (found.value and not kind.value) or is_stronger:
            kind = found
    if kind and not kind.value:
        kind = Found("required" if months else "", kind.words, kind.source, kind.start, kind.end)
    if (none := NOTHING.search(text.folded)) and not (kind and kind.value):
        kind = text.found("none", none.start(), none.end())
    return (kind if kind and kind.value else None), months


def text_span(text: Text, start: int, end: int) -> tuple[int, int]:
    """Widen to the clause, for the words shown."""
    low, high = text.sentence(start)
    return max(low, start - 40), min(high, end + 40)


def months_of(match: "re.Match[str]") -> int | None:
    value = number(match[1])
    months = round(value * (12 if match[2].startswith(("an", "year")) else 1)) if value else 0
    return months if 0 < months <= MOST_MONTHS else None


def is_asked(text: Text, start: int, end: int) -> bool:
    low, _high = text.sentence(start)
    return not (NOT_ASKED.search(text.folded, low, start) or NOT_ASKED_AFTER.match(text.folded, end))


def how(text: Text, start: int, end: int) -> str:
    """Read "souhaitée" and "exigée" beside the word, first the clause, then the rest of the sentence."""
    low, high = text.sentence(start)
    if NOTHING.search(text.folded, max(low, start - 30), min(high, end + 30)):
        return "none"
    clause = text.clause(start, end)
    if OR_DIPLOMA.search(text.folded[max(0, start - 90) : start]):
        return "wished"
    if re.search(r"\d", clause) and not WISHED.search(clause):
        return "required"
    for words in (clause, text.folded[start:end], text.folded[end:high][:70], text.folded[low:start]):
        if WISHED.search(words):
            return "wished"
        if ASKED.search(words) or REQUIRED.search(words):
            return "required"
        if (
            words is clause
            and re.match(r"[-•* ]*(?:une? )?(?:premiere )?exp", text.folded[low:high].lstrip())
            and "," in text.folded[end : end + 40]
        ):
            return "required"
    return (
        "required" if re.match(r"[-•* ]*(?:une? )?(?:premiere )?exp", text.folded[low:high].lstrip()) else ""
    )


def beginner_in(text: Text) -> Found[bool] | None:
    """Return that beginners are accepted, where said."""
    for match in BEGINNER.finditer(text.folded):
        if not NOT_BEGINNER.search(text.folded[max(0, match.start() - 12) : match.end() + 10]):
            return text.found(True, match.start(), match.end())
    return None
