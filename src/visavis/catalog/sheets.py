"""What the page of an occupation says, read in a handful of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from visavis.catalog.models import Interest, Mobility, Occupation, Skill
from visavis.folding import fold_words


@dataclass(frozen=True)
class Sheet:
    """An occupation in one language."""

    occupation: Occupation
    is_english: bool
    definition: list[str]
    titles: list[str]
    essential: list[Skill]
    optional: list[Skill]
    interests: list[Interest]
    near: list[Occupation]
    evolutions: list[Occupation]
    more_precise: list[Occupation]


def sheet(occupation: Occupation, language: str) -> Sheet:
    """Read all that the catalogue knows of an occupation."""
    is_english = language.startswith("en")
    said = (is_english and occupation.definition_en) or occupation.definition_fr
    essential, optional = skills_of(occupation, is_english=is_english)
    return Sheet(
        occupation=occupation,
        is_english=is_english,
        definition=[sentence for sentence in said.split("\n") if sentence],
        titles=titles_of(occupation, language[:2]),
        essential=essential,
        optional=optional,
        interests=interests_of(occupation),
        near=ways(occupation, Mobility.Kind.NEAR),
        evolutions=ways(occupation, Mobility.Kind.EVOLUTION),
        more_precise=list(occupation.children.filter(is_current=True)),
    )


def titles_of(occupation: Occupation, language: str) -> list[str]:
    """List the titles in the reader's language, in French when there is none, the principal one first."""
    titles = occupation.titles.filter(is_current=True).order_by("-is_principal", "label")
    of_language = titles.filter(language=language) if titles.filter(language=language).exists() else titles
    return distinct(title.label for title in of_language)


def distinct(labels: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for label in labels:
        seen.setdefault(fold_words(label), label)
    return list(seen.values())


def skills_of(occupation: Occupation, *, is_english: bool) -> tuple[list[Skill], list[Skill]]:
    """List essential and optional skills, each label once.

    Those in the reader's language come first, then those of the ROME and the starter before the long
    lists of ESCO.
    """
    links = occupation.skill_links.filter(skill__is_current=True).select_related("skill")
    ordered = sorted(
        links,
        key=lambda link: (
            is_english and not link.skill.label_en,
            not link.is_essential,
            link.source == "esco",
            fold_words(link.skill.label),
        ),
    )
    seen: set[str] = set()
    found: tuple[list[Skill], list[Skill]] = [], []
    for link in ordered:
        if fold_words(link.skill.label) not in seen:
            seen.add(fold_words(link.skill.label))
            found[0 if link.is_essential else 1].append(link.skill)
    return found


def interests_of(occupation: Occupation) -> list[Interest]:
    """List the interests that go with the occupation, its two RIASEC types first."""
    types = [f"riasec:{letter}" for letter in (occupation.riasec_major, occupation.riasec_minor) if letter]
    found = {one.code: one for one in Interest.objects.filter(code__in=types)}
    centres = Interest.objects.filter(occupation_links__occupation=occupation).exclude(code__in=types)
    return [found[code] for code in types if code in found] + list(centres)


def ways(occupation: Occupation, kind: Mobility.Kind) -> list[Occupation]:
    reached: QuerySet[Occupation] = Occupation.objects.filter(
        ways_in__origin=occupation, ways_in__kind=kind, is_current=True
    )
    return sorted(reached, key=lambda one: fold_words(one.label))
