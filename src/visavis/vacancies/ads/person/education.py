"""The diploma asked: the lowest that suffices."""

import re

from visavis.common.wordlists import Gated, either, words_beside
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Education, Found
from visavis.vacancies.ads.text import WISHED, Text, is_about_employer

TABLES = words_beside(__file__, "words.toml")
LEVELS = [(int(level), Gated(either(words))) for level, words in TABLES["education"].items()]
# Named diplomas without a level, at their level today.
DIPLOMAS = [(int(level), Gated(either(words))) for level, words in TABLES["diplomas"].items()]
# What forms call the years before a diploma.
SCHOOL = ((0, Gated(r"aucune formation|sans diplome|aucun diplome|no (?:diploma|qualifications?)")),
          (1, Gated(r"\bbrevet\b|[34]eme achevee|2nde? ou 1ere achevee|primaire a 4eme")))  # fmt: skip
NONE_ASKED = Gated(
    r"(?:sans|aucun[es]*|pas de|ni|no) (?:formations? (?:specifique )?(?:ni |ou )?)?(?:diplomes?|qualifications?"
    r"|degree)"
    r"(?: \w+){0,2}|aucunes? formations?[^.\n]{0,20} (?:requis|exige|necessaire|demande)"
)
# What the employer teaches, or whom one works with.
NOT_ASKED = re.compile(
    r"prepar\w*|obtenir|obtention|deboucher|formation (?:interne|assuree|offerte|continue)|apprentie?s?\b|alternance"
    r"|eleves?|etudiants?|classes?|enseign|lyce|remuneration|salaire|validation|apprentissage|vous forme|encadr"
    r"|delegation"
    r"|nous (?:vous )?form\w+|collabor|aux cotes|equipe|supervision|responsabilite d|conge"
    r"|ecole de (?!commerce|ingenieur|management)|tutorat|permettra|vise\b"
    r"|niveau \w+ a acquerir"
)
ASKED = re.compile(
    r"diplom|titulaire|formation|niveau|profil|issu|de type|exige|requis|obligatoire|souhait|minimum|\bmin\b"
    r"|\bayant\b"
    r"|posse|justifi|valide|etes|equivalent|degree|qualifi|vous avez|\btu as|apprecie|\bou\b|/"
)
EXPERIENCE_OR = re.compile(
    r"experience[^.;]{0,60}\bou (?:bien )?(?:au (?:minimum|moins) )?(?:d'un |un |une |d'une )?"
    r"(?:(?:diplome|formation|niveau) (?:de |d')?)?$"
)
OR_EXPERIENCE = re.compile(
    r"^[^.;]{0,60}\b(?:et/)?ou (?:que )?(?:vous |tu |une? |d'une |d'|bien |alors )*(?:avez |justifiez |as "
    r"|disposez |possedez )?(?:\d{1,2} ?(?:ans?|annees?|mois) )?(?:d')?(?:de l')?(?:une )?(?:\w+ )?experience"
)


def education_in(text: Text) -> Found[Education] | None:
    """Return the lowest level of the first sentence that asks for a diploma: several are ways in."""
    levels = (*LEVELS, *DIPLOMAS)
    near = {text.sentence_at(m.start()) for _level, words in levels for m in words.finditer(text.folded)}
    for low, high in sorted(near):
        sentence = text.folded[low:high]
        if is_about_employer(text, low):
            continue
        found = [
            (level, match.start(), match.end(), is_named)
            for is_named, table in ((False, LEVELS), (True, DIPLOMAS))
            for level, pattern in table
            for match in pattern.finditer(sentence)
            if is_asked(sentence, match.start(), match.end())
        ]
        if found:
            level, start, end, is_named = min(found)
            asks = asked(sentence, start, end, text.folded[high : high + 60])
            return text.found(Education(level, asks, is_named), low + start, low + end)
    if none := NONE_ASKED.search(text.folded):
        return text.found(Education(0, False), none.start(), none.end())
    return None


def asked(sentence: str, start: int, end: int, next_line: str) -> bool | None:
    """Return False where the diploma is wished, or where experience does as well; else None."""
    if EXPERIENCE_OR.search(sentence[:start]):
        return False
    if re.match(r"[^,/.;]{0,14}(?:\bmini\b|minimum|exige|requis|obligatoire|indispensable)", sentence[end:]):
        return None
    if re.search(
        r"(?:titulaire|a minima|imperativement|obligatoirement|diplome exige)[^.;,]{0,30}$", sentence[:start]
    ):
        return None
    if OR_EXPERIENCE.search(sentence[end:] + next_line):
        return False
    return False if WISHED.search(around(sentence, start, end)) else None


def around(sentence: str, start: int, end: int) -> str:
    """Return what is said of one diploma: up to the words on experience."""
    after = re.split(r"experience|vous justifi|avec|[.;]", sentence[end : end + 90])[0]
    before = re.split(r"experience|[.;,]", sentence[max(0, start - 60) : start])[-1]
    return f"{before} {after}"


def is_asked(sentence: str, start: int, end: int) -> bool:
    if NOT_ASKED.search(sentence[max(0, start - 45) : start]):
        return False
    short = len(sentence.strip()) < 70 or not sentence[:start].strip(" -•*\n")
    return short or bool(ASKED.search(sentence[max(0, start - 70) : end + 60]))


def level_of(label: str) -> int | None:
    """Return the lowest level that an entry names, or None.

    >>> level_of("Bac+3, Bac+4 ou équivalents"), level_of("BEPC ou 3ème achevée"), level_of("Collège Jean-Moulin")
    (6, 1, None)
    """
    folded = fold_signs(label)
    return min(
        (level for level, words in (*SCHOOL, *LEVELS, *DIPLOMAS) if words.search(folded)), default=None
    )
