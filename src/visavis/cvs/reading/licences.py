"""Driving licences and certificates of drivers, by the codes of catalog.enums.Licence."""

import re

CATEGORY = r"(?:AM|A1|A2|A|BE|B1|B|C1E|C1|CE|C|D1E|D1|DE|D)"
LICENCE = re.compile(
    rf"\b(?:permis(?:\s+de\s+conduire)?|(?:(?:full|clean|valid)\s+)*(?:UK\s+)?driv(?:ing|er['’]?s?)\s+licen[cs]es?)\b"
    rf"\s*(?:(?:de\s+)?(?:cat[ée]gor(?:ie|y|ies)|cat\.?|class|type|n[°o])\s*)?[:(\-–,]?\s*(?:(?:cat[ée]gor(?:ie|y|ies)|cat\.?)\s*:?\s*)?"
    rf"(?P<codes>{CATEGORY}\b(?:\s*(?:,|/|\+|&|;|-|et|and|\.)\s*{CATEGORY}\b)*)?",
    re.I,
)
BEFORE = re.compile(
    rf"\b(?P<codes>{CATEGORY}(?:\s*(?:,|/|et|and)\s*{CATEGORY})*)\s+(?:driving\s+)?licen[cs]e\b", re.I
)
NOT_DRIVING = re.compile(
    r"permis de (?:construire|travail|s[ée]jour|chasse|chasser|pêche)|work permit|permis bateau|sans permis",
    re.I,
)
CACES = re.compile(r"\bcaces\b|\br\.?\s?[34]89\b|\br\.?\s?48[2-6]\b|\br\.?\s?490\b", re.I)
OTHER_FAMILY = re.compile(r"\br\.?\s?(?:48[2-7]|490|372|386|377|383|390)\b", re.I)
FORKLIFTS = re.compile(r"\br\.?\s?[34]89m?\b", re.I)
CACES_NUMBERS = re.compile(r"(?<![\d])([1-7])\s?[ab]?(?![\d])", re.I)
FIMO = re.compile(r"\b(?:FIMO|FCO|FCOS)\b")
KEPT = {"AM", "A1", "A", "B", "BE", "C1", "C", "CE", "D1", "D"}
LIKE = {"A2": "A", "B1": "B", "C1E": "C1", "DE": "D", "D1E": "D1"}


def licences_in(text: str) -> list[str]:
    """Return the codes that a text names, in its order.

    >>> [licences_in(words) for words in ("Permis B, C", "CACES R489 cat. 1, 3 et 5", "Full UK driving licence")]
    [['B', 'C'], ['caces_1', 'caces_3', 'caces_5'], ['B']]
    >>> licences_in("CACES R482 cat. A"), licences_in("permis de construire"), licences_in("Permis de conduire")
    (['caces_other'], [], ['B'])
    """
    found: list[str] = []
    if not NOT_DRIVING.search(text):
        for licence in LICENCE.finditer(text):
            found += codes_of(licence["codes"]) if licence["codes"] else ["B"]
        found += [code for licence in BEFORE.finditer(text) for code in codes_of(licence["codes"])]
    if CACES.search(text):
        found += caces_in(text)
    if FIMO.search(text):
        found.append("fimo")
    return list(dict.fromkeys(found))


def codes_of(text: str) -> list[str]:
    codes = [code.upper() for code in re.findall(rf"\b{CATEGORY}\b", text, re.I)]
    return [code for code in (LIKE.get(code, code) for code in codes) if code in KEPT]


def caces_in(text: str) -> list[str]:
    """Return the categories of CACES: those of forklift trucks have numbers, the others are one code.

    >>> caces_in("CACES R482 cat. A et R489 cat. 3 (2021)"), caces_in("CACES 5"), caces_in("CACES")
    (['caces_other', 'caces_3'], ['caces_5'], ['caces_other'])
    """
    start = CACES.search(text)
    after = re.sub(r"(?:19|20)\d\d", " ", text[start.start() :] if start else text)
    found: list[str] = []
    for part in re.split(r"(?=\br\.?\s?\d{3})", after, flags=re.I):
        if OTHER_FAMILY.search(part):
            found.append("caces_other")
        else:
            numbers = CACES_NUMBERS.findall(FORKLIFTS.sub(" ", part))
            found += [f"caces_{one}" if one in "135" else "caces_other" for one in numbers]
    return list(dict.fromkeys(found)) or ["caces_other"]
