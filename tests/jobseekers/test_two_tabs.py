"""Two tabs: one question answered twice is noticed, two questions are not in each other's way."""

from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker


def url(slug: str) -> str:
    return reverse("jobseekers:question", args=[slug])


def version(client: Client, slug: str) -> str:
    return str(client.get(url(slug)).context["version"])


def stored(town: Town) -> Jobseeker:
    return Jobseeker.objects.get(pk=town.jobseeker.pk)


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


def test_the_same_answer_twice_is_no_conflict_and_an_error_hides_none(town: Town) -> None:
    client = town.client("amelie")
    both = version(client, "wanted")
    for _twice in range(2):
        assert client.post(url("wanted"), {"wish_1": "gardienne", "version": both}).status_code == 302
    assert town.jobseeker.wishes.count() == 1
    both = version(client, "pay")
    client.post(url("pay"), {"amount": "13", "unit": "hour", "version": both})
    wrong = client.post(url("pay"), {"amount": "-1", "unit": "hour", "version": both})
    response = client.post(url("pay"), {"amount": "15", "unit": "hour", "version": wrong.context["version"]})
    assert response.status_code == 409


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
