"""The page of an ideal profile: the same for everybody, with one's own marks on it."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import OccupationSkill, Skill
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.journal.models import Entry
from visavis.matches.ideal import corrections
from visavis.matches.ideal import making as ideal
from visavis.matches.making import ranking
from visavis.matches.management.commands import audit_profiles
from visavis.matches.models import IdealProfile, LineAudit, Match
from visavis.matches.pages import wording
from visavis.matches.pages.ideal import stages as ideal_stages
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
WHY = "Tout le monde l’apprend sur place en deux jours."
PAGE = "/occupations/D1102/ideal-profile/"
MOST_QUERIES = 16


@pytest.fixture
def kneads(town: Town) -> Skill:
    return hiring.skill("S0001", "Pétrir la pâte")


@pytest.fixture
def sells(town: Town) -> Skill:
    return hiring.skill("S0002", "Vendre du pain")


@pytest.fixture
def bakery(town: Town, kneads: Skill, sells: Skill) -> Vacancy:
    """Twelve bakers who knead were hired, four of them sell; thirty who sell were introduced."""
    hiring.hire(town.vacancy, [kneads], 8)
    hiring.hire(town.vacancy, [kneads, sells], 4)
    hiring.introduce(town.vacancy, [sells], 30)
    ideal.make("D1102")
    return town.vacancy


def page(town: Town, persona: str, url: str = PAGE) -> str:
    response = town.client(persona).get(url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode()).replace("\xa0", " ")


def test_the_page_says_from_whom_it_is_and_what_more_hires_moved(
    town: Town, bakery: Vacancy, sells: Skill
) -> None:
    before = page(town, "amelie")
    assert "Observé chez 12 personnes recrutées, sur 42 présentées. Version 1" in before
    assert "Pétrir la pâte" in before and "première version" in before
    assert "non précisé" in before  # what she has not said is not a no
    hiring.hire(bakery, [sells])
    ideal.make("D1102")
    after = page(town, "amelie")
    assert "1 personne de plus a été recrutée depuis" in after
    assert before.count("100") == after.count("100")
    hiring.hire(bakery, [sells], 2)
    ideal.make("D1102")
    said = page(town, "amelie")
    assert "Version 2" in said and "3 personnes recrutées de plus que dans la version 1" in said
    assert "Pétrir la pâte : de 100 % à 80 %" in said


@pytest.mark.parametrize(("others", "is_drawn"), [(0, True), (2, False), (3, True)])
def test_one_or_two_of_the_others_are_not_pointed_at(
    town: Town, kneads: Skill, sells: Skill, others: int, is_drawn: bool
) -> None:
    hiring.hire(town.vacancy, [kneads], 10)
    hiring.introduce(town.vacancy, [sells], 20)
    hiring.introduce(town.vacancy, [kneads], others)
    ideal.make("D1102")
    drawn = page(town, "amelie").split("plot__rows")[1].split("</ul>")[0]
    assert ('class="against"' in drawn) is is_drawn


def test_her_own_marks_are_hers_and_her_counsellors_whose_reading_is_in_the_journal(
    town: Town, bakery: Vacancy, kneads: Skill
) -> None:
    SkillHeld.objects.create(jobseeker=town.jobseeker, skill=kneads, level=2)
    hers = f"/people/{town.jobseeker.pk}/occupations/D1102/ideal-profile/"
    own = '<circle class="own" cx="100.0%"'
    assert page(town, "amelie").count(own) == 1
    for other in ("bruno", "chloe", "gael", "hugo"):
        assert own not in page(town, other)
    assert not Entry.objects.exists()
    said = page(town, "bruno", hers)
    assert said.count(own) == 1 and "Amélie" in said
    entry = Entry.objects.get()
    assert (entry.thing, entry.person_id) == ("ideal-profile", town.people["amelie"].pk)
    assert town.client("dario").get(hers).status_code == 404


def test_a_correction_is_marked_with_its_reason_or_refused_without_and_its_author_is_for_staff(
    town: Town, bakery: Vacancy
) -> None:
    client = town.client("bruno")
    sent = client.post(f"{PAGE}correct/", {"trait": "skill:S0001", "what": "set-aside", "reason": WHY})
    assert sent.status_code == 302
    for persona in ("amelie", "chloe"):
        said = page(town, persona)
        assert WHY in said and "non compté" in said and "Bruno" not in said
    assert "Bruno" in page(town, "hugo")
    assert "Reprendre" in page(town, "dario") and "Reprendre" not in page(town, "hugo")
    response = client.post(
        f"{PAGE}correct/", {"trait": "skill:S0002", "what": "dropped", "reason": "trop court"}
    )
    said = response.content.decode()
    assert response.status_code == 200 and "au moins 20 caractères" in said
    assert "trop court" in said and re.search(r'value="skill:S0002"\s+selected', said)
    corrections.correct(
        occupation=factories.OccupationFactory(), trait="skill:S0001", what="dropped", reason=WHY,
        by=town.people["bruno"],
    )  # fmt: skip
    drawn = page(town, "amelie").split("plot__rows")[1].split("</ul>")[0]
    assert "Pétrir" not in drawn and "Vendre" in drawn


def test_a_correction_is_taken_back_by_post_only(town: Town, bakery: Vacancy) -> None:
    url = f"{PAGE}corrections/{town.correction.pk}/take-back/"
    assert town.client("bruno").get(url).status_code == 405
    town.client("dario").post(url)
    assert "Reprendre" not in page(town, "bruno")


@pytest.mark.database
def test_the_page_asks_few_questions_of_the_database(town: Town, bakery: Vacancy, kneads: Skill) -> None:
    SkillHeld.objects.create(jobseeker=town.jobseeker, skill=kneads, level=2)
    client = town.client("amelie")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    assert len(few) <= MOST_QUERIES, [query["sql"][:120] for query in few]


def test_the_opening_and_the_candidates_lead_to_the_profile(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    assert Match.objects.for_jobseeker(baker).exists()
    told = "En commun avec les personnes recrutées"
    opening = page(town, "amelie", reverse("matches:opening", args=[bakery.pk]))
    assert PAGE in opening and told in opening
    hers = reverse("matches:ideal_profile_of", args=[baker.pk, "D1102"])
    assert hers in page(town, "bruno", reverse("matches:opening_of", args=[baker.pk, bakery.pk]))
    candidates = page(town, "chloe", reverse("matches:candidates", args=[bakery.pk]))
    assert PAGE in candidates and told in candidates

    assert PAGE in page(town, "amelie", reverse("catalog:occupation", args=["D1102"]))


def test_every_kind_of_trait_has_words(town: Town, kneads: Skill) -> None:
    for code, words in {
        "skill:S0001": "Pétrir la pâte",
        "skill:S9999": "S9999",
        "occupation:D1102": "Métier déjà exercé : Boulanger / Boulangère",
        "experience:0": "Débute dans ce métier",
        "experience:3": "Trois ans ou plus dans ce métier",
        "training:3": "CAP, BEP ou équivalent",
    }.items():
        assert wording.trait(code, wording.labels_of_traits([code])).replace("\xa0", " ") == words


# Fairness, from wanting to being hired, versions; and groups in a file --------------------------------

KNEADING = "skill:S0001"


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


def audit(**more: object) -> LineAudit:
    """Say that women knead much less often than men."""
    gap = {
        "trait": KNEADING, "group": "F", "against": "M", "people": 20, "others": 20, "share": 0.2,
        "share_others": 0.9, "having": [-0.7, -0.85, -0.45], "logits": [-0.2, -0.3, -0.1],
        "places": [-1.25, -2.0, -0.5], "verdict": "gap",
    }  # fmt: skip
    fields = {"version": 1, "people": 40, "rows": [gap], "stopped": [KNEADING]} | more
    return LineAudit.objects.create(occupation_id="D1102", column="sex", **fields)


def test_what_was_not_measured_is_said_and_a_line_too_unequal_is_told_to_everybody_alike(
    town: Town, profile: IdealProfile
) -> None:
    said = page(town, "amelie", f"{PAGE}fairness/")
    assert "Non connu : Femmes et hommes, Âge, Handicap" in said and "Rien n’a encore été mesuré" in said
    audit()
    told = "Ont cette ligne : femmes, 20 % ; hommes, 90 %. Le métier ne la demande pas."
    for persona in ("amelie", "bruno", "chloe"):
        said = page(town, persona, f"{PAGE}fairness/")
        assert told in said and "Trop inégale : elle ne compte plus." in said
        assert "−1,3 (de −2,0 à −0,5)" in said or "−1,2 (de −2,0 à −0,5)" in said
        assert "Non connu : Âge, Handicap" in said and "plot__rows" in said
        assert "non comptée : les groupes ne l’ont pas également" in page(town, persona)
    assert "Femmes et hommes" in page(town, "amelie", f"{PAGE}fairness/?by=%3Cscript%3E")
    # A line that the work asks for says so.
    LineAudit.objects.all().delete()
    audit(stopped=[], justified={KNEADING: "asked"})
    said = page(town, "hugo", f"{PAGE}fairness/")
    assert "au moins la moitié des offres la demandent : elle compte" in said


def test_keeping_is_offered_to_counsellors_when_something_stopped_and_marked_with_its_reason(
    town: Town, profile: IdealProfile
) -> None:
    assert 'value="kept"' not in page(town, "bruno", f"{PAGE}correct/")
    audit()
    assert 'value="kept"' in page(town, "bruno", f"{PAGE}correct/")
    assert "Garder une ligne" in page(town, "bruno", f"{PAGE}fairness/")
    assert "Garder une ligne" not in page(town, "chloe", f"{PAGE}fairness/")
    sent = town.client("bruno").post(f"{PAGE}correct/", {"trait": KNEADING, "what": "kept", "reason": WHY})
    assert sent.status_code == 302
    for persona in ("amelie", "chloe"):
        said = page(town, persona, f"{PAGE}fairness/")
        assert WHY in said and "Gardée par un conseiller" in said and "Bruno" not in said
        assert "compte quand même, dit un conseiller" in page(town, persona)


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
    said = page(town, "amelie", f"{PAGE}stages/")
    assert "20 personnes souhaitaient ce métier ; 42 ont été proposées" in said
    assert "Souhaitent ce métier" in said and "Les employeurs recrutent plus souvent ceux qui l’ont." in said
    rows = [row | {"wished": 4, "wished_known": 9} for row in profile.rows]
    IdealProfile.objects.update(traits=rows, wished=9)
    assert "souhaitaient" not in page(town, "amelie", f"{PAGE}stages/")
    assert all(ideal_stages.line_of(row).wished is None for row in rows)


@pytest.mark.database
def test_every_version_says_what_it_changed_and_one_or_two_who_came_since_move_no_share(
    town: Town, profile: IdealProfile
) -> None:
    sells = hiring.skill("S0002", "Vendre du pain")
    kept = corrections.correct(
        occupation=profile.occupation, trait=KNEADING, what="emphasised", reason=WHY, by=town.people["bruno"]
    )
    corrections.take_back(correction=kept, by=town.people["bruno"])
    hiring.hire(town.vacancy, [sells], 4)
    ideal.make("D1102")
    said = page(town, "chloe", f"{PAGE}versions/")
    assert "Version 2" in said and "Version 1" in said
    assert "Pétrir la pâte : de 100 % à 75 %" in said
    assert WHY in said and "repris le" in said and "Bruno" not in said
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


def test_before_a_version_the_catalogue_speaks_and_under_ten_nothing_of_them_is_told(
    town: Town, kneads: Skill, sells: Skill
) -> None:
    assert "Il n’y a pas encore de version" in page(town, "amelie", f"{PAGE}versions/")
    assert "Trop peu de personnes" in page(town, "amelie", f"{PAGE}stages/")
    assert "Rien n’a encore été mesuré" in page(town, "amelie", f"{PAGE}fairness/")
    said = page(town, "amelie")
    assert "personne n’a encore été recruté" in said
    assert "Pétrir la pâte" in said and '<svg class="key"' not in said
    hiring.hire(town.vacancy, [kneads, sells], 7)
    ideal.make("D1102")
    said = page(town, "bruno")
    assert "moins de dix personnes" in said
    assert "plot" not in said and not re.search(r"\b7\b", said.split("<main")[1].split("</main")[0])


@pytest.mark.database
def test_a_file_of_groups_is_read_once_nobody_is_kept_and_what_is_wrong_is_said(
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
    for text, words in (
        ("id,sex\n1,F\n", "must name jobseeker_id"),
        ("jobseeker_id\n1\n", "at least one column"),
        ("jobseeker_id,sex\nAmélie,F\n", "line 2: jobseeker_id must be a whole number"),
        ("jobseeker_id,sex\n1,F\n1,M\n", "line 3: this person stands there twice"),
        ("jobseeker_id,age\n1,vieux\n", "age must be a number"),
        ("jobseeker_id,age\n1,900\n", "age must be a number"),
        (f"jobseeker_id,{'x' * 41}\n1,a\n", "too long"),
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match=words):
            audit_profiles.read(file)
