"""Pay below the law: nothing of it is published, the sum is said for the hours asked, and a feed's ad waits."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.personas import Town
from visavis.catalog import least_pay
from visavis.catalog.models import Commune, Department, Region
from visavis.common import clock
from visavis.vacancies import lawful_pay, services
from visavis.vacancies.feeds.holding import Holding
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions import QUESTIONS
from visavis.vacancies.questions.form import digest

TODAY = dt.date(2026, 12, 7)


@pytest.mark.parametrize(
    ("on", "department", "hour"),
    [
        ("2025-12-31", "26", "11.88"), ("2026-01-01", "26", "12.02"), ("2026-01-01", "976", "9.33"),
        ("2020-01-01", "976", "8.98"),
    ],
)  # fmt: skip
def test_the_minimum_wage_is_that_of_the_day_and_the_place(on: str, department: str, hour: str) -> None:
    assert least_pay.minimum_wage(dt.date.fromisoformat(on), department).per_hour == Decimal(hour)


def test_apprentices_and_work_study_have_a_share_by_age_and_year() -> None:
    assert [least_pay.share("apprentice", age, 0) for age in (15, 17, 18, 20, 21, 25, 26, 50)] == [
        27, 27, 43, 43, 53, 53, 100, 100,
    ]  # fmt: skip
    assert [least_pay.share("apprentice", 18, year) for year in (0, 1, 2, 3)] == [43, 51, 67, 67]
    assert [least_pay.share("work_study", age, degree) for age in (16, 21, 26) for degree in (0, 1)] == [
        55, 65, 70, 80, 100, 100,
    ]  # fmt: skip
    assert least_pay.least_of("self_employed", TODAY) is None
    least = least_pay.least_of("apprenticeship", TODAY)
    assert least is not None and least.per_hour == Decimal("3.25")


@pytest.mark.parametrize(
    ("said", "hours", "more", "least"),
    [
        ({"low": "1000", "period": "month"}, 35, {}, "1823.03"),
        ({"low": "1000", "period": "month"}, 19, {}, None),
        ({"low": "1200", "high": "2500", "period": "month"}, 35, {}, "1823.03"),
        ({"low": "1823", "period": "month"}, 35, {}, None),
        ({"low": "1822", "period": "month"}, 35, {}, "1823.03"),
        ({"low": "1823", "period": "month"}, 39, {}, "2031.38"),
        ({"low": "9", "period": "hour"}, 35, {}, "12.02"),
        ({"low": "11.50", "period": "hour"}, 35, {}, "12.02"),
        ({"low": "12.02", "period": "hour"}, 35, {}, None),
        ({"high": "20000", "period": "year"}, 35, {}, "21876.40"),
        ({"low": "700", "period": "month"}, 35, {"contract": "apprenticeship"}, None),
        ({"low": "400", "period": "month"}, 35, {"contract": "apprenticeship"}, "492.92"),
        ({"low": "1000", "period": "month"}, 35, {"contract": "self_employed"}, None),
        ({}, 35, {"pay_min_hour": Decimal("11.50")}, "12.02"),
        ({}, None, {}, None),
    ],
)
def test_what_is_offered_is_compared_in_the_employers_own_period(
    said: dict[str, Any], hours: int | None, more: dict[str, Any], least: str | None, time_machine: Any
) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 7, 9, tzinfo=dt.UTC))
    vacancy = Vacancy(pay_said=said, hours_min=hours, **({"contract": "permanent"} | more))
    found = lawful_pay.shortfall(vacancy)
    assert (found and str(found.least)) == least


@pytest.mark.django_db
def test_it_is_not_published_the_page_says_the_sum_and_an_open_one_is_not_lowered(town: Town) -> None:
    draft = town.draft
    Vacancy.objects.filter(pk=draft.pk).update(
        title="Serveuse ou serveur", commune=town.agency.commune, contract="permanent", hours_min=35,
        pay_said={"low": "1000", "high": "", "period": "month"},
    )  # fmt: skip
    draft.refresh_from_db()
    day = clock.today() + dt.timedelta(days=20)
    for who in ("chloe", "bruno"):
        with pytest.raises(services.PayTooLow, match=r"1\W?823,03"):
            services.publish(vacancy=draft, closes_on=day, legal_exception="x" * 30, by=town.people[who])
    page = town.client("chloe").get(f"/vacancies/{draft.pk}/check/").content.decode()
    assert "Cette paie est trop basse pour être publiée" in page and "35 heures par semaine" in page
    Vacancy.objects.filter(pk=draft.pk).update(pay_said={"low": "1900", "high": "", "period": "month"})
    draft.refresh_from_db()
    services.publish(vacancy=draft, closes_on=day, by=town.people["chloe"])
    question = QUESTIONS["contract"]
    seen = digest(question.form.given(draft))
    values = {"pay_said": {"low": "1000", "high": "", "period": "month"}}
    with pytest.raises(services.PayTooLow):
        services.answer(vacancy=draft, question=question, values=values, seen=seen, by=town.people["chloe"])
    draft.refresh_from_db()
    assert draft.pay_said["low"] == "1900"


@pytest.mark.django_db
def test_a_place_is_looked_up_only_where_the_pay_is_low(town: Town, django_assert_num_queries: Any) -> None:
    vacancy = Vacancy.objects.get(pk=town.vacancy.pk)
    vacancy.contract, vacancy.pay_said, vacancy.commune_id = "permanent", {}, town.agency.commune_id
    with django_assert_num_queries(0):
        vacancy.pay_min_hour = Decimal("13")
        assert lawful_pay.shortfall(vacancy) is None
    vacancy.pay_min_hour = Decimal("9.40")
    assert lawful_pay.shortfall(vacancy) is not None
    Department.objects.get_or_create(
        code="976", defaults={"name": "Mayotte", "region": Region.objects.all()[0]}
    )
    Commune.objects.filter(pk=town.agency.commune_id).update(department="976")
    moved = Vacancy.objects.get(pk=vacancy.pk)
    moved.contract, moved.pay_said, moved.pay_min_hour = "permanent", {}, Decimal("9.40")
    moved.commune_id = town.agency.commune_id
    assert lawful_pay.shortfall(moved) is None


@pytest.mark.django_db
def test_a_feeds_ad_waits_for_a_person_who_may_let_it_stand(town: Town) -> None:
    vacancy = town.vacancy
    vacancy.contract, vacancy.pay_min_hour, vacancy.pay_said = "permanent", Decimal("9.00"), {}
    vacancy.feed_key = "a"
    holding = Holding()
    holding.judge(vacancy, frozenset())
    assert vacancy.state == Vacancy.State.HIDDEN and [one.kind for one in holding.held["a"]] == ["pay"]
    vacancy.state, vacancy.legal_exception = Vacancy.State.OPEN, "It is paid by the piece, and makes more."
    Holding().judge(vacancy, frozenset(one.words for one in holding.held["a"]))
    assert vacancy.state == Vacancy.State.OPEN
