"""The page of interests: many ticks, read type by type, and light."""

import gzip

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.personas import Town
from visavis.catalog.models import Interest

MOST_BYTES = 14_000


@pytest.fixture
def page(town: Town) -> str:
    call_command("import_starter")
    return town.client("amelie").get(reverse("jobseekers:question", args=["interests"])).content.decode()


def test_every_interest_is_offered_under_its_type(page: str) -> None:
    for one in Interest.objects.filter(kind=Interest.Kind.CENTRE):
        assert f'value="{one.pk}"' in page
    places = [
        page.index(words)
        for words in ("Travailler de ses mains", "Chercher, comprendre", "Organiser, classer")
    ]
    assert places == sorted(places)
    assert (
        places[0] < page.index('value="interest:woodwork"') < places[1] < page.index('value="interest:chess"')
    )


def test_the_page_of_interests_is_light(page: str) -> None:
    assert len(gzip.compress(page.encode())) <= MOST_BYTES


def test_an_interest_of_any_type_is_kept(town: Town, page: str) -> None:
    codes = ["interest:chess", "interest:diy", "interest:housekeeping"]
    town.client("amelie").post(reverse("jobseekers:question", args=["interests"]), {"interests": codes})
    kept = town.jobseeker.interests.values_list("interest_id", flat=True)
    assert sorted(kept) == codes
