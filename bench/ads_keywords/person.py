"""What a pasted text asks of a person: experience, diploma, licences, languages, skills."""

import re
from collections.abc import Mapping

from bench.ads_keywords import asked
from bench.ads_keywords.page import Education, Experience, Found, Language, Page
from visavis.folding import fold_signs

REQUIRED = re.compile(
    r"exige|imperati|obligatoire|indispensable|minimum|au moins|require|must|essential|at least|necessaire"
)
WISHED = re.compile(
    r"souhait|apprecie|serait un plus|est un plus|un atout|ideal|a plus|preferred|nice to have|desirable|bonus"
)
LICENCE = re.compile(
    r"permis ?(?:de conduire )?(?:a1|am|be|b|c1|ce|ec|c|d1|d|a)\b|permis (?:de conduire|voiture|obligatoire"
    r"|exige)|driving licen[cs]e"
    r"|caces[^.;\n]{0,30}|\bfimo\b|hgv licen[cs]e|forklift licen[cs]e"
)
EDUCATION_CONTEXT = re.compile(
    r"diplom|formation|niveau|titulaire|\bcap\b|\bbep\b|\bbac\b|\bbts\b|\bdut\b|licence|master|degree|qualifi"
)
STOP = frozenset(
    fold_signs(
        "un une des les de la le du et ou à au aux en avec pour par sur dans son sa ses the and of for with to a an in"
    ).split()
)


def experience_in(page: Page) -> Found[Experience] | None:
    for start, end in page.sentences:
        sentence = page.folded[start:end]
        if not asked.EXPERIENCE.search(sentence):
            continue
        months = asked.read_months(sentence)
        if months is not None:
            is_required = months > 0 and (bool(REQUIRED.search(sentence)) or not WISHED.search(sentence))
            return Found(Experience(months, is_required), page.words(start, end))
    return None


def education_in(page: Page) -> Found[Education] | None:
    """Take the lowest level of the first sentence that speaks of diplomas: several are ways in."""
    for start, end in page.sentences:
        sentence = page.folded[start:end]
        if EDUCATION_CONTEXT.search(sentence):
            levels = [level for level, pattern in asked.EDUCATION if level and re.search(pattern, sentence)]
            if levels:
                is_required = bool(REQUIRED.search(sentence)) and not WISHED.search(sentence)
                return Found(Education(min(levels), is_required), page.words(start, end))
    return None


def licences_in(page: Page) -> list[Found[tuple[str, bool]]]:
    found: dict[str, Found[tuple[str, bool]]] = {}
    for start, end in page.sentences:
        sentence = page.folded[start:end]
        for match in LICENCE.finditer(sentence):
            words = page.words(start + match.start(), start + match.end())
            is_required = not WISHED.search(sentence)
            for code in licence_codes(match[0]):
                found.setdefault(code, Found((code, is_required), words))
    return list(found.values())


def licence_codes(words: str) -> list[str]:
    """Read "caces 1, 3 et 5" as three licences."""
    if not words.startswith("caces"):
        code = asked.read_licence(words)
        return [code] if code else []
    numbers = re.findall(r"(?<![\dr])([1-9])[ab]?\b", re.sub(r"r ?\d{3}", "", words))
    known = [f"caces_{digit}" if digit in "135" else "caces_other" for digit in numbers]
    return list(dict.fromkeys(known)) or ["caces_other"]


def languages_in(page: Page) -> list[Found[Language]]:
    found: dict[str, Found[Language]] = {}
    for start, end in page.sentences:
        sentence = page.folded[start:end]
        for code, names in asked.LANGUAGES.items():
            match = re.search(rf"\b(?:{names})\b", sentence)
            if not match or (
                code == "fr"
                and not re.search(
                    r"parl|lu\b|ecri|maitris|courant|oral|speak|fluent|langue|language", sentence
                )
            ):
                continue
            clause = clause_around(sentence, match.start())
            level = next((level for level, pattern in asked.LEVELS if re.search(pattern, clause)), None)
            said = clause if WISHED.search(clause) or REQUIRED.search(clause) else sentence
            language = Language(code, level, not WISHED.search(said))
            found.setdefault(code, Found(language, page.words(start, end)))
    return list(found.values())


def clause_around(sentence: str, position: int) -> str:
    """Return the part of a sentence between two commas."""
    start = sentence.rfind(",", 0, position) + 1
    end = sentence.find(",", position)
    return sentence[start : len(sentence) if end < 0 else end]


def skills_in(page: Page, skills: Mapping[str, str]) -> list[Found[str]]:
    """Take a skill when every word of its label stands in one sentence, endings aside."""
    wanted = [(code, stems(part)) for code, labels in skills.items() for part in labels.split("\n")]
    found: dict[str, Found[str]] = {}
    for start, end in page.sentences:
        there = stems(page.folded[start:end])
        for code, needed in wanted:
            if needed and needed <= there and (len(needed) > 1 or len(next(iter(needed))) >= 6):
                found.setdefault(code, Found(code, page.words(start, end)))
    return list(found.values())


def stems(words: str) -> frozenset[str]:
    """Cut words to six letters: "pétrir" and "pétrissage" meet, and so do "client" and "clients"."""
    kept = (word for word in re.findall(r"[^\W_]+", fold_signs(words)) if len(word) > 2 and word not in STOP)
    return frozenset(
        word[:4]
        if word.endswith(("ir", "ez", "er", "age", "ing")) and len(word) > 5
        else word.rstrip("sx")[:6]
        for word in kept
    )
