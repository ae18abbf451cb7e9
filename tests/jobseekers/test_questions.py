"""Each question keeps what is given and says it back, empty, in two tabs, and where somebody stops to look."""

import datetime as dt
import gzip
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, override

from tests import agreed, factories
from tests.personas import Town
from visavis.catalog.enums import Condition, ContractKind
from visavis.catalog.imports import shipped
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.models import Interest, OccupationSkill
from visavis.introductions import services
from visavis.introductions.enums import State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG, QUESTIONS, Question
from visavis.people.enums import Role

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


def test_the_way_goes_from_question_to_question_and_the_same_twice_is_no_conflict(town: Town) -> None:
    client = town.client("amelie")
    for question, follows in pairwise(QUESTIONS):
        assert client.post(url(question.slug), {}).headers["Location"] == url(follows.slug)
    assert client.post(url(QUESTIONS[-1].slug), {}).headers["Location"] == reverse("jobseekers:profile")
    response = client.post(url("licences"), {"licences": ["B"], "go": "answers"})
    assert response.headers["Location"] == reverse("jobseekers:profile")
    both = version(client, "wanted")
    for _twice in range(2):
        assert client.post(url("wanted"), {"wish_1": "gardienne", "version": both}).status_code == 302
    assert town.jobseeker.wishes.count() == 1
    both = version(client, "pay")
    client.post(url("pay"), {"amount": "13", "unit": "hour", "version": both})
    wrong = client.post(url("pay"), {"amount": "-1", "unit": "hour", "version": both})
    response = client.post(url("pay"), {"amount": "15", "unit": "hour", "version": wrong.context["version"]})
    assert response.status_code == 409


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


SLUGS = [question.slug for question in QUESTIONS]


def test_every_page_opens_on_a_profile_that_does_not_exist_yet(town: Town) -> None:
    town.people["amelie"] = factories.UserFactory(role=Role.JOBSEEKER)
    client = town.client("amelie")
    for slug in SLUGS:
        assert client.get(reverse("jobseekers:question", args=[slug])).status_code == 200, slug
    assert not Jobseeker.objects.filter(user=town.people["amelie"]).exists()
    for name in ("profile", "print", "download", "add_job"):
        assert client.get(reverse(f"jobseekers:{name}")).status_code == 200, name


@pytest.mark.parametrize("slug", SLUGS)
def test_an_empty_answer_is_kept_as_nothing_and_the_way_goes_on(slug: str, town: Town) -> None:
    url = reverse("jobseekers:question", args=[slug])
    response = town.client("gael").post(url, {"version": ""})
    assert response.status_code == 302
    town.other_jobseeker.refresh_from_db()
    assert town.other_jobseeker.answered == []


def test_who_stops_looking_reads_what_stops_and_may_look_again(
    town: Town, django_capture_on_commit_callbacks: object
) -> None:
    factories.JobseekerFactory()
    page = town.client("amelie").get("/profile/looking/").content.decode()
    assert "mises en relation en attente" in page
    row = services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    client = town.client("amelie")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post("/profile/looking/")
    ended = Introduction.objects.get(pk=row.pk)
    assert (ended.state, ended.reason) == (State.WITHDRAWN, "not-looking")
    client.post("/profile/looking/", {"again": "yes"})
    assert Jobseeker.objects.get(pk=town.jobseeker.pk).is_looking


def version(client: Client, slug: str) -> str:
    return str(client.get(url(slug)).context["version"])


def test_a_stale_answer_is_not_written_and_both_are_shown_to_choose_from(town: Town) -> None:
    client = town.client("amelie")
    both, pay = version(client, "about"), version(client, "pay")
    assert client.post(url("about"), {"about": "first tab", "version": both}).status_code == 302
    response = client.post(url("about"), {"about": "second tab", "version": both})
    assert response.status_code == 409
    page = response.content.decode()
    assert "first tab" in page
    assert "second tab" in page
    assert stored(town).about == "first tab"
    client.post(url("about"), {"about": "second tab", "version": response.context["version"]})
    assert stored(town).about == "second tab"
    sent = {"amount": "13", "unit": "hour", "version": pay}
    assert client.post(url("pay"), sent).status_code == 302, "another question is not in its way"
    assert (stored(town).about, stored(town).pay_amount) == ("second tab", 13)


def test_her_counsellor_and_another_tab_of_one_job_are_noticed_too(town: Town) -> None:
    her_version = version(town.client("amelie"), "about")
    his = reverse("jobseekers:person_question", args=[town.jobseeker.pk, "about"])
    town.client("bruno").post(his, {"about": "by phone"})
    assert (
        town.client("amelie").post(url("about"), {"about": "mine", "version": her_version}).status_code == 409
    )
    job = town.jobseeker.experiences.create(title="soudeuse")
    client = town.client("amelie")
    page = reverse("jobseekers:job", args=[job.pk])
    both = client.get(page).context["version"]
    client.post(page, {"title": "soudeuse TIG", "version": both})
    response = client.post(page, {"title": "soudeuse MAG", "version": both})
    assert response.status_code == 409
    job.refresh_from_db()
    assert job.title == "soudeuse TIG"


MOST_BYTES = 14_000


@pytest.fixture
def shown(town: Town) -> str:
    report = ImportReport("starter")
    for step in (shipped.import_domains, shipped.import_occupations, shipped.import_interests):
        step(report)
    return town.client("amelie").get(reverse("jobseekers:question", args=["interests"])).content.decode()


def test_every_interest_is_offered_under_its_type_on_a_light_page_and_kept(town: Town, shown: str) -> None:
    for one in Interest.objects.filter(kind=Interest.Kind.CENTRE):
        assert f'value="{one.pk}"' in shown
    first, second, third = (
        shown.index(words)
        for words in ("Travailler de ses mains", "Chercher, comprendre", "Organiser, classer")
    )
    woodwork, chess = (shown.index(f'value="interest:{one}"') for one in ("woodwork", "chess"))
    assert first < woodwork < second < chess and second < third
    assert len(gzip.compress(shown.encode())) <= MOST_BYTES
    codes = ["interest:chess", "interest:diy", "interest:housekeeping"]
    town.client("amelie").post(
        reverse("jobseekers:question", args=["interests"]), {"interests": codes, **agreed.read()}
    )
    kept = town.jobseeker.interests.values_list("interest_id", flat=True)
    assert sorted(kept) == codes


def test_a_type_that_she_holds_is_seen_kept_and_taken_out(town: Town, shown: str) -> None:
    """Cards put whole types into the file: saving this page loses none that she left ticked."""
    page, client = reverse("jobseekers:question", args=["interests"]), town.client("amelie")
    assert 'value="riasec:S"' not in shown
    for codes in (["interest:chess", "riasec:S"], ["interest:chess"]):
        town.jobseeker.interests.all().delete()
        for code in ("interest:chess", "riasec:S"):
            town.jobseeker.interests.create(interest_id=code)
        assert 'value="riasec:S"' in client.get(page).content.decode()
        client.post(page, {"interests": codes, **agreed.read()})
        assert sorted(town.jobseeker.interests.values_list("interest_id", flat=True)) == codes
