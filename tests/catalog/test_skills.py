"""Skills found by what people type."""

import pytest

from tests.factories import SkillFactory
from visavis.catalog.skills import search_skills

pytestmark = pytest.mark.django_db


def test_a_skill_is_found_without_its_accents_in_either_language_while_it_is_current() -> None:
    SkillFactory()
    SkillFactory(code="S0004", label_fr="Repasser", is_current=False)
    SkillFactory(code="S0002", label_fr="Accueillir le public", label_en="Welcome visitors")
    SkillFactory(code="S0003", label_fr="Utiliser un four", label_en="")
    assert [skill.code for skill in search_skills("petrir pate")] == ["S0001"]
    for typed, code in (("welcom", "S0002"), ("four", "S0003")):
        assert [skill.code for skill in search_skills(typed, language="en")] == [code]
    assert search_skills("xyzzy") == search_skills("repasser") == []
