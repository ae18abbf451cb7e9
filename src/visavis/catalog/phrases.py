"""Skills of the catalogue that phrases of an ad name. The labels are laid out once a process."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import OccupationSkill, Skill
from visavis.engine.text.phrases import SkillPhrases


@dataclass(frozen=True)
class Phrases:
    """Phrases of one ad, and its occupation: what this usually asks for is believed sooner."""

    words: Sequence[str]
    occupation: str | None = None


def build() -> SkillPhrases:
    """Lay out the labels of the current skills; traits of character are read in no ad."""
    skills = Skill.objects.filter(is_current=True).exclude(kind=Skill.Kind.ATTITUDE).order_by("pk")
    return SkillPhrases(
        {
            code: [label for label in labels if label]
            for code, *labels in skills.values_list("pk", "label_fr", "label_en")
        }
    )


known = PerEdition(build, of=Skill)


def codes_of(asked: Sequence[Phrases]) -> list[list[str]]:
    """Return a code for each phrase of each ad, or nothing where no label is close."""
    usual: dict[str, set[str]] = defaultdict(set)
    wanted = {one.occupation for one in asked if one.occupation and one.words}
    links = OccupationSkill.objects.filter(occupation__in=wanted).values_list("occupation_id", "skill_id")
    for occupation, skill in links:
        usual[occupation].add(skill)
    return [known().codes_of(one.words, usual=usual[one.occupation or ""]) for one in asked]
