"""What lines of a profile do to groups: measured, stopped by a closed rule, kept by a counsellor with a reason."""

import pytest
from django.db import IntegrityError

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import Commune, Occupation, OccupationSkill, Skill
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.journal.models import Entry
from visavis.matches.bridge import ideal as ideal_bridge
from visavis.matches.ideal import corrections
from visavis.matches.ideal import fairness as ideal_fairness
from visavis.matches.ideal import making as ideal
from visavis.matches.making import ranking
from visavis.matches.models import Correction, LineAudit
from visavis.vacancies.models import SkillAsked, Vacancy

pytestmark = pytest.mark.django_db
KNEADING = "skill:S0001"
WHY = "Sans ce geste, personne ne tient une heure devant le four."


@pytest.fixture
def kneads(town: Town) -> Skill:
    """A skill that the sheet names without calling it essential."""
    found = hiring.skill("S0001", "Pétrir la pâte")
    OccupationSkill.objects.filter(skill=found).update(is_essential=False)
    return found


@pytest.fixture
def bakery(town: Town, kneads: Skill) -> Vacancy:
    """Twelve bakers who knead were hired, of forty-two people introduced: the others sell."""
    sells = hiring.skill("S0002", "Vendre")
    hiring.hire(town.vacancy, [kneads], 12)
    hiring.introduce(town.vacancy, [sells], 30)
    ideal.make("D1102")
    Jobseeker.objects.update(is_looking=False)
    return town.vacancy


@pytest.fixture
def wishing(bakery: Vacancy, kneads: Skill) -> dict[int, str]:
    """Forty people wish to be bakers: of twenty women four knead, of twenty men eighteen do."""
    sells = Skill.objects.get(pk="S0002")
    sexes = {}
    for number in range(40):
        is_woman = number < 20
        person = factories.JobseekerFactory(agency=None, commune=bakery.commune)
        has = number % 20 < (4 if is_woman else 18)
        SkillHeld.objects.create(jobseeker=person, skill=kneads if has else sells, level=2)
        WantedOccupation.objects.create(jobseeker=person, occupation_id="D1102", position=1)
        sexes[person.pk] = "F" if is_woman else "M"
    ranking.rank_everybody()
    return sexes


@pytest.fixture
def baker(town: Town) -> Occupation:
    return factories.OccupationFactory()


def by_sex(wishing: dict[int, str]) -> LineAudit:
    assert ideal_fairness.measure_all({"sex": wishing}) == 1
    return LineAudit.objects.get(column="sex")


def correct(occupation: Occupation, town: Town, what: str, trait: str = KNEADING) -> Correction:
    by = town.people["bruno"]
    return corrections.correct(occupation=occupation, trait=trait, what=what, reason=WHY, by=by)


def test_a_line_says_who_has_it_and_what_it_moves_and_stops_counting(wishing: dict[int, str]) -> None:
    before = ideal_bridge.ideal_profiles()["D1102"][KNEADING]
    audit = by_sex(wishing)
    (row,) = (one for one in audit.gaps if one["trait"] == KNEADING)
    assert (row["group"], row["against"], row["people"], row["others"]) == ("F", "M", 20, 20)
    assert row["share"] == pytest.approx(0.2) and row["share_others"] == pytest.approx(0.9)
    assert row["having"][0] == pytest.approx(-0.7) and row["having"][2] < 0
    assert row["verdict"] == "gap"
    credit = 0.6 * (1 - 2.718281828 ** (-before / 0.6))
    assert row["logits"][0] == pytest.approx(-0.7 * credit, abs=0.02)
    assert row["places"][0] < 0
    assert before > 0 and audit.stopped == [KNEADING]
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == 0
    # No person's group is kept.
    assert set(row) <= {
        "trait", "group", "against", "people", "others", "share", "share_others", "having", "logits",
        "places", "verdict",
    }  # fmt: skip
    assert all(row["people"] >= 10 and row["others"] >= 10 for row in audit.gaps)


