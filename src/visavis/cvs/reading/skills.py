"""Skills named in a CV: the catalogue proposes, and only nearly the same words are taken."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from Stemmer import Stemmer

from visavis.catalog.spelling import cut
from visavis.cvs.reading.document import Fact, TextLine
from visavis.cvs.reading.understand import Understood
from visavis.folding import fold_words

type Search = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the skills that words may mean, best first: (code, label)."""

SHORTEST, LONGEST_WORDS = 4, 14
LEAST_SHARED = 0.75
FRENCH = Stemmer("french")


def stems(text: str) -> set[str]:
    """Cut a text into the stems of its words, small words left out.

    >>> stems("Accueillir le public") == stems("accueil du public")
    True
    """
    words = [word for word in cut(text) if len(word) > 1]
    return {FRENCH.stemWord(word)[:7] for word in words}


def is_same(words: str, label: str) -> bool:
    """Say whether words are nearly those of a skill's label: the same stems, but for one in four.

    >>> is_same("Encaisser les achats, tenir une caisse", "Encaisser les achats et tenir une caisse")
    True
    >>> is_same("Word", "Mettre en page avec Word"), is_same("Préparer des repas", "Préparer des commandes")
    (False, False)
    """
    if fold_words(words) == fold_words(label):
        return True
    mine, its = stems(words), stems(label)
    if min(len(mine), len(its)) < 2:
        return mine == its and bool(mine)
    return len(mine & its) / len(mine | its) >= LEAST_SHARED


def skill_of(words: str, search: Search) -> tuple[str, str] | None:
    """Return the skill that words name, or nothing."""
    if len(words) < SHORTEST or len(words.split()) > LONGEST_WORDS:
        return None
    return next(((code, label) for code, label in search(words) if is_same(words, label)), None)


def recognise(understood: Understood, search: Search) -> None:
    """Give each phrase its skill; the phrases that have none go to what was not understood, line by line."""
    kept: list[Fact] = []
    unknown: dict[tuple[int, int], list[str]] = {}
    known: set[str] = set()
    lines: dict[tuple[int, int], TextLine] = {(line.page, line.number): line for line in understood.left}
    phrases = [fact for fact in understood.facts if fact.kind == "skill"]
    tasks = [fact for fact in understood.tasks if fact.kind == "task"]
    for fact in [*phrases, *tasks]:
        found = skill_of(fact.name, search)
        if found is None:
            unknown.setdefault((fact.page, fact.line), []).append(fact.name)
        elif found[0] not in known:
            known.add(found[0])
            kept.append(replace(fact, kind="skill", code=found[0], name=found[1]))
    for (page, number), names in unknown.items():
        lines[page, number] = TextLine(", ".join(names), page, number)
    understood.facts = [fact for fact in understood.facts if fact.kind != "skill"] + kept
    understood.tasks = [fact for fact in understood.tasks if fact.kind != "task"]
    understood.left = [lines[key] for key in sorted(lines)]
