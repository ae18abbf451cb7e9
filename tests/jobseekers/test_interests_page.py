"""The page of interests: many ticks, read type by type, and light."""

import gzip

import pytest
from django.urls import reverse

from tests import agreed
from tests.personas import Town
from visavis.catalog.imports import shipped
from visavis.catalog.imports.report import ImportReport
from visavis.catalog.models import Interest

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
