"""Read a vacancy, read what the feeds did."""

import pytest
from django.urls import reverse

from tests.personas import Town
from visavis.vacancies.models import FeedRunNote, SkillAsked, Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_page_says_what_is_known_and_to_the_desk_the_words_it_was_read_in(town: Town) -> None:
    SkillAsked.objects.create(vacancy=town.vacancy, typed="Servir", is_essential=True)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        pay_min_hour=13, pay_max_hour=14, source_url="https://example.org/1", description="<b>Du pain</b>",
        feed=town.feed_run.feed, feed_key="1",
        evidence={"contract": ["en intérim", "CDI"], "starts_on": ["dès que possible"]},
    )  # fmt: skip
    here = reverse("vacancies:page", kwargs={"vacancy_id": town.vacancy.pk})
    text = town.client("amelie").get(here).content.decode()
    assert "Servir" in text and "Valence (26)" in text
    assert 'href="https://example.org/1" rel="noreferrer"' in text
    assert "&lt;b&gt;Du pain" in text
    assert (
        reverse("vacancies:check", kwargs={"vacancy_id": town.vacancy.pk}) not in text and "<q>" not in text
    )
    text = town.client("bruno").get(here).content.decode()
    assert "<q>en intérim</q>" in text and "CDI</span>" in text and "<q>dès que possible</q>" in text


def test_the_remarks_of_a_run_are_sentences_filtered_by_reason(town: Town) -> None:
    for reason in ("place_unknown", "pay_out_of_bounds", "pay_out_of_bounds"):
        FeedRunNote.objects.create(run=town.feed_run, kind="fell_back", key="K", field="f", reason=reason)
    here = reverse("vacancies:feed_run", kwargs={"run_id": town.feed_run.pk})
    page = town.client("bruno").get(here, {"reason": "pay_out_of_bounds"})
    assert len(page.context["notes"]) == 2
    assert [one["count"] for one in page.context["filters"]] == [3, 2, 1]
    assert "pay_out_of_bounds" not in str(page.context["notes"][0][1])
