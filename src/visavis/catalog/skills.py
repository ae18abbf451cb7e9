"""Skills found by what a person types."""

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Skill
from visavis.catalog.spelling import Spellings

LEAST = 0.25


def build(language: str) -> tuple[list[str], Spellings]:
    """Index the current skills by their label, the French one where there is no other."""
    rows = list(
        Skill.objects.filter(is_current=True).order_by("pk").values_list("pk", "label_fr", "label_en")
    )
    labels = [label_en if language == "en" and label_en else label_fr for _code, label_fr, label_en in rows]
    return [code for code, *_labels in rows], Spellings(labels)


skills_in = {
    "fr": PerEdition(lambda: build("fr"), of=Skill),
    "en": PerEdition(lambda: build("en"), of=Skill),
}


def search_skills(typed: str, *, language: str = "fr", limit: int = 10) -> list[Skill]:
    """Find current skills, best first; typos, accents and unfinished words forgiven."""
    codes, spellings = skills_in["en" if language.startswith("en") else "fr"]()
    found = [codes[row] for row, score in spellings.search(typed, limit) if score >= LEAST]
    skills = Skill.objects.in_bulk(found)
    return [skills[code] for code in found if code in skills]
