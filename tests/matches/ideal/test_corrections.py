"""Counsellors correct an ideal profile with a reason: marked, counted, journaled, and it can be taken back."""

import pytest
from django.db import IntegrityError

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import Occupation
from visavis.journal.models import Entry
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.ideal import corrections
from visavis.matches.ideal import making as ideal
from visavis.matches.models import Correction
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
WHY = "Tout le monde l’apprend sur place en deux jours."
KNEADING, SELLING = "skill:S0001", "skill:S0002"


@pytest.fixture
def occupation(town: Town) -> Occupation:
    """Thirteen bakers who knead were hired, of forty-three introduced; four of both sides sell."""
    vacancy: Vacancy = town.vacancy
    kneads, sells = hiring.skill("S0001", "Pétrir la pâte"), hiring.skill("S0002", "Vendre")
    hiring.hire(vacancy, [kneads], 9)
    hiring.hire(vacancy, [kneads, sells], 4)
    hiring.introduce(vacancy, [sells], 30)
    ideal.make("D1102")
    return factories.OccupationFactory()


def correct(occupation: Occupation, town: Town, what: str, trait: str = KNEADING) -> Correction:
    return corrections.correct(
        occupation=occupation, trait=trait, what=what, reason=WHY, by=town.people["bruno"]
    )


@pytest.mark.parametrize("what", ["dropped", "set-aside"])
def test_what_is_taken_out_or_set_aside_counts_for_nothing(
    occupation: Occupation, town: Town, what: str
) -> None:
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] > 0
    correct(occupation, town, what)
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == 0


def test_what_is_emphasised_counts_even_when_hires_do_not_show_it(occupation: Occupation, town: Town) -> None:
    before = ideal_bridge.ideal_profiles()["D1102"]
    assert before[SELLING] == 0
    correct(occupation, town, "emphasised", SELLING)
    correct(occupation, town, "emphasised")
    after = ideal_bridge.ideal_profiles()["D1102"]
    assert (after[SELLING], after[KNEADING]) == (0.2, max(before[KNEADING], 0.2))


@pytest.mark.database
def test_a_correction_taken_back_leaves_things_as_they_were_and_the_last_of_a_line_stands(
    occupation: Occupation, town: Town
) -> None:
    before = ideal_bridge.ideal_profiles()
    correction = correct(occupation, town, "dropped")
    corrections.take_back(correction=correction, by=town.people["dario"])
    corrections.take_back(correction=correction, by=town.people["dario"])
    assert ideal_bridge.ideal_profiles() == before
    correction.refresh_from_db()
    assert correction.ended_by == town.people["dario"]
    entries = Entry.objects.filter(thing="ideal-correction").values_list("action", "note")
    assert list(entries) == [(act, "D1102 dropped skill:S0001") for act in ("created", "deleted")]
    correct(occupation, town, "dropped")
    correct(occupation, town, "emphasised")
    assert Correction.objects.present().get().what == "emphasised"
    with pytest.raises(IntegrityError):
        Correction.objects.create(occupation=occupation, trait=KNEADING, what="dropped", reason=WHY)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": "  non   "}, corrections.ReasonTooShort),
        ({"reason": "x" * 501}, corrections.ReasonTooLong),
        ({"trait": "skill:S9999"}, corrections.NotInProfile),
        ({"trait": "sex:F"}, corrections.NotInProfile),
        ({"what": "burned"}, corrections.NotInProfile),
    ],
)
def test_what_cannot_be_a_correction_is_refused(
    occupation: Occupation, town: Town, change: dict[str, str], error: type[Exception]
) -> None:
    said = {"trait": KNEADING, "what": "dropped", "reason": WHY} | change
    with pytest.raises(error):
        corrections.correct(occupation=occupation, by=town.people["bruno"], **said)
    assert not Correction.objects.exists()


def test_the_catalogues_skills_can_be_corrected_before_there_are_hires(town: Town) -> None:
    hiring.skill("S0001", "Pétrir la pâte")
    correct(factories.OccupationFactory(), town, "set-aside")
    assert ideal_bridge.ideal_profiles() == {}
