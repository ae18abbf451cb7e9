"""The versions of ideal profiles: from whom, when, and nobody to be read in them."""

import datetime as dt

import pytest

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import Occupation, OccupationSkill, Skill
from visavis.common import clock
from visavis.introductions import hires
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import SkillHeld, WantedOccupation
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.bridge import traits
from visavis.matches.ideal import corrections
from visavis.matches.ideal import families as ideal_families
from visavis.matches.ideal import making as ideal
from visavis.matches.ideal import people as ideal_people
from visavis.matches.making import ranking
from visavis.matches.making.runs import ask_for_everybody, work_on
from visavis.matches.models import FamilyProfile, IdealProfile, Match
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
BAKER = "D1102"


@pytest.fixture
def kneads() -> Skill:
    return hiring.skill("S0001", "Pétrir la pâte")


@pytest.fixture
def sells() -> Skill:
    return hiring.skill("S0002", "Vendre")


@pytest.fixture
def bakery(town: Town) -> Vacancy:
    town.vacancy.positions = 100
    town.vacancy.save()
    return town.vacancy


@pytest.fixture
def known(bakery: Vacancy, kneads: Skill, sells: Skill) -> IdealProfile:
    """Twelve bakers who knead were hired, of forty-two people introduced: the others sell."""
    hiring.hire(bakery, [kneads], 12)
    hiring.introduce(bakery, [sells], 30)
    made = ideal.make(BAKER)
    assert made is not None
    return made


def trait(profile: IdealProfile, code: str) -> dict[str, float]:
    (found,) = (row for row in profile.traits if row["code"] == code)
    return found


def test_the_shares_are_those_of_the_people_and_what_moved_is_told_the_most_first(
    known: IdealProfile, bakery: Vacancy, sells: Skill
) -> None:
    assert (known.version, known.hired, known.introduced, known.is_seed) == (1, 12, 42, False)
    kneading = trait(known, "skill:S0001")
    assert (kneading["hired"], kneading["hired_known"], kneading["introduced"]) == (12, 12, 12)
    assert kneading["share"] == 1 and kneading["introduced_share"] == pytest.approx(12 / 42)
    assert kneading["credit"] > 0.1
    # No number of a person is in a version.
    assert {key for row in known.traits for key in row} == {
        "code", "hired", "hired_known", "introduced", "introduced_known", "share", "low", "high",
        "introduced_share", "effect", "credit", "wished", "wished_known",
    }  # fmt: skip
    assert all(row["hired"] >= 3 and row["hired_known"] >= 10 for row in known.traits)
    assert ideal.remake() == 0
    hiring.hire(bakery, [sells], 6)
    made = ideal.make(BAKER)
    assert made is not None
    assert [(m.trait, m.before, m.after) for m in ideal.moves(made, known)] == [
        ("skill:S0001", 1.0, pytest.approx(2 / 3)),
        ("skill:S0002", None, pytest.approx(1 / 3)),
    ]
    assert ideal.moves(made, None) == []


def test_nine_hires_are_a_seed_without_a_share_and_what_nobody_names_is_not_invented(
    bakery: Vacancy, kneads: Skill
) -> None:
    hiring.hire(bakery, [kneads], 9)
    made = ideal.make(BAKER)
    assert made is not None and made.is_seed and made.traits == []
    hiring.hire(bakery, [kneads], 1)
    # No worker has made it: the night does.
    work_on(ask_for_everybody().pk)
    second = IdealProfile.objects.current().get(occupation=BAKER)
    assert second.version == 2 and not second.is_seed
    stray = factories.SkillFactory(code="S0099", label_fr="Parler breton")
    hiring.hire(bakery, [kneads, stray], 12)
    made = ideal.make(BAKER)
    assert made is not None and [row["code"] for row in made.traits] == ["skill:S0001"]
    with pytest.raises(Occupation.DoesNotExist):
        ideal.make("Z9999")
    assert ideal.occupation_of(0) is None


