"""What a CV says of who the person is: recognised so that it is not kept."""

import re
from collections.abc import Sequence

from visavis.cvs.reading.document import TextLine
from visavis.folding import fold_words

LOCAL = re.compile(r"([\w.+-]{3,64})\s?@")
EMAIL = re.compile(
    r"(?:e-?mail|mail|courriel)?\s*:?\s*[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{2,24}){1,4}", re.I
)
PHONE = re.compile(
    r"(?:(?:t[ée]l(?:[ée]phone)?|phone|mobile|portable|mob|cell)\b\s*\.?\s*:?\s*)?"
    r"(?<![\d/])(?:\+\d{1,3}[\s.\-]?\(?0?\)?[\s.\-]?|0)\d(?:[\s.\-]?\d){7,11}(?!\d)",
    re.I,
)
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|facebook|"
    r"instagram|twitter|behance)\.com\S*(?:\s*\(linkedin\))?",
    re.I,
)
BIRTH = re.compile(
    r"(?:n[ée](?:\s?\(e\)|e)?\s+le|date\s+de\s+naissance|date\s+of\s+birth|"
    r"d\.?o\.?b\b|born(?:\s+on)?|naissance)\s*:?\s*"
    r"(?:\d{1,2}\s?[/.\- ]\s?(?:\d{1,2}|[a-zéû.]{3,10})\s?[/.\- ]\s?\d{2,4}|"
    r"\d{1,2}(?:er|st|nd|rd|th)?\s+[a-zéû]{3,10}\s+\d{4})?(?:\s+(?:à|in|"
    r"at)\s+[\w\-' ]{2,30})?",
    re.I,
)
AGE = re.compile(
    r"\b(?:[âa]ge\s*:?\s*)?\d{2}\s+(?:ans|years?\s+old)\b(?!\s+(?:d['’]exp|of exp|"
    r"de|dans|chez|in|en))|\bage\s*:\s*\d{2}\b",
    re.I,
)
STATUS = re.compile(
    r"\b(?:c[ée]libataire|mariée?|pacsée?|divorc[ée]e?|veu(?:f|ve)|en couple|concubinage|union libre|"
    r"(?:situation|état)\s+(?:de famille|familiale|maritale|matrimoniale|civil)\s*:?\s*\w*|"
    r"marital status\s*:?\s*\w*|married|divorced|widowed)\b"
    r"(?:\s*[,(]?\s*\d\s+(?:enfants?|children|kids?)\)?)?|\b\d\s+(?:enfants?|children)\b(?!\s+(?:de|à|in|en)\b)",
    re.I,
)
NATIONALITY = re.compile(
    r"\bnationalit[ée]y?\s*:?\s*[\w\-éèç]+(?:\s+et\s+[\w\-éèç]+)?|\bnationality\s*:?\s*\w+|\bde nationalité \w+",
    re.I,
)
SOCIAL = re.compile(r"\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?\d[\dAB]\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b")
BRITISH = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b(?:flat|apartment|apt\.?|bât\.?|appt?\.?)\s*\w{1,4}\b,?", re.I
)
ROAD = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'’\-]+\s+){1,3}(?:Street|Road|Lane|Avenue|Drive|Close|Court|Terrace|Gardens?|Crescent)\b"
)
STREET = re.compile(
    r"\b(?:\d{1,4}\s*(?:bis|ter|quater)?\s*,?\s+)?(?:rue|avenue|av\.|boulevard|"
    r"bd\.?|bld|all[ée]e|impasse|chemin|place|quai|cours|route|square|passage|"
    r"r[ée]sidence|lotissement|lieu-?dit|cit[ée])\s+"
    r"(?:de\s|du\s|des\s|d['’]|la\s|le\s|les\s|l['’])*[\w'’\- ]{2,40}|"
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'’\-]+\s+){1,3}(?:st\.?|rd\.?|way|street|road)\b",
    re.I,
)
NUMBERED_STREET = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?\s*,?\s+(?:rue|avenue|av\.|boulevard|bd\.?|all[ée]e|"
    r"impasse|chemin|place|quai|cours|route|square|passage|r[ée]sidence)\b",
    re.I,
)
LABEL = re.compile(
    r"^(?:adresse|address|e-?mail|mail|courriel|t[ée]l(?:[ée]phone)?|phone|mobile|"
    r"portable|linkedin|nom|pr[ée]nom|name|surname|first name|last name|full name|"
    r"sexe|gender|sex|civilit[ée]|site|website|web|skype|âge|age)\s*\.?\s*:?\s*$",
    re.I,
)
LABELLED = re.compile(
    r"^(?:nom|pr[ée]noms?|name|surname|first name|last name|full name|sexe|gender|"
    r"sex|civilit[ée]|adresse|address|lieu de naissance|place of birth|skype|"
    r"whatsapp)\s*:\s*\S.*$",
    re.I,
)
SURE = (EMAIL, LINK, SOCIAL, PHONE, BIRTH, NATIONALITY, ROAD)
AT_HEAD = (AGE, STATUS, BRITISH)
CITY = re.compile(
    r"\b(?P<postcode>\d{5}|"
    r"\d{2}\s\d{3})\s+(?P<name>[A-ZÀ-Ý][\w'’\-]*(?:[ \-](?:[A-ZÀ-Ý\d][\w'’\-]*|de|"
    r"du|des|la|le|les|l['’]|sur|sous|en|lès|lez|aux?|d['’]|sur|Cedex))*)"
)

