"""From what a person types to what the catalogue knows."""

import re

from django.urls import reverse_lazy
from django.utils.translation import get_language

from visavis.catalog.gazetteer import fold_place
from visavis.catalog.models import Commune, Occupation, Skill
from visavis.catalog.places import search_communes
from visavis.catalog.skills import search_skills
from visavis.catalog.titles import search_occupations
from visavis.folding import fold_words

MOST = 6
MOST_PLACES = 30
POSTCODE = re.compile(r"\b\d{5}\b")
OCCUPATIONS_URL = reverse_lazy("catalog:suggest_occupations")
SKILLS_URL = reverse_lazy("catalog:suggest_skills")
PLACES_URL = reverse_lazy("catalog:suggest_communes")


def language() -> str:
    return get_language() or "fr"


def occupations(text: str) -> list[Occupation]:
    """Return the occupations that the words may mean, best first."""
    return [found.occupation for found in search_occupations(text, language=language(), limit=MOST)]


def exact_occupation(text: str) -> Occupation | None:
    """Return the one occupation that has exactly this title, in one gender or both, accents forgiven."""
    words = fold_words(text)
    if not words:
        return None
    meant = {
        found.occupation.pk: found.occupation
        for found in search_occupations(text, language=language(), limit=MOST)
        if words in {fold_words(part) for part in [found.title, *found.title.split(" / ")]}
    }
    return next(iter(meant.values())) if len(meant) == 1 else None


def skills(text: str) -> list[Skill]:
    """Return the skills that the words may mean, best first."""
    return search_skills(text, language=language(), limit=MOST)


def places(text: str) -> list[Commune]:
    """Return the communes of that name or postcode; else those spelt nearly so."""
    asked = Commune.objects.select_related("department").order_by("-population", "name")
    if postcode := POSTCODE.search(text):
        found = list(asked.filter(postcodes__code=postcode[0]).distinct())
        name = fold_place(POSTCODE.sub(" ", text))
        return [place for place in found if fold_place(place.name) == name] or found
    name = fold_place(re.sub(r"\(.*?\)", " ", text))
    if not name:
        return []
    if exact := list(asked.filter(folded=name)[:MOST_PLACES]):
        return exact
    near = [place.pk for place in search_communes(text, limit=MOST)]
    return sorted(asked.filter(pk__in=near), key=lambda place: near.index(place.pk))


def place_words(place: Commune) -> str:
    """Name a commune so that it is not taken for its namesakes."""
    return f"{place.name} ({place.department.name})"


def is_named(place: Commune, text: str) -> bool:
    """Say whether the text names this commune, with or without its department."""
    return fold_place(re.sub(r"\(.*?\)", " ", text)) == fold_place(place.name)
