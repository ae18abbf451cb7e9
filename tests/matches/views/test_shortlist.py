"""The list as data: what the page shows, in its order, the same whoever has the companion."""

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.catalog.models import OccupationInterest
from visavis.matches.models import Match, Opinion, Showing

URL = "/companion/shortlist.json"


@pytest.fixture
def listed(town: Town) -> Match:
    return factories.MatchFactory(jobseeker=town.jobseeker, vacancy=town.vacancy, score=0.51234)


def test_it_tells_what_the_page_tells_leaves_its_trace_and_is_the_same_for_everybody(
    town: Town, listed: Match
) -> None:
    town.client("amelie").get(reverse("matches:openings"))
    town.client("amelie").get(URL)
    rows = Showing.objects.values_list("page", "actor_id", "jobseeker_id")
    assert len(rows) == 2
    assert rows[0] == rows[1]
    factories.MatchFactory(jobseeker=town.other_jobseeker, vacancy=town.vacancy, score=0.51234)
    assert town.client("amelie").get(URL).content == town.client("gael").get(URL).content
    diy = factories.InterestFactory(code="interest:diy")
    OccupationInterest.objects.create(occupation=town.vacancy.occupation, interest=diy)
    (opening,) = town.client("amelie").get(URL).json()["openings"]
    assert set(opening) == {"title", "employer", "place", "address", "interests", "counted", "tier", "score"}
    assert (opening["title"], opening["tier"], opening["score"]) == (town.vacancy.title, 0, 0.5123)
    assert (opening["interests"], opening["counted"]) == (["interest:diy"], [])
    town.jobseeker.interests.create(interest=diy)
    assert town.client("amelie").get(URL).json()["openings"][0]["counted"] == ["interest:diy"]
    Opinion.objects.create(
        jobseeker=town.jobseeker, vacancy=town.vacancy, kind="not_for_me", said_by=town.people["amelie"]
    )
    assert town.client("amelie").get(URL).json() == {"openings": []}
