"""The page of an ideal profile: the same for everybody, with one's own marks on it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.catalog.models import Skill
from visavis.jobseekers.models import Jobseeker, SkillHeld
from visavis.journal.models import Entry
from visavis.matches.ideal import corrections
from visavis.matches.ideal import making as ideal
from visavis.matches.making import ranking
from visavis.matches.models import Match
from visavis.matches.pages import wording
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


def test_without_a_hire_the_catalogue_speaks_and_under_ten_nothing_of_them_is_told(
    town: Town, kneads: Skill, sells: Skill
) -> None:
    said = page(town, "amelie")
    assert "personne n’a encore été recruté" in said
    assert "Pétrir la pâte" in said and '<svg class="key"' not in said
    hiring.hire(town.vacancy, [kneads, sells], 7)
    ideal.make("D1102")
    said = page(town, "bruno")
    assert "moins de dix personnes" in said
    assert "plot" not in said and not re.search(r"\b7\b", said.split("<main")[1].split("</main")[0])


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


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("skill:S0001", "Pétrir la pâte"),
        ("skill:S9999", "S9999"),
        ("occupation:D1102", "Métier déjà exercé : Boulanger / Boulangère"),
        ("experience:0", "Débute dans ce métier"),
        ("experience:3", "Trois ans ou plus dans ce métier"),
        ("training:3", "CAP, BEP ou équivalent"),
    ],
)
def test_every_kind_of_trait_has_words(town: Town, kneads: Skill, code: str, words: str) -> None:
    assert wording.trait(code, wording.labels_of_traits([code])).replace("\xa0", " ") == words
