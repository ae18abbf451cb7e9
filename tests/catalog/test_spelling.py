"""Labels and skills found by what people type."""

import doctest

import pytest

from tests.factories import SkillFactory
from visavis.catalog import distances, gazetteer
from visavis.catalog.skills import search_skills
from visavis.catalog.spelling import LONGEST, Spellings

LABELS = [
    "Plombier / Plombière",
    "Plombier chauffagiste / Plombière chauffagiste",
    "Aide-soignant / Aide-soignante",
    "Aide de cuisine",
    "Boulanger / Boulangère",
    "Développeur / Développeuse web",
    "Préparateur / Préparatrice de commandes",
]


@pytest.fixture(scope="module")
def titles() -> Spellings:
    return Spellings(LABELS)


@pytest.mark.parametrize("module", [gazetteer, distances])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.attempted and not results.failed


def test_the_best_label_comes_first_and_what_nothing_resembles_finds_nothing(titles: Spellings) -> None:
    for typed, label in [
        ("plonbier", 0),
        ("plombier chauf", 1),
        ("aide soignante", 2),
        ("aidesoignante", 2),
        ("l'aide de la cuisine", 3),
    ]:
        assert titles.search(typed)[0][0] == label
    # A short word is never taken for another; only the beginning of a long text is read.
    assert [titles.search(typed) for typed in ("xyzzy", "", "…", "wob")] == [[]] * 4
    assert Spellings([]).search("a") == []
    assert titles.search("web " * 10_000) == titles.search(("web " * 10_000)[:LONGEST])
    assert titles.search("z" * LONGEST + " plombier") == []
    assert Spellings(["Valence Nord", "Valence Sud"], [0.0, 0.1]).search("valence")[0][0] == 1
    assert [row for row, _ in titles.search("plombier", among=[1])] == [1]


@pytest.mark.django_db
def test_a_skill_is_found_without_its_accents_in_either_language_while_it_is_current() -> None:
    SkillFactory()
    SkillFactory(code="S0004", label_fr="Repasser", is_current=False)
    SkillFactory(code="S0002", label_fr="Accueillir le public", label_en="Welcome visitors")
    SkillFactory(code="S0003", label_fr="Utiliser un four", label_en="")
    assert [skill.code for skill in search_skills("petrir pate")] == ["S0001"]
    for typed, code in (("welcom", "S0002"), ("four", "S0003")):
        assert [skill.code for skill in search_skills(typed, language="en")] == [code]
    assert search_skills("xyzzy") == search_skills("repasser") == []
