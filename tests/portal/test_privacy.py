"""The page that says what is kept is true."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.matches import services
from visavis.matches.making import ranking

pytestmark = pytest.mark.django_db


def test_an_employer_learns_of_an_opinion_what_the_page_says(town: Town, client: Client) -> None:
    ranking.rank_everybody()
    services.say(jobseeker=town.jobseeker, vacancy=town.vacancy, kind="interested", by=town.people["amelie"])
    said = client.get(reverse("portal:privacy"), headers={"accept-language": "en"}).content.decode()
    assert "An employer learns only that somebody is interested, without a name." in said
    candidates = town.client("chloe").get(reverse("matches:candidates", args=[town.vacancy.pk]))
    page = candidates.content.decode()
    assert "Cette offre l’intéresse" in page
    assert town.people["amelie"].name not in page