ADDRESS = re.compile(rf"[^|·•\t]*{CITY.pattern}")
"""What stands before a postcode and a town, at the head of a CV: the rest of an address."""


def scrub(text: str, names: Sequence[str] = (), *, at_head: bool = False) -> str:
    """Return the text without what says who or how to reach; at the head of a CV, age and family too.

    >>> scrub("Tél. 06 12 34 56 78 | lea@example.org | Permis B").strip(" |")
    'Permis B'
    >>> scrub("Léa Martin, née le 3/02/1990, célibataire, serveuse", ["Léa Martin"], at_head=True).strip(" ,")
    'serveuse'
    """
    for name in names:
        if name:
            text = re.sub(rf"\b{re.escape(name)}\b", " ", text, flags=re.I)
    for pattern in (*SURE, *AT_HEAD) if at_head else SURE:
        text = pattern.sub(" ", text)
    if at_head or NUMBERED_STREET.search(text):
        text = STREET.sub(" ", text) if at_head else NUMBERED_STREET.sub(" ", STREET.sub(" ", text))
    text = re.sub(r"\(\s*\)", " ", text)
    cells = [bare(cell) for cell in text.split("\t")]
    return "\t".join(cell for cell in cells if cell)


def bare(cell: str) -> str:
    """Take off what parted the words that are gone.

    >>> bare(" , |  serveuse ·")
    'serveuse'
    """
    cell = " ".join(cell.split())
    cell = re.sub(r"(?:\s*[|,;·•/]\s*){2,}", ", ", cell)
    cell = re.sub(r"^[\s|,;·/]+|[\s|,;·•/–—-]+$", "", cell).strip()
    return "" if LABEL.match(cell) or LABELLED.match(cell) or not re.search(r"\w", cell) else cell


def looks_like_a_name(text: str) -> bool:
    """Say whether a line at the head of a CV may be somebody's name: two to four words that begin with a capital.

    >>> looks_like_a_name("Léa MARTIN"), looks_like_a_name("Serveuse en salle"), looks_like_a_name("Jean de La Tour")
    (True, False, True)
    """
    words = re.sub(
        r"^(?:m\.|mme|mr\.?|mrs\.?|ms\.?|madame|monsieur)\s+", "", text.strip(), flags=re.I
    ).split()
    if not 2 <= len(words) <= 5 or re.search(r"[\d:;@/|()&]", text):
        return False
    small = {"de", "du", "la", "le", "des", "van", "von", "el", "al", "ben", "da", "dos", "di"}
    long_words = [word for word in words if word.lower() not in small]
    return 2 <= len(long_words) <= 4 and all(word[:1].isupper() for word in long_words)


def names_as_in_address(lines: Sequence[TextLine]) -> list[str]:
    """Return the lines made of the words of an e-mail address: "Léa Martin" beside lea.martin@…

    >>> names_as_in_address([TextLine("lea.martin@example.org"), TextLine("Serveuse"), TextLine("Léa Martin")])
    ['Léa Martin']
    """
    local = [
        fold_words(found[1]).replace(" ", "")
        for line in lines
        for found in [LOCAL.search(line.text)]
        if found
    ]
    return [
        line.text
        for line in lines
        if looks_like_a_name(line.text)
        and any(all(word in one for word in fold_words(line.text).split() if len(word) > 2) for one in local)
    ]


def name_parts(names: Sequence[str]) -> list[str]:
    """Return the names in the two orders in which they may stand, and each alone when it is long enough."""
    found: list[str] = []
    for name in names:
        words = name.split()
        found += [name, " ".join(reversed(words)), " ".join([*words[1:], *words[:1]])]
    return list(dict.fromkeys(one for one in found if len(fold_words(one)) > 4))
