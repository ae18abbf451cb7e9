"""A text being read: its folded form, its lines and sentences, and the words a stretch was written in."""

import re
from bisect import bisect_right
from functools import cached_property

from visavis.folding import fold_signs, places_before
from visavis.vacancies.ads.facts import Found

ENDS = re.compile(r"\n+|(?<![a-z]\.[a-z])(?<!\bn)[.!?](?=\s|$)|$")
CLAUSE_ENDS = re.compile(
    r"[,;:()•\n]|[.!?](?=\s)| - | et (?=l'|la |le |un|de |d')| mais | avec (?!un plus)| and | but | with "
)
# Farther than this, words say nothing of each other; and a text without a full stop stays quick to read.
REACH = 400
# A line that goes on in small letters: after a long one, or after a word that cannot end it.
WRAPPED = re.compile(
    r"(?m)(^[^\n]{70,}[^\n.:;!?]|\b(?:de|du|des|d['’]|la|le|les|un|une|et|ou|à|au|aux|en|par"
    r"|pour|sur|dans|avec|the|of|and|to|a) ?)"
    r"\n(?=[a-zà-ÿ](?! ))"
)
WISHED = re.compile(
    r"(?<!tu )souhait(?!ez|ons|ant)|appreci|\bplus(?:e)?\b(?= ?[!.,)\n]|$)|(?:est|serait|seraient|sont"
    r"|etre) un (?:vrai |reel |gros )?plus"
    r"|\batouts?\b|ideal|preferen|preferable|eventuel|serait un avantage|est un avantage|avantage\b|a plus\b"
    r"|preferred|nice to have|desirable|\bbonus\b|facultati|optionnel|(?:est|fortement|vivement) conseille"
    r"|recommande|bienvenue?s?\b|valorisee?s?\b"
    r"|not (?:required|essential)|non obligatoire|pas obligatoire|pas indispensable|pas exige"
)
REQUIRED = re.compile(
    r"(?<!non )(?<!pas )(?:exige|imperati|obligat|indispensable|requis|necessair|demande)|minimum|\bmini?\b|au moins"
    r"|a minima|\bmust\b|\brequired|essential\b|at least|you have|vous (?:avez|possedez|justifiez|disposez|etes)"
    r"|titulaire|tu (?:as|possedes|disposes|es)\b|justifiant|disposant"
)


def unwrapped(text: str) -> str:
    """Put a space for the end of a line that was only wrapped; every other place stays what it is.

    >>> unwrapped("Vous travaillez pour\\nla mairie.\\n- Tonte")
    'Vous travaillez pour la mairie.\\n- Tonte'
    """
    return WRAPPED.sub(r"\1 ", text)


class Text:
    """A text, its folded form, and its sentences as places in the folded form."""

    def __init__(self, original: str, source: str = "text") -> None:
        self.original = original
        self.source = source
        self.folded = fold_signs(unwrapped(original))

    @cached_property
    def places(self) -> list[int]:
        return places_before(self.original)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        ends = [match.end() for match in ENDS.finditer(self.folded)]
        return [
            (start, end)
            for start, end in zip([0, *ends], ends, strict=False)
            if self.folded[start:end].strip(" \n.;-•*")
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _end in self.sentences]

    def found[T](self, value: T, start: int, end: int) -> Found[T]:
        """Keep the writer's own words for a stretch of the folded text; no word is cut."""
        first, last = self.places[start], self.places[end]
        while 0 < first < last and self.original[first - 1 : first + 1].isalpha():
            first -= 1
        while first < last < len(self.original) and self.original[last - 1 : last + 1].isalpha():
            last += 1
        words = self.original[first:last]
        first += len(words) - len(words.lstrip(" \n\t,;:.-•*"))
        words = words.strip(" \n\t,;:.-•*")
        return Found(value, words, self.source, first, first + len(words))

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence around a place, at most some hundred signs to each side."""
        low, high = self.sentence_at(place)
        return max(low, place - REACH), min(high, place + REACH)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Return the whole sentence around a place."""
        row = bisect_right(self._starts, place) - 1
        return self.sentences[row] if row >= 0 else (0, len(self.folded))

    def clause(self, start: int, end: int) -> str:
        """Return the part of the sentence around a stretch that is cut off by commas, brackets and "and"."""
        low, high = self.sentence(start)
        before = [match.end() for match in CLAUSE_ENDS.finditer(self.folded, low, start)]
        after = CLAUSE_ENDS.search(self.folded, end, max(high, end))
        return self.folded[before[-1] if before else low : after.start() if after else max(high, end)]


EMPLOYER = re.compile(
    r"(?:cabinet|agences?|groupe|entreprise|societe|reseau|enseigne|nous sommes|company)[^.\n]{0,90}(?:specialis"
    r"|leader|acteur|present"
    r"|propose|recrutements? (?:de|en)|le recrutement|accompagn|filiale|million|collaborateurs|salaries|expert"
    r"|fonde|cree|depuis)"
)


def is_about_employer(text: Text, place: int) -> bool:
    """Say whether a sentence presents the employer or the agency: what it offers to all is no term of this ad."""
    low, high = text.sentence(place)
    return bool(EMPLOYER.search(text.folded, low, high))


def asked_how(text: Text, start: int, end: int) -> bool | None:
    """Say whether what stands there is required, wished (False), or neither said: its clause, then its sentence."""
    low, high = text.sentence(start)
    for words in (text.clause(start, end), text.folded[start : max(high, end)], text.folded[low:high]):
        if WISHED.search(words):
            return False
        if REQUIRED.search(words):
            return True
    return None
