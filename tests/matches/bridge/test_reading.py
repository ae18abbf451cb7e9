"""Rows are read the same whether their numbers are said one by one or as a range."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.personas import Town
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
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert repr(reading.records_of_work(rows)) == repr(one_by_one)
    assert any('"vacancy_id" <= ' in one["sql"] for one in asked.captured_queries)
    assert len(one_by_one) == 4
