"""Rows are read the same whether their numbers are said one by one or as a range, their tables at once or in turn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import (
    ApprovedInterest,
    Experience,
    Jobseeker,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)
from visavis.matches.bridge import reading
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy

pytestmark = pytest.mark.database


@pytest.mark.parametrize("left_out", [0, 2], ids=["all", "all but one"])
def test_a_range_reads_what_its_numbers_read(
    left_out: int, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    vacancies = [factories.VacancyFactory(employer=town.employer) for _ in range(5)]
    for vacancy in vacancies:
        SkillAsked.objects.create(vacancy=vacancy, skill=factories.SkillFactory(), is_essential=True)
        for language in ("en", "de"):
            LanguageAsked.objects.create(vacancy=vacancy, language=language, level=3)
    rows = Vacancy.objects.filter(pk__in=[one.pk for one in vacancies]).exclude(pk=vacancies[left_out].pk)
    one_by_one = reading.records_of_work(rows)
    monkeypatch.setattr(reading, "FEW", 1)
    with CaptureQueriesContext(connection) as asked:
        assert repr(reading.records_of_work(rows)) == repr(one_by_one)
    assert any('"vacancy_id" <= ' in one["sql"] for one in asked.captured_queries)
    assert len(one_by_one) == 4


def test_of_a_few_people_all_tables_are_read_at_once_as_of_many(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = list(Jobseeker.objects.order_by("pk"))
    hers = everybody[0]
    for number in range(3):
        SkillHeld.objects.create(
            jobseeker=hers, skill=factories.SkillFactory(code=f"T000{number}"), level=number or None
        )
        work = factories.OccupationFactory(code=f"T000{number}")
        WantedOccupation.objects.create(
            jobseeker=hers, occupation=work, typed=f"mot {number}", position=9 - number
        )
        Experience.objects.create(
            jobseeker=hers, title=f"Poste {number}", occupation=work, months=12 * number
        )
    Experience.objects.create(jobseeker=hers, title="Ailleurs", ends_on="2020-01-01")
    for language, level in (("en", 2), ("de", 5), ("ar", 5)):
        SpokenLanguageHeld.objects.create(jobseeker=hers, language=language, level=level)
    ApprovedInterest.objects.create(jobseeker=hers, interest=factories.InterestFactory())
    with CaptureQueriesContext(connection) as asked:
        at_once = reading.people_in_order(everybody)
    assert len(asked.captured_queries) == 2
    monkeypatch.setattr(reading, "FEW", 0)
    assert repr(reading.people_in_order(everybody)) == repr(at_once)
    assert len(at_once[0].wishes) >= 3 and len(at_once[0].languages) >= 3


def test_who_is_at_hand_is_read_as_from_her_row(town: Town) -> None:
    everybody = list(Jobseeker.objects.select_related("commune"))
    assert any(one.commune for one in everybody)
    with CaptureQueriesContext(connection) as asked:
        at_hand = [reading.person_at_hand(one) for one in everybody]
    assert not any('FROM "jobseekers_jobseeker"' in one["sql"] for one in asked.captured_queries)
    assert repr(at_hand) == repr(reading.people_in_order(everybody))
