"""Families of occupations: what they say together, to whom, and nobody to be read in the difference."""

import pytest

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import Occupation, OccupationSkill, Skill
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.ideal import corrections
from visavis.matches.ideal import families as ideal_families
from visavis.matches.ideal import making as ideal
from visavis.matches.ideal import people as ideal_people
from visavis.matches.models import FamilyProfile, IdealProfile
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
BAKER, PASTRY, GROCER, OTHER = "D1102", "D1104", "D1106", "K1304"
KNEADING = "skill:S0001"


@pytest.fixture
def kneads(town: Town) -> Skill:
    found = hiring.skill("S0001", "Pétrir la pâte")
    for code in (PASTRY, OTHER):
        occupation = factories.OccupationFactory(code=code, label_fr=code)
        OccupationSkill.objects.create(
            occupation=occupation, skill=found, is_essential=True, source="starter"
        )
    factories.OccupationFactory(code=GROCER, label_fr=GROCER)
    return found


@pytest.fixture
def sells(kneads: Skill) -> Skill:
    return hiring.skill("S0002", "Vendre")


@pytest.fixture
def bakery(town: Town) -> Vacancy:
    return town.vacancy


@pytest.fixture
def pastry(kneads: Skill) -> Vacancy:
    return factories.VacancyFactory(occupation_id=PASTRY, positions=100)


def fill(vacancy: Vacancy, kneads: Skill, sells: Skill, hired: int = 12, others: int = 30) -> None:
    hiring.hire(vacancy, [kneads], hired)
    hiring.introduce(vacancy, [sells], others)


def test_an_occupation_before_any_hire_takes_what_its_family_says_and_can_correct_it(
    bakery: Vacancy, kneads: Skill, sells: Skill, town: Town
) -> None:
    fill(bakery, kneads, sells)
    ideal.make(BAKER)
    known = ideal_bridge.ideal_profiles()
    assert known[PASTRY][KNEADING] > 0
    assert known[PASTRY][KNEADING] <= known[BAKER][KNEADING]
    assert OTHER not in known
    assert KNEADING not in known.get(GROCER, {})  # only skills of the occupation's own sheet
    rows = FamilyProfile.objects.get().rows
    assert rows and all(row["hired"] >= 3 and row["hired_known"] >= 10 for row in rows)
    said = town.client("amelie").get(f"/occupations/{PASTRY}/ideal-profile/").content.decode()
    said = " ".join(said.replace("\xa0", " ").split())
    assert (
        "celles de sa famille, Commerce alimentaire et métiers de bouche : 12 personnes recrutées, sur 42 présentées"
        in said
    )
    assert "Pétrir la pâte" in said and "plot__rows" in said
    corrections.correct(
        occupation=Occupation.objects.get(pk=PASTRY), trait=KNEADING, what="set-aside",
        reason="En pâtisserie, on travaille surtout des crèmes.", by=town.people["bruno"],
    )  # fmt: skip
    after = ideal_bridge.ideal_profiles()
    assert after[PASTRY][KNEADING] == 0 and after[BAKER] == known[BAKER]


def test_under_ten_hired_the_family_says_nothing_and_no_more_when_it_falls_under_ten(
    bakery: Vacancy, kneads: Skill, sells: Skill
) -> None:
    fill(bakery, kneads, sells, hired=9)
    assert ideal_families.make("D11") is None
    assert ideal_bridge.ideal_profiles() == {}
    hiring.hire(bakery, [kneads], 1)
    assert ideal_families.make("D11") is not None
    for jobseeker in list(ideal_people.people_of(BAKER).hired)[:1]:
        factories.JobseekerFactory._meta.model.objects.get(pk=jobseeker).user.delete()
    made = ideal_families.make("D11")
    assert made is not None and made.is_seed and not made.traits and not made.priors


def test_two_occupations_of_five_hires_make_a_family_and_no_profile_of_their_own(
    bakery: Vacancy, pastry: Vacancy, kneads: Skill, sells: Skill
) -> None:
    fill(bakery, kneads, sells, hired=5, others=12)
    fill(pastry, kneads, sells, hired=5, others=12)
    ideal.remake()
    family = FamilyProfile.objects.get()
    assert (family.code, family.version, family.hired, family.introduced) == ("D11", 1, 10, 34)
    assert not IdealProfile.objects.filter(is_seed=False).exists()
    assert ideal_bridge.ideal_profiles()[BAKER][KNEADING] > 0


def test_an_occupation_of_few_people_is_drawn_towards_its_family(
    bakery: Vacancy, pastry: Vacancy, kneads: Skill, sells: Skill
) -> None:
    hiring.hire(bakery, [kneads], 5)
    hiring.hire(bakery, [sells], 5)
    hiring.introduce(bakery, [kneads], 10)
    hiring.introduce(bakery, [sells], 10)
    alone = ideal.make(BAKER)
    fill(pastry, kneads, sells, hired=24, others=24)
    fill(pastry, sells, kneads, hired=6, others=16)
    ideal.make(PASTRY)
    IdealProfile.objects.filter(occupation=BAKER).delete()
    drawn = ideal.make(BAKER)
    assert alone is not None and drawn is not None and drawn.family is not None
    (before,), (after,) = ([row for row in made.rows if row["code"] == KNEADING] for made in (alone, drawn))
    assert abs(before["effect"]) < 0.01 < 0.1 < after["effect"]
    assert before["share"] == after["share"] == 0.5


def test_two_versions_never_differ_by_one_or_two_people(bakery: Vacancy, kneads: Skill, sells: Skill) -> None:
    fill(bakery, kneads, sells)
    assert ideal_families.make("D11") is not None
    assert ideal_families.make("D11") is None
    hiring.hire(bakery, [sells], 2)

    assert ideal_families.make("D11") is None
    hiring.hire(bakery, [sells], 1)
    hiring.introduce(bakery, [sells], 1)
    assert ideal_families.make("D11") is None
    hiring.introduce(bakery, [sells], 2)
    assert ideal_families.make("D11") is not None


def test_nobody_is_read_in_the_difference_of_a_family_and_a_profile(
    bakery: Vacancy, pastry: Vacancy, kneads: Skill, sells: Skill
) -> None:
    fill(bakery, kneads, sells)
    ideal.make(BAKER)
    IdealProfile.objects.update(family=None)
    FamilyProfile.objects.all().delete()
    for few in (1, 2, 3):
        hiring.hire(pastry, [sells], 1)
        assert (ideal_families.make("D11") is not None) is (few == 3)
