"""Say what was understood, why an opening was found, and what else to try."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.catalog.named import OCCUPATIONS, TITLES
from visavis.catalog.titles import OccupationFound, search_occupations
from visavis.common import clock
from visavis.common.sentences import sentences_beside
from visavis.folding import places_before
from visavis.searches.asked import LONGEST_WORDS, MOST_REACH_KM, Asked
from visavis.searches.found import Filter, Part, Suggestion, Understood
from visavis.searches.index.laid import LaidOpenings, catalogue
from visavis.searches.index.openings import Bools
from visavis.searches.index.said import MEANT, Query, Said, hit_stems, hits, holds, stems_of, tidied, work_in
from visavis.vacancies.models import Vacancy

CONDITIONS = sentences_beside(__file__)["conditions"]
LEAST_LIKE = 0.95
"""Below this a title shares a word by chance: “sage-femme” is no “femme de ménage”."""

MOST_SUGGESTIONS = 6
MOST_OCCUPATIONS = 3
MOST_MEANT = 2
"""A word that more occupations are called by says itself which it is not."""

FAMILY_LETTERS = 3
MOST_TEXT = 4_000
AROUND = 90
"""Characters of a text before and behind the best place of a snippet."""


def understood(query: Query, asked: Asked, language: str) -> tuple[Understood, ...]:
    """Return what the words mean beside themselves, each with the search in which it does not."""
    found: list[Understood] = []
    for one in said(query):
        key = one.value if one.kind == "condition" else one.kind
        label = _label(one.kind, one.value, one.words, query, language)
        if label and key not in {other.undone.literally[-1] for other in found}:
            undone = asked.but(literally=(*asked.literally, key))
            found.append(Understood(one.kind, as_typed(one, asked.words), label, undone))
    return tuple(found)


def as_typed(one: Said, words: str) -> str:
    """Return the words in which something was understood as they were typed: they are read in small letters, folded."""
    typed = tidied(words)
    places = places_before(typed)
    return typed[places[one.start] : places[one.end]].strip()


def _label(kind: str, value: str, words: str, query: Query, language: str) -> str:
    if kind == "condition":
        return str(CONDITIONS[value])
    if kind == "place" and query.place:
        around = _("%(place)s and around") if query.place.kind == "town" else "%(place)s"
        return around % {"place": query.place.label}
    if kind == "pay":
        return _("%(pay)s € an hour or more") % {"pay": number_format(float(value), 2)}
    if kind == "spelling":
        return catalogue().written.get(value, value)
    if kind == "denied":
        return _("not %(work)s") % {"work": value}
    return _occupation(value.split(), words, query, language)


def said(query: Query) -> list[Said]:
    """Return what was understood; words of several trades mean what all of them have, "vendeuse vêtement"."""
    several = [set(one.value.split()) for one in query.said if one.kind == "occupation"]
    common = set.intersection(*several) if several else set()
    return [
        replace(one, value=" ".join(code for code in one.value.split() if not common or code in common))
        if one.kind == "occupation"
        else one
        for one in query.said
    ]


def _occupation(codes: Sequence[str], words: str, query: Query, language: str) -> str:
    """Return how the catalogue calls the occupation that is meant; nothing where another one is as well ("vendeuse").

    The one that has the whole work for a title is meant, however many others have its words in theirs. Where none is
    called so ("fringues", "bouncer"), the only one that the words mean is.
    """
    long = [code for code in codes if len(code) > FAMILY_LETTERS]
    if not long:
        return ""
    labels = {code: (french, english) for code, french, english in OCCUPATIONS(long)}
    named = [*((code, one) for code, some in labels.items() for one in some), *TITLES(long)]
    work = work_in(work_of(query))
    counted = {code: factor for group in query.groups for code, factor in group.codes.items()}
    called: dict[str, tuple[bool, int, float]] = {}
    stems = stems_of(words)
    for code, name in named:
        if holds(name, stems):
            own = work_in(name)
            near = not work <= own, len(own), -counted.get(code, 0.0)
            called[code] = min(near, called.get(code, near))
    if not called:
        meant = [code for code in codes if counted.get(code) == MEANT]
        return _in_language(labels.get(meant[0]), language) if len(meant) == 1 else ""
    best = min(called, key=lambda code: called[code])
    is_title = called[best][:2] == (False, len(work))
    if len(called) > MOST_MEANT and not is_title:
        return ""
    is_one_of_several = any(
        called.get(code) == called[best] or (counted.get(code) == MEANT and not is_title)
        for code in labels
        if code != best
    )
    return "" if is_one_of_several else _in_language(labels[best], language)


def _in_language(label: tuple[str, str] | None, language: str) -> str:
    """Return a label in a language; nothing for none: an occupation that this catalogue does not have."""
    french, english = label or ("", "")
    return english if language[:2] == "en" and english else french


def work_of(query: Query) -> str:
    """Return the words of the work, well spelt."""
    return " ".join(group.meant for group in query.groups)


def titled(work: str, language: str) -> list[OccupationFound]:
    """Return the occupations of which the words are nearly a title."""
    found = search_occupations(work, language=language, limit=MOST_OCCUPATIONS) if work else []
    return [one for one in found if one.score >= LEAST_LIKE]


def instead(typed: str) -> str:
    """Say that what is shown does not answer what was typed, as it was typed."""
    return _("No opening answers “%(words)s”. Here is what comes nearest.") % {
        "words": " ".join(typed.split())
    }


def refused(words: str, query: Query) -> str:
    """Say that words are too long to be read whole, or say nothing of work at all."""
    if words and query.is_empty:
        return _("We read no work, place or condition in these words. Here is everything that is open.")
    if len(words) <= LONGEST_WORDS:
        return ""
    return _("Only the first %(most)s characters were read: a few words find more.") % {"most": LONGEST_WORDS}


def suggestions(
    asked: Asked, query: Query, filters: Sequence[Filter], laid: LaidOpenings, everywhere: int
) -> tuple[Suggestion, ...]:
    """Return other searches that find something: without a filter, farther, without a condition, another trade.

    `everywhere` is how many openings the filters keep whatever the words.
    """
    language = get_language() or "fr"
    found = [
        Suggestion(_("Without “%(filter)s”") % {"filter": one.label}, one.takes_away, one.without)
        for one in filters
        if one.is_on and one.takes_away
    ]
    for one in filters:
        wider = [choice for choice in one.choices if one.name == "place" and choice.count]
        found += [Suggestion(choice.label, choice.count, choice.asked) for choice in wider[:1]]
    stands = laid.counts(clock.today())
    for meant in understood(query, asked, language):
        if meant.kind in ("condition", "denied", "place", "pay"):
            count = _count(laid, asked.words, meant.undone.literally, stands)
            label = _("Without “%(words)s”") % {"words": meant.words}
            found.append(Suggestion(label, count, meant.undone))
    for other in titled(work_of(query), language):
        count = int((stands & laid.openings.occupation.among(other.occupation.pk)).sum())
        search = Asked(occupation=other.occupation.pk, commune=asked.commune, reach_km=MOST_REACH_KM)
        found.append(Suggestion(other.occupation.label, count, search))
    if asked.words:
        everything = Suggestion(
            _("Without words: everything that is open"), everywhere, asked.but(words="", literally=())
        )
        found = [*found[: MOST_SUGGESTIONS - 1], everything]
    return tuple(one for one in found if one.count)[:MOST_SUGGESTIONS]


def _count(laid: LaidOpenings, words: str, literally: tuple[str, ...], stands: Bools) -> int:
    return int((stands & (laid.read(words, literally).scores > 0)).sum())


@dataclass(frozen=True)
class Why:
    """Why an opening was found for a query."""

    query: Query
    language: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return hit_stems(self.query)

    def sentences(self, vacancy: Vacancy) -> tuple[str, ...]:
        """Say by what an opening was found where its title does not show it."""
        if not self.stems or any(hits(vacancy.title, self.stems)):
            return ()
        if vacancy.occupation:
            return (_("Occupation: %(label)s") % {"label": vacancy.occupation.label},)
        return ()

    def snippet(self, text: str) -> tuple[Part, ...]:
        """Return the words around the first place of a text where one that was asked for stands."""
        found = hits(text[:MOST_TEXT], self.stems)
        nearest = next(found, None)
        if nearest is None:
            return ()
        start = max(0, nearest[0] - AROUND)
        end = min(len(text), nearest[1] + AROUND)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = text.find(" ", end) if text.find(" ", end) > 0 else len(text)
        parts, at = [Part("… ")] if start else [], start
        for first, last in chain([nearest], found):
            if last > end:
                break
            parts += [Part(_plain(text[at:first])), Part(text[first:last], is_hit=True)]
            at = last
        return tuple(
            part
            for part in [*parts, Part(_plain(text[at:end])), Part(" …" if end < len(text) else "")]
            if part.text
        )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