def test_two_versions_never_differ_by_one_or_two_people_or_a_changed_profile(
    known: IdealProfile, bakery: Vacancy, kneads: Skill, sells: Skill
) -> None:
    other = Introduction.objects.filter(hire__isnull=True).first()
    SkillHeld.objects.create(jobseeker=other.jobseeker, skill=kneads)
    assert ideal.make(BAKER) is None
    hiring.hire(bakery, [sells], 2)
    assert ideal.make(BAKER) is None
    hiring.hire(bakery, [sells], 1)
    made = ideal.make(BAKER)
    assert made is not None and (made.version, made.hired) == (2, 15)
    # Nor by one of the others, though three more are hired.
    hiring.hire(bakery, [kneads], 3)
    hiring.introduce(bakery, [sells], 1)
    assert ideal.make(BAKER) is None
    hiring.introduce(bakery, [sells], 2)
    assert ideal.make(BAKER) is not None


def test_a_person_counts_once_when_confirmed_or_put_and_the_job_explains_no_hire(
    bakery: Vacancy, kneads: Skill
) -> None:
    (one,) = hiring.hire(bakery, [kneads])
    Introduction.objects.create(
        jobseeker=one.introduction.jobseeker, vacancy=factories.VacancyFactory(), origin="jobseeker",
        state="declined", jobseeker_yes_at=clock.now(), put_at=clock.now(), closed_at=clock.now(),
    )  # fmt: skip
    people = ideal.people_of(BAKER)
    assert (len(people.hired), len(people.others), people.introduced) == (1, 0, 1)
    hires.Hire.objects.filter(pk=one.pk).update(confirmed_at=None, seat=None)
    assert ideal.people_of(BAKER).hired == {}
    (other,) = hiring.introduce(bakery, [kneads])
    Introduction.objects.filter(pk=other.pk).update(state="wanted", put_at=None)
    assert ideal.people_of(BAKER).introduced == 1
    Introduction.objects.filter(pk=other.pk).update(state="agreed", employer_yes_at=clock.now())
    assert ideal.people_of(BAKER).introduced == 2
    (one,) = hiring.introduce(bakery, [kneads])
    on = one.opened_at.date()
    hiring.job(one.jobseeker, on + dt.timedelta(days=30), is_current=True)
    hiring.job(one.jobseeker, None, is_current=True)
    assert traits.record_as_of(one.jobseeker, on).experience == []
    three_months_before = (on.replace(day=1) - dt.timedelta(days=85)).replace(day=1)
    hiring.job(one.jobseeker, three_months_before, months=40)
    assert traits.record_as_of(one.jobseeker, on).experience == [(BAKER, 3.0)]


def test_the_profile_counts_in_the_score_as_a_reason_and_falling_under_ten_hides_the_shares(
    known: IdealProfile, town: Town, kneads: Skill
) -> None:
    SkillHeld.objects.create(jobseeker=town.jobseeker, skill=kneads, level=2)
    WantedOccupation.objects.create(jobseeker=town.jobseeker, occupation_id=BAKER, position=1)
    ranking.rank_jobseekers([town.jobseeker.pk])
    (reason,) = (r for r in Match.objects.for_jobseeker(town.jobseeker).get().reasons if r["part"] == "ideal")
    assert reason["codes"] == ["skill:S0001"] and 0 < reason["logit"] <= 0.6
    for hire in list(hires.Hire.objects.all()[:3]):
        hire.introduction.jobseeker.user.delete()
    made = ideal.make(BAKER)
    assert made is not None and made.is_seed and not made.traits
    assert ideal_bridge.ideal_profiles() == {}


def test_a_confirmed_hire_teaches_at_once(
    known: IdealProfile, bakery: Vacancy, sells: Skill, django_capture_on_commit_callbacks: object
) -> None:
    hiring.hire(bakery, [sells], 2)
    (last,) = hiring.introduce(bakery, [sells])
    Introduction.objects.filter(pk=last.pk).update(state="agreed", employer_yes_at=clock.now())
    last.refresh_from_db()
    employer = factories.UserFactory(role="employer", role__organisation=bakery.employer.organisation)
    terms = hires.Terms("permanent", clock.today())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        hires.declare(introduction=last, side=Side.EMPLOYER, terms=terms, by=employer)
        hires.confirm(introduction=last, side=Side.JOBSEEKER, by=last.jobseeker.user)
    assert IdealProfile.objects.current().get().hired == 15


