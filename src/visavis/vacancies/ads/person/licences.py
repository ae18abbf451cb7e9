"""Licences to drive, of machines too: demanded or wished."""

import re

from visavis.common.wordlists import Gated
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import Text, asked_how

LICENCE = Gated(
    r"permis ?(?:de conduire )?(?:categorie )?:? ?(?P<codes>(?:(?:a[12m]?|b(?: ?e)?|c1?e?|ce|ec|eb|d1?|d1e|pl|spl"
    r"|vl)\b"
    r"(?: ?(?:/|,|et|ou|\+|-|&|and) ?)?(?:permis )?)+)"
    r"|(?P<heavy>permis (?:poids lourds?|super[- ]lourds?))"
    r"|(?P<car>permis (?:de conduire|voiture|vl|auto\b|valide|obligatoire|exige|requis|indispensable|necessaire)"
    r"|\d+ ans de permis|driving licen[cs]e|driver'?s licen[cs]e|full uk licen[cs]e|permis, ?vehicule)"
    r"|(?P<fimo>\bfimo\b|\bfco\b|\bfcos\b)"
    r"|(?P<english>\b(?:hgv|lgv|class) ?(?P<class>[12]|c\+?e?)?\b licen[cs]e"
    r"|category (?P<category>[bcd]e?) licen[cs]e|\b(?P<letter>[bcd]e?) licen[cs]e)"
    r"|(?P<job>(?:conducteur|conductrice|chauffeur)[^.,\n]{0,30}\b(?P<kind>spl|pl|super[- ]lourds?"
    r"|poids[- ]lourds?)\b)"
)
CACES = Gated(
    r"\bcaces\b(?:cat\.|[^.;\n]){0,70}|\br ?(?:489|389)\b[^.;\n]{0,30}|\b(?:forklift|fork lift|flt) licen[cs]e"
)
SITE = re.compile(
    r"r ?48[23568]|r ?490|r ?37[27]|engins?\b|chantier|pelle|mini-?pelle|grue|nacelle|levage|\btp\b|transpalette"
    r"|pemp|a ?\(ou"
)
CODES = {
    "a": "A", "a1": "A1", "a2": "A", "am": "AM", "b": "B", "vl": "B", "be": "BE", "eb": "BE", "c": "C", "pl": "C",
    "c1": "C1", "c1e": "C1", "ce": "CE", "ec": "CE", "spl": "CE", "d": "D", "d1": "D1", "d1e": "D1",
}  # fmt: skip
CODE = re.compile(r"\b(?:a[12m]?|b ?e|b|c1e?|ce|c|ec|eb|d1e?|d|spl|pl|vl)\b")
FREE = re.compile(r"(?:sans|pas de|pas besoin de|no|aucun|non|possedez pas|avez pas) (?:le |du )?$")
OFFERED = re.compile(r"formation|financ|validation|passer|passage|obtention|prise en charge|pay(?:e|ons)")


def licences_in(text: Text) -> dict[str, Found[bool]]:
    """Return the licences named, whether each is required; named alone, it is."""
    found: dict[str, Found[bool]] = {}
    for match in LICENCE.finditer(text.folded):
        if FREE.search(text.folded[max(0, match.start() - 15) : match.start()]):
            continue
        for code in codes_of(match):
            keep(found, code, text, match.start(), match.end())
    for match in CACES.finditer(text.folded):
        for code in caces_of(match[0], text.folded):
            keep(found, code, text, match.start(), min(match.end(), match.start() + 25))
    return found


def keep(found: dict[str, Found[bool]], code: str, text: Text, start: int, end: int) -> None:
    if code in found and found[code].value:
        return
    low, _high = text.sentence(start)
    if OFFERED.search(text.folded, max(low, start - 40), start):
        return
    required = asked_how(text, start, end) is not False
    if code not in found or (required and not found[code].value):
        found[code] = text.found(required, start, end)


def codes_of(match: "re.Match[str]") -> list[str]:
    if match["codes"]:
        return [CODES[code.replace(" ", "")] for code in CODE.findall(match["codes"])]
    if match["heavy"]:
        return ["CE" if "super" in match["heavy"] else "C"]
    if match["fimo"]:
        return ["fimo"]
    if match["job"]:
        return ["CE" if match["kind"].startswith("s") else "C"]
    if match["english"]:
        letter = (
            match["letter"] or match["category"] or ("ce" if match["class"] in {"1", "c+e", "ce"} else "c")
        )
        return [CODES[letter]]
    return ["B"]


def caces_of(words: str, whole: str) -> list[str]:
    """Read "caces 1, 3 et 5" as three licences; another category, or none, is `caces_other`.

    >>> caces_of("caces r489 1a, 3 et 5", "cariste")
    ['caces_1', 'caces_3', 'caces_5']
    """
    if "licen" in words:
        return ["caces_3"]
    if not words.startswith("caces") and "caces" in whole:
        return []
    is_site = bool(SITE.search(words[:40]))
    kept = re.sub(r"r ?\d{3}|\d+h\b|\d+ ?(?:ans?\b|mois|€)|[^\w ,/+&.()-]", " ", words)
    head = re.match(
        r"caces? ?(?:r ?)?(?:cat(?:egories?|\.)? ?|niveau )?:? ?((?:(?:cat(?:egories?|\.)? ?)?\d ?[ab]?\b ?(?:,|/"
        r"|-|et|ou|\+|&|\.)? ?)+)",
        " ".join(kept.split()),
    )
    digits = re.findall(r"\d", head[1]) if head else []
    if is_site or not digits:
        return ["caces_other"]
    return list(dict.fromkeys(f"caces_{digit}" if digit in "135" else "caces_other" for digit in digits))


def code_of(label: str) -> str:
    """Return the licence that an entry names, or nothing.

    >>> code_of("CE - Poids lourd + remorque (= EC)"), code_of("B mention 79.06 (= EB)"), code_of("Bateau")
    ('CE', 'BE', '')
    """
    if "(= EB)" in label:
        return "BE"
    return next(iter(licences_in(Text(label)) or licences_in(Text(f"permis {label}"))), "")