def test_measuring_again_finds_the_same_but_of_what_the_work_asks_for_and_never_one_person(
    wishing: dict[int, str], kneads: Skill
) -> None:
    OccupationSkill.objects.filter(skill=kneads).update(is_essential=True)
    audit = by_sex(wishing)
    assert (audit.stopped, audit.justified) == ([], {KNEADING: "sheet"})
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] > 0
    OccupationSkill.objects.filter(skill=kneads).update(is_essential=False)
    LineAudit.objects.update(people=0)
    before = by_sex(wishing)
    ranking.rank_everybody()
    LineAudit.objects.update(people=0)
    after = by_sex(wishing)
    assert after.stopped == before.stopped == [KNEADING]
    (one,), (other,) = ([row for row in audit.gaps if row["trait"] == KNEADING] for audit in (before, after))
    assert one["places"] == pytest.approx(other["places"])
    assert ideal_fairness.measure_all({"sex": dict(list(wishing.items())[1:])}) == 0
    assert ideal_fairness.measure_all({"sex": dict(list(wishing.items())[3:])}) == 1


def test_half_of_five_vacancies_are_the_work_and_four_vacancies_are_not(
    baker: Occupation, bakery: Vacancy, kneads: Skill
) -> None:
    def asking(trait: str) -> dict[str, str]:
        return ideal_fairness.asked_for(baker, [trait])

    rows = [factories.VacancyFactory(occupation=baker, experience_months=None) for _ in range(3)]
    for row in rows:
        SkillAsked.objects.create(vacancy=row, skill=kneads, is_essential=True)
    Vacancy.objects.update(education_level=3, experience_months=12)
    assert asking(KNEADING) == {}
    factories.VacancyFactory(occupation=baker, education_level=None, experience_months=None)
    assert asking(KNEADING) == {KNEADING: "asked"}
    assert asking("training:3") == {"training:3": "asked"} and asking("training:4") == {}
    assert asking("experience:2") == {"experience:2": "asked"} and asking("experience:3") == {}
    assert asking("experience:0") == {} and asking("occupation:D1106") == {}


def test_a_counsellor_may_keep_only_what_stopped_with_a_reason_and_not_emphasise_it(
    wishing: dict[int, str], baker: Occupation, town: Town
) -> None:
    before = ideal_bridge.ideal_profiles()["D1102"][KNEADING]
    with pytest.raises(corrections.NotStopped):
        correct(baker, town, "kept")
    by_sex(wishing)
    kept = correct(baker, town, "kept")
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == before
    corrections.take_back(correction=kept, by=town.people["bruno"])
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == 0
    with pytest.raises(corrections.Stopped):
        correct(baker, town, "emphasised")


def test_emphasis_given_before_the_stop_counts_for_nothing(
    wishing: dict[int, str], baker: Occupation, town: Town
) -> None:
    correct(baker, town, "emphasised")
    by_sex(wishing)
    assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == 0


def test_the_service_measures_places_by_itself_and_of_nine_people_nothing_is_kept(
    wishing: dict[int, str],
) -> None:
    village = factories.CommuneFactory(code="26999", name="Petit-Bourg", population=800)
    Commune.objects.exclude(pk="26999").update(population=60_000)
    Jobseeker.objects.filter(pk__in=sorted(wishing)[:20]).update(commune=village)
    ideal_fairness.measure_all()
    assert set(LineAudit.objects.values_list("column", flat=True)) <= {"place", "department"}
    (row,) = (one for one in LineAudit.objects.get(column="place").gaps if one["trait"] == KNEADING)
    assert {row["group"], row["against"]} == {"small-town", "large-town"}
    people = sorted(wishing)
    three = {pk: "abc"[0 if number < 16 else 1 if number < 31 else 2] for number, pk in enumerate(people)}
    ideal_fairness.measure_all({"origin": three})
    rows = LineAudit.objects.get(column="origin").gaps
    assert {side for row in rows for side in (row["group"], row["against"])} == {"a", "b"}
    assert all(row["people"] + row["others"] == 31 for row in rows)
    few = {pk: "F" if number < 9 else "M" for number, pk in enumerate(people)}
    assert ideal_fairness.measure_all({"sex": few}) == 0


# Corrections: marked, counted, journaled, and taken back ----------------------------------------------

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


def test_what_is_taken_out_counts_for_nothing_and_what_is_emphasised_even_without_a_difference(
    occupation: Occupation, town: Town
) -> None:
    before = ideal_bridge.ideal_profiles()["D1102"]
    assert before[KNEADING] > 0 and before[SELLING] == 0
    for what in ("dropped", "set-aside"):
        correct(occupation, town, what)
        assert ideal_bridge.ideal_profiles()["D1102"][KNEADING] == 0, what
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
