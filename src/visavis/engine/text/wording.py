"""Take off a job title what says nothing of the job: sex marks, contract, pay, hours, references, places."""

import re
from collections.abc import Set as AbstractSet

from visavis.folding import fold

LONGEST_TITLE = 1_000

_SEX = r"[hfmwxndHFMWXND]"
_PERIOD = r"(?:h\b|heures?|jours?|sem(?:aine)?s?|mois|ans?|années?|hebdo\w*)"
_RULES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<[^<>]{0,200}>",
        rf"[(\[]\s*{_SEX}\s*[-/|.,\s]?\s*{_SEX}(?:\s*[-/|.,]?\s*{_SEX})?\s*[)\]]",
        rf"(?<![\w/]){_SEX}\s*[/|]\s*{_SEX}(?:\s*[/|]\s*{_SEX})?(?![\w/])",
        r"[(\[]\s*(?:hommes?|femmes?)\s*[-/|]\s*(?:hommes?|femmes?)\s*[)\]]",
        r"\b(?:r[ée]f(?:[ée]rence)?|offre|annonce|poste)\s*(?:[.:#]|n°|no)+\s*[\w/-]*\d[\w/-]*",
        r"(?:\bn°\s*|#)\d[\w/-]*",
        rf"\d[\d.,\s]{{0,9}}(?:k\s*€|k?€|\bk?euros?\b|\bkeur\b)(?:\s*(?:bruts?|nets?|/\s*{_PERIOD}|par\s+{_PERIOD}))*",
        rf"\b\d{{1,3}}(?:[.,]\d\d?)?\s*(?:h|heures?)\s?(?:\d\d)?\b(?:\s*(?:/|par)\s*{_PERIOD})?",
        r"\b(?:en\s+|contrat\s+)?(?:cdi|cddi?|cdic|cui|cae)\b"
        rf"(?:\s*(?:de|d'|sur)?\s*\d+\s*(?:à\s*\d+\s*)?{_PERIOD})?",
        rf"[-–,(]\s*\d{{1,2}}\s*{_PERIOD}(?=\W*$|\))",
        r"\b(?:à\s+)?(?:temps\s+(?:plein|complet|partiel)|mi-temps|plein\s+temps)\b",
        r"\ben\s+(?:int[ée]rim|alternance|apprentissage|(?:contrat\s+)?(?:d'apprentissage|pro\w*)|\d\s*x\s*8)\b",
        r"\b\d\s*x\s*8\b",
        r"[-–(|,]\s*(?:int[ée]rim|mission|vacations?|alternance|apprentissage|stage|saison\w*|urgent)\s*(?=[-–)|,]|$)",
        r"^\s*(?:alternance|apprentissage|stage|contrat\s+(?:d'apprentissage|pro\w*|saisonnier))\s*[-–:|]\s*",
        r"^\W*(?:urgent|nous\s+)?\W*(?:recrut(?:e|ons|ement)|recherch(?:e|ons)|cherche|recherchons)\b\s*[-–:]?"
        r"\s*(?:une?\b(?:\s*(?:/|\(e\)|ou)\s*(?:une)?)?)?",
        r"\burgent\b|\b\d{1,3}\s?%",
        r"[(\[]\s*(?:\d{5}|\d{2,3}|2[ab])\s*[)\]]",
        r"\b[a-z]{0,4}[-_]?\d{4,}[\w-]*",
    )
)
_PLACE_BEFORE_DEPARTMENT = re.compile(
    r"\s+[-–|]\s+(?:(?!\s[-–|]\s)[^()\d]){2,40}\s*[(\[]?\s*(?:\d{5}|0[1-9]|[1-9]\d|2[ab]|97[1-8])\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[(\[][^\w()\[\]]{0,20}[)\]]")
_EDGES = " \t-–—|/,;:.*!•·_\"'"
_SEGMENT = re.compile(r"\s+[-–—|]\s+|\s*\|\s*")


def _without_last_place(title: str, places: AbstractSet[str]) -> str:
    pieces = list(_SEGMENT.finditer(title))
    while pieces and fold(title[pieces[-1].end() :]).strip(_EDGES) in places:
        title = title[: pieces.pop().start()]
    return title


def clean_title(text: str, places: AbstractSet[str] = frozenset()) -> str:
    """Give the bare title of an advertised job; the text itself, trimmed, when nothing else remains.

    Only the first thousand characters are read.

    A last part after a dash goes away when it ends in a department or postcode, or when `places`
    (folded names of places) holds it; otherwise it stays, for it often says the speciality.

    >>> clean_title("URGENT Préparateur de commandes - CDI 35h - Saint-Denis (93) (H/F)")
    'Préparateur de commandes'
    >>> clean_title("Vendeur en chaussures - Lyon", places={"lyon"})
    'Vendeur en chaussures'
    >>> clean_title("Employé libre-service - Surgelé H/F/X")
    'Employé libre-service - Surgelé'
    """
    title = " ".join(text[:LONGEST_TITLE].replace("’", "'").split())
    whole = title
    title = _RULES[1].sub(" ", title)
    title = _PLACE_BEFORE_DEPARTMENT.sub("", title.rstrip(_EDGES))
    for rule in _RULES:
        title = rule.sub(" ", title)
    title = _EMPTY.sub(" ", title)
    title = re.sub(r"(?:\s+[-–—|,]){2,}\s", " - ", " ".join(title.split())).strip(_EDGES)
    if places:
        title = _without_last_place(title, places)
    return title if any(c.isalpha() for c in title) else whole
