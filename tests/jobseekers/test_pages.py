"""Every page of the profile, empty: what is missing never blocks, and never breaks."""

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import QUESTIONS
from visavis.people.enums import Role

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
