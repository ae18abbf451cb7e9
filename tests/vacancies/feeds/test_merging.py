"""One job that two sources bring is shown once, and shown again when the other is over."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.vacancies import services
from visavis.vacancies.feeds import merging
from visavis.vacancies.models import Employer, Feed, Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = (
    "Vous préparez les pâtes, façonnez les pains et surveillez la cuisson avec une équipe de quatre personnes. "
    "Le magasin ouvre du mardi au samedi ; la première fournée part à cinq heures du matin."
)


def brought(feed: str | None, employer: str = "Au Bon Pain", **more: Any) -> Vacancy:
    source = Feed.objects.get_or_create(name=feed, defaults={"format": "csv"})[0] if feed else None
    who = Employer.objects.filter(name=employer).first() or factories.EmployerFactory(name=employer)
    key = str(Vacancy.objects.count()) if feed else ""
    return factories.VacancyFactory(
        feed=source, feed_key=key, employer=who, description=TEXT, published_at=clock.now(), **more
    )


def shown() -> set[int]:
    return set(Vacancy.objects.open().values_list("pk", flat=True))


def test_one_job_of_two_sources_is_shown_once_and_its_copy_when_the_other_is_over(town: Town) -> None:
    Vacancy.objects.update(state="draft")
    first, second = brought("A"), brought("B", employer="AU BON PAIN SARL", title="BOULANGER H/F")
    assert merging.merge_all() == 1
    assert shown() == {first.pk}
    second.refresh_from_db()
    assert second.same_as == first and second.state == "open" and merging.merge_all() == 0
    client: Client = town.client("amelie")
    assert f"/vacancies/{first.pk}/" in client.get(f"/vacancies/{second.pk}/").text
    assert "B" in client.get(f"/vacancies/{first.pk}/").context["brought_by"]
    one = Vacancy.objects.filter(pk=first.pk)
    one.update(closes_on=clock.today() - dt.timedelta(days=1))
    assert shown() == {second.pk}
    one.update(closes_on=None, state="closed")
    assert shown() == {second.pk}
    assert merging.merge_all() == 1
    assert shown() == {second.pk} and not Vacancy.objects.filter(same_as__isnull=False).exists()


def test_ours_wins_from_the_moment_it_is_published_until_it_closes(town: Town) -> None:
    copy = brought("A", employer=town.employer.name)
    ours = factories.VacancyFactory(employer=town.employer, description=TEXT, draft=True)
    before = shown()
    services.publish(vacancy=ours, closes_on=clock.today() + dt.timedelta(days=30), by=town.people["chloe"])
    assert copy.pk in before and copy.pk not in shown() and ours.pk in shown()
    services.close(vacancy=ours, is_filled=False, by=town.people["chloe"])
    assert copy.pk in shown()
    copy.refresh_from_db()
    assert copy.same_as is None


def test_what_differs_is_never_merged_and_many_take_few_questions(django_assert_max_num_queries: Any) -> None:
    full = {"hours_min": 35, "hours_max": 35}
    for changes in ({}, {"title": "Pâtissier"}, {"hours_min": 20, "hours_max": 20}, {"contract": "seasonal"}):
        brought("A", **full | changes)
    brought("B", title="Vendeur")
    brought("B", employer="Autre")
    assert merging.merge_all() == 0 and len(shown()) == 6
    for number in range(60):
        brought("A" if number % 2 else "B", employer=f"Maison {number // 2}")
    with django_assert_max_num_queries(12):
        assert merging.merge_all() == 30
