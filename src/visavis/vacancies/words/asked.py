"""What a vacancy asks of a person: contract aside, its licences, languages, education and experience."""

import re

from visavis.folding import fold_signs
from visavis.vacancies.words.numbers import SPELT, number

LICENCES = (
    ("CE", r"^ce\b|^ec\b|permis (?:de conduire )?(?:ce|ec)\b|poids lourd \+ remorque|super[- ]lourd|\bce licen[cs]e"),
    ("C1", r"^c1\b|permis c1\b"),
    ("C", r"^c\b|permis (?:de conduire )?c\b|poids lourd|\bhgv\b|lorry licen[cs]e|\bc licen[cs]e"),
    ("D1", r"^d1\b|permis d1\b"),
    ("D", r"^de?\b|^ed\b|permis (?:de conduire )?de?\b|transport (?:de personnes|en commun)|\bd licen[cs]e"),
    ("BE", r"^be\b|^eb\b|\(= ?eb\)|79\.06|permis (?:be|eb)\b|\bbe licen[cs]e"),
    ("B", r"^b\b(?! mention)|permis (?:de conduire )?b\b|vehicule leger"
          r"|permis (?:de conduire )?(?:voiture|obligatoire|exige)|driving licen[cs]e|\bb licen[cs]e"),
    ("A1", r"^a1\b|permis a1\b"),
    ("A", r"^a2?\b|permis a2?\b|\bmoto\b|motorcycle licen[cs]e"),
    ("AM", r"^am\b|permis am\b|cyclomoteur|\bbsr\b"),
    ("caces_1", r"caces.{0,24}(?:\b1[ab]?\b)"),
    ("caces_3", r"caces.{0,24}(?:\b3\b)|forklift licen[cs]e"),
    ("caces_5", r"caces.{0,24}(?:\b5\b)"),
    ("fimo", r"\bfimo\b|\bfco\b"),
)  # fmt: skip
LANGUAGES = {
    "fr": "francais|french", "en": "anglais|english", "de": "allemand|german", "es": "espagnol|spanish",
    "it": "italien|italian", "pt": "portugais|portuguese", "nl": "neerlandais|hollandais|dutch",
    "pl": "polonais|polish", "ro": "roumain|romanian", "uk": "ukrainien|ukrainian", "ru": "russe|russian",
    "tr": "turc|turkish", "ar": "arabe|arabic", "fa": "persan|dari|persian", "ps": "pachto|pashto",
    "bn": "bengali|bengalais", "ta": "tamoul|tamil", "vi": "vietnamien|vietnamese",
    "zh": "chinois|mandarin|chinese", "wo": "wolof", "sw": "swahili",
    "sq": "albanais|albanian", "so": "somali", "ti": "tigrinya", "ka": "georgien|georgian",
    "hy": "armenien|armenian", "ku": "kurde|kurdish", "bg": "bulgare|bulgarian", "sr": "serbe|serbian",
    "hi": "hindi", "ur": "ourdou|urdu", "ln": "lingala", "bm": "bambara", "ht": "creole haitien|haitian creole",
    "ja": "japonais|japanese", "ko": "coreen|korean",
    "fs": r"langue des signes|\blsf\b|french sign language",
}  # fmt: skip
EDUCATION = (
    (8, r"doctorat|\bphd\b|bac ?\+ ?8"),
    (7, r"bac ?\+ ?5|\bmaster\b|master's|ecole d'ingenieur|diplome d'ingenieur"),
    (6, r"bac ?\+ ?[34]|\blicence (?:pro|profession|en|de|universit)|\bbachelor|niveau 6|degree in"),
    (5, r"bac ?\+ ?2|\bbts\b|\bdut\b|\bdeust\b"),
    (4, r"\bbac\b(?! ?\+)|baccalaureat|niveau 4|\bbp\b(?! ?\d)|a[- ]levels?"),
    (3, r"\bcap\b|\bbep\b|niveau 3|\bcqp\b"),
    (1, r"\bbrevet\b|\bbepc\b|[34]eme achevee|2nde? ou 1ere achevee|primaire a 4eme"),
    (0, r"aucune formation|sans diplome|aucun diplome|no diploma|no qualifications?"),
)
LEVELS = (
    (6, r"maternelle|langue maternelle|native|bilingue|\bc2\b"),
    (5, r"courant|fluent|fluently|parfaitement|\bc1\b"),
    (4, r"professionnel|bon niveau|working|good|\bb2\b"),
    (2, r"notions|scolaire|basic|base|\ba2\b"),
    (3, r"\bb1\b"),
    (1, r"\ba1\b"),
)
LENGTH = re.compile(
    rf"(\d{{1,3}}|{'|'.join(SPELT)}) ?(?:\(\w+\) ?)?"
    r"(an\(s\)|ans?|annees?|mois|years?|months?|jours?(?:\(s\))?|days?|semaines?|weeks?)(?![a-z])"
)
BEGINNER = re.compile(r"debutant|sans experience|no experience|beginners?|aucune experience")
EXPERIENCE = re.compile(r"experience|experimente|debutant|beginner")
MOST_MONTHS = 600


def read_licence(words: str) -> str:
    """Return the licence that the words of one entry name, or nothing."""
    folded = fold_signs(words).strip()
    for code, pattern in LICENCES:
        if re.search(pattern, folded):
            return code
    return "caces_other" if "caces" in folded else ""


def read_language(words: str) -> str:
    """Return the ISO code of a language, or nothing."""
    folded = fold_signs(words)
    for code, pattern in LANGUAGES.items():
        if re.search(rf"\b(?:{pattern})", folded):
            return code
    return ""


def read_education(words: str) -> int | None:
    """Return the level of the French framework that the words name, or None."""
    folded = fold_signs(words)
    for level, pattern in EDUCATION:
        if re.search(pattern, folded):
            return level
    return None


def read_months(words: str) -> int | None:
    """Read a length: "1 An(s)" is 12, "6 Mois" 6, "Débutant accepté" 0; None when no length stands there."""
    folded = fold_signs(words)
    if BEGINNER.search(folded):
        return 0
    match = LENGTH.search(folded)
    if not match:
        return None
    value = number(match[1])
    if value is None:
        return None
    unit = match[2]
    per_month = 12 if unit.startswith(("an", "year")) else 1 if unit.startswith(("mois", "month")) else 0
    if not per_month:
        days = value * (7 if unit.startswith(("semaine", "week")) else 1)
        return max(1, round(days / 30.4))
    months = int(value * per_month)
    return months if months <= MOST_MONTHS else None
