"""The pages that look closer at a profile: fairness, from wanting to being hired, versions; and groups in a file."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import OccupationSkill
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.matches.ideal import corrections
from visavis.matches.ideal import making as ideal
from visavis.matches.management.commands import audit_profiles
from visavis.matches.models import IdealProfile, LineAudit
from visavis.matches.pages.ideal import stages as ideal_stages

pytestmark = [pytest.mark.django_db]
PAGE = "/occupations/D1102/ideal-profile/"
KNEADING = "skill:S0001"
WHY = "Sans ce geste, personne ne tient une heure devant le four."


@pytest.fixture
def profile(town: Town) -> IdealProfile:
    """Twelve hired who knead, of forty-two introduced; of twenty who wish, four knead and the others sell."""
    kneads, sells = hiring.skill("S0001", "Pétrir la pâte"), hiring.skill("S0002", "Vendre du pain")
    OccupationSkill.objects.update(is_essential=False)
    hiring.hire(town.vacancy, [kneads], 12)
    hiring.introduce(town.vacancy, [sells], 30)
    Jobseeker.objects.update(is_looking=False)
    for number in range(20):
        person = factories.JobseekerFactory(agency=None)
        SkillHeld.objects.create(jobseeker=person, skill=kneads if number < 4 else sells, level=2)
        WantedOccupation.objects.create(jobseeker=person, occupation_id="D1102", position=1)
    made = ideal.make("D1102")
    assert made is not None
    return made


def read(town: Town, persona: str, path: str = "") -> str:
    response = town.client(persona).get(f"{PAGE}{path}")
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def audit(**more: object) -> LineAudit:
    """Say that women knead much less often than men."""
    gap = {
        "trait": KNEADING, "group": "F", "against": "M", "people": 20, "others": 20, "share": 0.2,
        "share_others": 0.9, "having": [-0.7, -0.85, -0.45], "logits": [-0.2, -0.3, -0.1],
        "places": [-1.25, -2.0, -0.5], "verdict": "gap",
    }  # fmt: skip
    fields = {"version": 1, "people": 40, "rows": [gap], "stopped": [KNEADING]} | more
    return LineAudit.objects.create(occupation_id="D1102", column="sex", **fields)


# Fairness ----------------------------------------------------------------------------------------


def test_what_was_not_measured_is_said_and_a_line_too_unequal_is_told_to_everybody_alike(
    town: Town, profile: IdealProfile
) -> None:
    said = read(town, "amelie", "fairness/")
    assert "Non connu : Femmes et hommes, Âge, Handicap" in said and "Rien n’a encore été mesuré" in said
    audit()
    told = "Ont cette ligne : femmes, 20 % ; hommes, 90 %. Le métier ne la demande pas."
    for persona in ("amelie", "bruno", "chloe"):
        said = read(town, persona, "fairness/")
        assert told in said and "Trop inégale : elle ne compte plus." in said
        assert "−1,3 (de −2,0 à −0,5)" in said or "−1,2 (de −2,0 à −0,5)" in said
        assert "Non connu : Âge, Handicap" in said and "plot__rows" in said
        assert "non comptée : les groupes ne l’ont pas également" in read(town, persona)
    assert "Femmes et hommes" in read(town, "amelie", "fairness/?by=%3Cscript%3E")


def test_keeping_is_offered_to_counsellors_when_something_stopped_and_marked_with_its_reason(
    town: Town, profile: IdealProfile
) -> None:
    assert 'value="kept"' not in read(town, "bruno", "correct/")
    audit()
    assert 'value="kept"' in read(town, "bruno", "correct/")
    assert "Garder une ligne" in read(town, "bruno", "fairness/")
    assert "Garder une ligne" not in read(town, "chloe", "fairness/")
    sent = town.client("bruno").post(f"{PAGE}correct/", {"trait": KNEADING, "what": "kept", "reason": WHY})
    assert sent.status_code == 302
    for persona in ("amelie", "chloe"):
        said = read(town, persona, "fairness/")
        assert WHY in said and "Gardée par un conseiller" in said and "Bruno" not in said
        assert "compte quand même, dit un conseiller" in read(town, persona)


def test_a_line_that_the_work_asks_for_says_so(town: Town, profile: IdealProfile) -> None:
    audit(stopped=[], justified={KNEADING: "asked"})
    assert "au moins la moitié des offres la demandent : elle compte" in read(town, "hugo", "fairness/")


# From wanting to being hired ---------------------------------------------------------------------


@pytest.mark.database
def test_the_three_shares_are_those_of_the_people_and_the_page_draws_them_of_ten_or_more(
    profile: IdealProfile, town: Town
) -> None:
    (row,) = (row for row in profile.rows if row["code"] == KNEADING)
    assert (row["wished"], row["wished_known"], profile.wished) == (4, 20, 20)
    line = ideal_stages.line_of(row)
    assert (line.wished, line.proposed, line.hired, line.others) == ((4, 20), (12, 42), (12, 12), (0, 30))
    assert ideal_stages.sentences(line) == [
        "No clear difference between those who wish and those proposed.",
        "Employers hire more often those who have it.",
    ] or ideal_stages.sentences(line)[1].startswith("Les employeurs recrutent plus souvent")
    said = read(town, "amelie", "stages/")
    assert "20 personnes souhaitaient ce métier ; 42 ont été proposées" in said
    assert "Souhaitent ce métier" in said and "Les employeurs recrutent plus souvent ceux qui l’ont." in said
    rows = [row | {"wished": 4, "wished_known": 9} for row in profile.rows]
    IdealProfile.objects.update(traits=rows, wished=9)
    assert "souhaitaient" not in read(town, "amelie", "stages/")
    assert all(ideal_stages.line_of(row).wished is None for row in rows)


@pytest.mark.database
def test_one_or_two_who_came_since_do_not_move_the_share(town: Town, profile: IdealProfile) -> None:
    kneads = SkillHeld.objects.filter(skill="S0001").first().skill
    person = factories.JobseekerFactory(agency=None)
    SkillHeld.objects.create(jobseeker=person, skill=kneads, level=2)
    WantedOccupation.objects.create(jobseeker=person, occupation_id="D1102", position=1)
    hiring.hire(town.vacancy, [kneads], 3)
    Jobseeker.objects.filter(introductions__isnull=False).update(is_looking=False)
    made = ideal.make("D1102")
    assert made is not None and made.wished == 20
    (row,) = (row for row in made.rows if row["code"] == KNEADING)
    assert (row["hired"], row["wished"], row["wished_known"]) == (15, 4, 20)


# Versions ----------------------------------------------------------------------------------------


@pytest.mark.database
def test_every_version_says_what_it_changed_and_every_mark_stays(town: Town, profile: IdealProfile) -> None:
    sells = hiring.skill("S0002", "Vendre du pain")
    kept = corrections.correct(
        occupation=profile.occupation, trait=KNEADING, what="emphasised", reason=WHY, by=town.people["bruno"]
    )
    corrections.take_back(correction=kept, by=town.people["bruno"])
    hiring.hire(town.vacancy, [sells], 4)
    ideal.make("D1102")
    said = read(town, "chloe", "versions/")
    assert "Version 2" in said and "Version 1" in said
    assert "Pétrir la pâte : de 100 % à 75 %" in said
    assert WHY in said and "repris le" in said and "Bruno" not in said


def test_before_the_first_version_the_pages_say_so(town: Town) -> None:
    assert "Il n’y a pas encore de version" in read(town, "amelie", "versions/")
    assert "Trop peu de personnes" in read(town, "amelie", "stages/")
    assert "Rien n’a encore été mesuré" in read(town, "amelie", "fairness/")


# Groups in a file --------------------------------------------------------------------------------


@pytest.mark.database
def test_a_file_of_groups_is_read_once_and_nobody_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], town: Town
) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("jobseeker_id,sex,age,disability\n7,Femme,24,oui\n8,H,,\n9,x,50,no\n", encoding="utf-8")
    assert audit_profiles.read(file) == {
        "sex": {7: "F", 8: "M", 9: "x"},
        "age": {7: "0-24", 8: "", 9: "50+"},
        "disability": {7: "yes", 8: "", 9: "no"},
    }
    call_command("audit_profiles", str(file))
    assert "0 measures kept" in capsys.readouterr().out
    assert not LineAudit.objects.exists()
    with pytest.raises(CommandError, match="cannot be read"):
        audit_profiles.read(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,sex\n1,F\n", "must name jobseeker_id"),
        ("jobseeker_id\n1\n", "at least one column"),
        ("jobseeker_id,sex\nAmélie,F\n", "line 2: jobseeker_id must be a whole number"),
        ("jobseeker_id,sex\n1,F\n1,M\n", "line 3: this person stands there twice"),
        ("jobseeker_id,age\n1,vieux\n", "age must be a number"),
        ("jobseeker_id,age\n1,900\n", "age must be a number"),
        (f"jobseeker_id,{'x' * 41}\n1,a\n", "too long"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_with_a_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "groups.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        audit_profiles.read(file)
