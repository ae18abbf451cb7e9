"""The title in a pasted text."""

import re

from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import Text
from visavis.vacancies.words.numbers import SPELT

GENDERS = re.compile(
    r"\s*[(\[]?\b(?:h ?/ ?f(?: ?/ ?x)?|f ?/ ?h(?: ?/ ?x)?|m ?/ ?f(?: ?/ ?[xd])?|f ?/ ?m)\b[)\]]?",
    re.IGNORECASE,
)
SAID_TITLE = re.compile(
    r"(?:intitule(?: du poste)?|poste(?: a pourvoir| propose)?|offre d'emploi|job title|position|role"
    r"|title) ?: ?([^\n]{3,120})"
)
SOUGHT = re.compile(
    r"(?:recherch\w*|recrut\w*|cherch\w*|embauch\w*|looking for|hiring|seeking|we need|besoin d'un\w*|a pourvoir :?)"
    r" ?:? ?(?:(?:pour|des que|for)[^,:\n]{3,40},? )?(?:activement |actuellement |aussi |currently )?"
    rf"(?:\d{{1,2}} |(?:{'|'.join(SPELT)})\b |un\(e\) |son |sa |notre |des |a |an |de nouve\w+ |plusieurs "
    rf"|several |new )*"
    r"(?:nouve\w+ |new )?([^\n,.;:!?]{3,90})"
)
TITLE_ENDS = re.compile(
    r" (?:pour|afin|qui|en (?:cdi|cdd|interim|alternance|contrat)|cdi|cdd|a temps|a (?=[A-ZÀ-Ý])|sur|dans|chez"
    r"|au sein|avec|dont"
    r"|to|who|for|in|at|on|with|based|full[- ]time|part[- ]time|permanent|des que|debutant|motive|experimente"
    r"|dispo(?:nible)?s?"
    r"|ayant|capable|h/f|f/h|\(|-|–)(?:\b|(?<=[(–-])).*",
    re.IGNORECASE,
)

# "une vendeuse ou un vendeur": the second article goes with the first.
OF_BOTH = re.compile(r"\b(ou|or) (?:une?|an?) ", re.IGNORECASE)


def title_in(page: Text) -> Found[str] | None:
    """Take what is announced as the title, else what is sought, else a short first line."""
    for pattern in (SAID_TITLE, SOUGHT):
        for match in pattern.finditer(page.folded):
            title = tidy_title(page.found(None, match.start(1), match.end(1)).words)
            if len(title) >= 3:
                return page.found(title, match.start(), match.end())
    for start, end in page.sentences[:1]:
        title = tidy_title(page.found(None, start, end).words)
        if 3 <= len(title) <= 90:
            return page.found(title, start, end)
    return None


def tidy_title(words: str) -> str:
    """Take "H/F" and what is not the title off.

    >>> tidy_title("boulanger H/F en CDI à Valence")
    'Boulanger'
    >>> tidy_title("vendeuse ou un vendeur en CDI")
    'Vendeuse ou vendeur'
    >>> tidy_title("Serveur H/F dispo de suite")
    'Serveur'
    """
    words = OF_BOTH.sub(r"\1 ", words)
    title = TITLE_ENDS.sub(
        "", GENDERS.sub(" ", words, count=1) if not GENDERS.match(words) else GENDERS.sub("", words)
    )
    title = re.split(r"\s[-–|]\s|[(\[]", title)[0]
    title = " ".join(title.split()).strip(" ,;:-–•*!.")
    return title[:1].upper() + title[1:250]