# Families of occupations: what they say together, to whom, and nobody to be read in the difference ----

BAKER, PASTRY, GROCER, OTHER = "D1102", "D1104", "D1106", "K1304"
KNEADING = "skill:S0001"


@pytest.fixture
def kneading(town: Town) -> Skill:
    found = hiring.skill("S0001", "Pétrir la pâte")
    for code in (PASTRY, OTHER):
        occupation = factories.OccupationFactory(code=code, label_fr=code)
        OccupationSkill.objects.create(
            occupation=occupation, skill=found, is_essential=True, source="starter"
        )
    factories.OccupationFactory(code=GROCER, label_fr=GROCER)
    return found


@pytest.fixture
def pastry(kneading: Skill) -> Vacancy:
    return factories.VacancyFactory(occupation_id=PASTRY, positions=100)


def fill(vacancy: Vacancy, kneading: Skill, sells: Skill, hired: int = 12, others: int = 30) -> None:
    hiring.hire(vacancy, [kneading], hired)
    hiring.introduce(vacancy, [sells], others)


def test_an_occupation_before_any_hire_takes_what_its_family_says_and_can_correct_it(
    bakery: Vacancy, kneading: Skill, sells: Skill, town: Town
) -> None:
    fill(bakery, kneading, sells)
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
    bakery: Vacancy, kneading: Skill, sells: Skill
) -> None:
    fill(bakery, kneading, sells, hired=9)
    assert ideal_families.make("D11") is None
    assert ideal_bridge.ideal_profiles() == {}
    hiring.hire(bakery, [kneading], 1)
    assert ideal_families.make("D11") is not None
    for jobseeker in list(ideal_people.people_of(BAKER).hired)[:1]:
        factories.JobseekerFactory._meta.model.objects.get(pk=jobseeker).user.delete()
    made = ideal_families.make("D11")
    assert made is not None and made.is_seed and not made.traits and not made.priors


def test_two_occupations_of_five_hires_make_a_family_and_no_profile_of_their_own(
    bakery: Vacancy, pastry: Vacancy, kneading: Skill, sells: Skill
) -> None:
    fill(bakery, kneading, sells, hired=5, others=12)
    fill(pastry, kneading, sells, hired=5, others=12)
    ideal.remake()
    family = FamilyProfile.objects.get()
    assert (family.code, family.version, family.hired, family.introduced) == ("D11", 1, 10, 34)
    assert not IdealProfile.objects.filter(is_seed=False).exists()
    assert ideal_bridge.ideal_profiles()[BAKER][KNEADING] > 0


def test_an_occupation_of_few_people_is_drawn_towards_its_family(
    bakery: Vacancy, pastry: Vacancy, kneading: Skill, sells: Skill
) -> None:
    hiring.hire(bakery, [kneading], 5)
    hiring.hire(bakery, [sells], 5)
    hiring.introduce(bakery, [kneading], 10)
    hiring.introduce(bakery, [sells], 10)
    alone = ideal.make(BAKER)
    fill(pastry, kneading, sells, hired=24, others=24)
    fill(pastry, sells, kneading, hired=6, others=16)
    ideal.make(PASTRY)
    IdealProfile.objects.filter(occupation=BAKER).delete()
    drawn = ideal.make(BAKER)
    assert alone is not None and drawn is not None and drawn.family is not None
    (before,), (after,) = ([row for row in made.rows if row["code"] == KNEADING] for made in (alone, drawn))
    assert abs(before["effect"]) < 0.01 < 0.1 < after["effect"]
    assert before["share"] == after["share"] == 0.5


def test_two_versions_of_a_family_never_differ_by_one_or_two_people(
    bakery: Vacancy, kneading: Skill, sells: Skill
) -> None:
    fill(bakery, kneading, sells)
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
    bakery: Vacancy, pastry: Vacancy, kneading: Skill, sells: Skill
) -> None:
    fill(bakery, kneading, sells)
    ideal.make(BAKER)
    IdealProfile.objects.update(family=None)
    FamilyProfile.objects.all().delete()
    for few in (1, 2, 3):
        hiring.hire(pastry, [sells], 1)
        assert (ideal_families.make("D11") is not None) is (few == 3)
