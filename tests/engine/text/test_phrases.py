"""Which skill of the shipped catalogue a phrase names."""

import pytest

from visavis.catalog import starter
from visavis.engine.text.phrases import SkillPhrases


@pytest.fixture(scope="module")
def known() -> SkillPhrases:
    return SkillPhrases({one.code: (one.label_fr, one.label_en) for one in starter.load().skills})


def test_a_phrase_has_the_skill_that_it_says_otherwise_or_none(known: SkillPhrases) -> None:
    for phrase, label in (
        ("Suivre l'état des stocks", "Suivre les stocks"),
        ("conseillez vos clientes", "Conseiller une cliente ou un client"),
        ("Diagnostiquer les pannes", "Diagnostiquer une panne"),
    ):
        [code] = known.codes_of([phrase])
        assert starter.load().skill[code].label_fr == label
    assert known.codes_of(["piloter une fusée vers la lune", ""]) == ["", ""]
    assert SkillPhrases({}).codes_of(["tenir une caisse"]) == [""]


def test_a_skill_usual_in_the_occupation_is_believed_sooner(known: SkillPhrases) -> None:
    [usual] = [
        code for code, one in starter.load().skill.items() if one.label_fr.startswith("Encaisser les achats")
    ]
    assert known.codes_of(["procédez à l'encaissement"]) == [""]
    assert known.codes_of(["procédez à l'encaissement"], usual={usual}) == [usual]
