"""Which skill of the shipped catalogue a phrase names."""

import pytest

from visavis.catalog import starter
from visavis.engine.text.phrases import SkillPhrases


@pytest.fixture(scope="module")
def known() -> SkillPhrases:
    return SkillPhrases({one.code: (one.label_fr, one.label_en) for one in starter.load().skills})


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("Suivre l'état des stocks", "Suivre les stocks"),
        ("conseillez vos clientes", "Conseiller une cliente ou un client"),
        ("Diagnostiquer les pannes", "Diagnostiquer une panne"),
    ],
)
def test_a_phrase_has_the_skill_that_it_says_otherwise(known: SkillPhrases, phrase: str, label: str) -> None:
    [code] = known.codes_of([phrase])
    assert starter.load().skill[code].label_fr == label


def test_a_phrase_that_names_no_skill_has_none(known: SkillPhrases) -> None:
    assert known.codes_of(["piloter une fusée vers la lune", ""]) == ["", ""]


def test_a_skill_usual_in_the_occupation_is_believed_sooner(known: SkillPhrases) -> None:
    [usual] = [
        code for code, one in starter.load().skill.items() if one.label_fr.startswith("Encaisser les achats")
    ]
    assert known.codes_of(["procédez à l'encaissement"]) == [""]
    assert known.codes_of(["procédez à l'encaissement"], usual={usual}) == [usual]


def test_an_empty_catalogue_knows_nothing() -> None:
    assert SkillPhrases({}).codes_of(["tenir une caisse"]) == [""]
