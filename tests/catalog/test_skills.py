"""Skills found by what people type."""

import pytest

from tests.factories import SkillFactory
from visavis.catalog.skills import search_skills

pytestmark = pytest.mark.django_db


def test_a_skill_is_found_without_its_accents_and_in_either_language() -> None:
    SkillFactory()
    SkillFactory(code="S0002", label_fr="Accueillir le public", label_en="Welcome visitors")
    assert [skill.code for skill in search_skills("petrir pate")] == ["S0001"]
    assert [skill.code for skill in search_skills("welcom", language="en")] == ["S0002"]
    assert search_skills("xyzzy") == []


def test_a_skill_without_english_is_found_in_french_by_an_english_reader() -> None:
    SkillFactory(code="S0003", label_fr="Utiliser un four", label_en="")
    assert [skill.code for skill in search_skills("four", language="en")] == ["S0003"]


def test_a_skill_no_longer_current_is_not_found() -> None:
    SkillFactory(is_current=False)
    assert search_skills("petrir") == []
