"""Each question keeps what is given, and says it back."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, override

from tests import agreed, factories
from tests.personas import Town
from visavis.catalog.enums import Condition, ContractKind
from visavis.catalog.models import OccupationSkill
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG, QUESTIONS, Question

type Answer = dict[str, Any]

# Slug, what the page sends, words that the overview then shows.
ANSWERS: list[tuple[str, Answer, str]] = [
    ("education", {"level": "3", "name_1": "CAP boulanger", "year_1": "2011"}, "CAP boulanger (2011)"),
    ("languages", {"language_1": "ar", "level_1": "6", "language_2": "", "level_2": ""}, "C2"),
    ("licences", {"licences": ["B", "caces_3"]}, "CACES 3"),
    ("place", {"place": "valence"}, "Valence (Drôme)"),
    ("reach", {"unit": "minutes", "distance": "30", "transport": "car"}, "30 min"),
    ("reach", {"unit": "km", "distance": "15"}, "15 km"),
    ("contracts", {"contracts": ["seasonal"]}, ContractKind.SEASONAL.label),
    ("hours", {"kind": "between", "least": "20,5", "most": "30"}, "20,5"),
    ("start", {"kind": "day", "day": "15/03/2027"}, "15 mars 2027"),
    ("pay", {"amount": "1900", "unit": "month"}, "12,53"),
    ("conditions", {"conditions": ["night", "cold"]}, Condition.COLD.label),
    ("about", {"about": "Je me lève tôt."}, "Je me lève tôt."),
]


def url(slug: str) -> str:
    return reverse("jobseekers:question", args=[slug])


def stored(town: Town) -> Jobseeker:
    return Jobseeker.objects.get(pk=town.jobseeker.pk)


@pytest.mark.parametrize(("slug", "answer", "words"), ANSWERS)
def test_an_answer_is_kept_and_said_back(slug: str, answer: Answer, words: str, town: Town) -> None:
    words = str(words).lower()
    client = town.client("amelie")
    response = client.post(url(slug), answer)
    assert response.status_code == 302, response.context["form"].errors
    said = " ".join(BY_SLUG[slug].summary(stored(town)))
    assert words in said.lower().replace("\xa0", " ")
    assert slug in stored(town).answered
    page = client.get(reverse("jobseekers:profile")).content.decode().replace("\xa0", " ")
    assert words in page.lower()
    before = BY_SLUG[slug].digest(stored(town))
    form = client.get(url(slug)).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    assert client.post(url(slug), again).status_code == 302
    assert BY_SLUG[slug].digest(stored(town)) == before


@pytest.mark.parametrize("slug", ["licences", "contracts", "conditions", "interests", "experience"])
def test_none_is_an_answer(slug: str, town: Town) -> None:
    assert stored(town).licences is None
    town.client("amelie").post(url(slug), {"nothing": "on"})
    assert BY_SLUG[slug].is_answered(stored(town))
    assert stored(town).licences == ([] if slug == "licences" else None)


def test_the_way_goes_from_question_to_question_to_the_answers_or_straight_to_them(town: Town) -> None:
    client = town.client("amelie")
    for question, follows in pairwise(QUESTIONS):
        assert client.post(url(question.slug), {}).headers["Location"] == url(follows.slug)
    assert client.post(url(QUESTIONS[-1].slug), {}).headers["Location"] == reverse("jobseekers:profile")
    response = client.post(url("licences"), {"licences": ["B"], "go": "answers"})
    assert response.headers["Location"] == reverse("jobseekers:profile")


def test_skills_are_suggested_or_looked_for_without_javascript_and_ticked_with_a_level(town: Town) -> None:
    occupation, skill = factories.OccupationFactory(), factories.SkillFactory()
    client, ticked = town.client("amelie"), f"has_{skill.pk}"
    found = client.post(url("skills"), {"more": "petrir"})
    assert found.status_code == 200
    assert ticked in found.content.decode()
    client.post(url("skills"), {"more": "petrir", ticked: "on", f"level_{skill.pk}": ""})
    assert [held.skill_id for held in stored(town).skills_held.all()] == [skill.pk]
    stored(town).skills_held.all().delete()
    OccupationSkill.objects.create(occupation=occupation, skill=skill, is_essential=True, source="starter")
    town.jobseeker.wishes.create(occupation=occupation, typed="boulanger", position=1)
    assert skill.label_fr in client.get(url("skills")).content.decode()
    client.post(url("skills"), {ticked: "on", f"level_{skill.pk}": "3"})
    assert [(held.skill_id, held.level) for held in stored(town).skills_held.all()] == [(skill.pk, 3)]


def test_interests_keep_their_instant_and_a_pay_a_reach_and_a_day_are_kept(town: Town) -> None:
    diy = factories.InterestFactory()
    client = town.client("amelie")
    client.post(url("interests"), {"interests": [diy.pk], **agreed.read()})
    at = stored(town).interests.get().approved_at
    client.post(url("interests"), {"interests": [diy.pk], **agreed.read()})
    assert stored(town).interests.get().approved_at == at
    response = client.post(url("pay"), {"amount": "9", "unit": "hour"}, follow=True)
    assert stored(town).lowest_pay_hour == 9
    assert "12,02" in response.content.decode()
    response = client.post(url("reach"), {"unit": "km", "distance": "20", "go": "stay"}, follow=True)
    assert "Valence" in response.content.decode()
    assert response.status_code == 200
    client.post(url("start"), {"kind": "day", "day": "2027-03-15"})
    assert stored(town).available_on == dt.date(2027, 3, 15)


def test_namesakes_are_chosen_in_a_list(town: Town) -> None:
    for code, department in (("01001", "01"), ("02002", "02")):
        factories.CommuneFactory(
            code=code,
            name="Saint-Jean",
            folded="saint jean",
            department=factories.DepartmentFactory(code=department),
        )
    client = town.client("amelie")
    response = client.post(url("place"), {"place": "Saint-Jean"})
    assert response.status_code == 200
    assert "which" in response.context["form"].errors
    client.post(url("place"), {"place": "Saint-Jean", "which": "02002"})
    assert stored(town).commune_id == "02002"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.slug)
def test_who_skips_a_question_reads_what_depends_on_it(question: Question, town: Town) -> None:
    page = town.client("amelie").get(url(question.slug))
    answered = question.is_answered(town.jobseeker)
    with override("fr"):
        told = gettext("Your answer stays as it is.") if answered else str(question.without)
    assert f'<p class="hint">{escape(told)}</p>' in page.content.decode()
    assert sum(one.without == question.without for one in QUESTIONS) == 1
