"""Why a vacancy is missing: each obstacle exactly, and what one change would do."""

import datetime as dt
from typing import Any, NamedTuple

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.personas import Town
from visavis.catalog import travel
from visavis.catalog.distances import km_between
from visavis.common import clock
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker, SpokenLanguageHeld
from visavis.jobseekers.opened import Opened
from visavis.matches import services
from visavis.matches.bridge import market, reading
from visavis.matches.bridge.by_night import night as bridge_night
from visavis.matches.making import night, ranking
from visavis.matches.models import Edition, Match, MatchList
from visavis.matches.pages import missing
from visavis.matches.pages.missing import Missing
from visavis.matches.pages.opening import limits
from visavis.vacancies.models import LanguageAsked, Vacancy

pytestmark = pytest.mark.django_db


class Obstacle(NamedTuple):
    """What she and the vacancy say, how a counsellor reads it, what one change would do, and how she reads it."""

    hers: dict[str, Any]
    theirs: dict[str, Any]
    kind: str
    sentence: str
    change: str
    limit: str


OBSTACLES = [
    Obstacle(
        {"radius_km": 10}, {"latitude": 45.1}, "distance",
        "18.5 km away; the profile says 10 km", "9 km farther",
        "9 km plus loin que les 10 km que vous acceptez",
    ),
    Obstacle(
        {"radius_km": None, "minutes": 15}, {"latitude": 45.1}, "distance", "35 min away", "20 min more",
        "Un trajet plus long de 20 minutes que les 15 minutes que vous acceptez",
    ),
    Obstacle(
        {"radius_km": None}, {"latitude": 46.9}, "distance", "usually go 50 km", "goes as far",
        "169 km plus loin que les gens ne vont d’habitude ; vous n’avez pas dit jusqu’où vous allez",
    ),
    Obstacle(
        {}, {"contract": "seasonal"}, "contract", "Seasonal work", "Accepting this contract",
        "Un contrat que vous n’avez pas choisi : Travail saisonnier",
    ),
    Obstacle(
        {"hours_min": 30}, {"hours_min": 10, "hours_max": 20}, "hours",
        "at most 20 hours", "10 hours a week fewer", "10 h par semaine de moins que votre minimum de 30 h",
    ),
    Obstacle(
        {"hours_max": 20}, {"hours_min": 35, "hours_max": 39}, "hours",
        "at least 35 hours", "15 hours a week more", "15 h par semaine de plus que votre maximum de 20 h",
    ),
    Obstacle(
        {"licences": ["AM"]}, {"licences": ["AM", "B"]}, "licences", "B: car", "adds it to the profile",
        "Il faut un permis que vous n’avez pas indiqué (B : voiture)",
    ),
    Obstacle(
        {"available_on": dt.date(2031, 3, 21)}, {"starts_on": dt.date(2031, 3, 1)}, "start",
        "The work begins on", "20 days earlier",
        "Commence le 1er mars 2031, 20 jours avant que vous soyez disponible",
    ),
    Obstacle(
        {"available_on": dt.date(2031, 3, 22)}, {"starts_on": dt.date(2031, 3, 21)}, "start",
        "The work begins on", "1 day earlier",
        "Commence le 21 mars 2031, 1 jour avant que vous soyez disponible",
    ),
    Obstacle(
        {"lowest_pay_hour": 14}, {"pay_min_hour": 12, "pay_max_hour": 12.5}, "pay", "€12.50", "€1.50 less",
        "Payé 1,50 € de l’heure de moins que les 14,00 € que vous demandez",
    ),
    Obstacle(
        {"avoided_conditions": ["night"]}, {"conditions": ["night", "cold"]}, "conditions",
        "Night work", "would remove", "Ce que vous voulez éviter : Travail de nuit",
    ),
]  # fmt: skip


def why(jobseeker: Jobseeker, vacancy: Vacancy, town: Town) -> Missing:
    jobseeker.refresh_from_db()
    vacancy.refresh_from_db()
    with translation.override("en"):
        return missing.explain(jobseeker, vacancy, by=town.people["bruno"])


@pytest.mark.parametrize("way", ["walk", "bike", "transit", "car", ""])
@pytest.mark.parametrize("north", [45.037, 45.3])
def test_the_minutes_that_are_said_to_be_enough_are(
    town: Town, baker: Jobseeker, bakery: Vacancy, way: str, north: float
) -> None:
    baker.radius_km, baker.minutes, baker.transport = None, 5, way
    away = km_between(baker.commune.latitude, baker.commune.longitude, north, bakery.longitude)
    baker.minutes = travel.said_minutes(away, way, baker.commune_id, enough=True)
    assert reading.radius(None, baker.minutes, way, baker.commune_id) >= away


def read(baker: Jobseeker, opening: Vacancy) -> list[str]:
    """Return her sentences as she reads them, with plain spaces."""
    baker.refresh_from_db()
    opening.refresh_from_db()
    with translation.override("fr"):
        said = limits.broken(Opened(baker, baker.user), opening)
    return [" ".join(sentence.split()) for sentence in said]


@pytest.mark.parametrize("one", OBSTACLES)
def test_an_obstacle_is_told_with_both_sides_words_and_to_her_with_how_far_beyond_it_is(
    town: Town, baker: Jobseeker, bakery: Vacancy, one: Obstacle
) -> None:
    Jobseeker.objects.filter(pk=baker.pk).update(**one.hers)
    Vacancy.objects.filter(pk=bakery.pk).update(**one.theirs)
    ranking.rank_everybody()
    found = why(baker, bakery, town)
    assert [cause.kind for cause in found.causes] == [one.kind]
    assert one.sentence in found.causes[0].sentence and one.change in found.causes[0].change
    assert "only obstacle" in found.together and found.place is None
    assert read(baker, bakery) == [one.limit]


def test_all_obstacles_are_told_also_a_language_and_other_work(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    assert {one.kind for one in OBSTACLES} | {"languages", "unrelated"} == set(limits.SAY)
    SpokenLanguageHeld.objects.create(jobseeker=baker, language="en", level=2)
    for language in ("en", "it"):
        LanguageAsked.objects.create(vacancy=bakery, language=language, level=3)
    said = "Une langue que vous n’avez pas indiquée, ou pas à ce niveau : "
    assert read(baker, bakery) == [f"{said}Anglais (B1), vous avez dit A2, Italien (B1)"]
    beyond = {"contract": "seasonal", "licences": ["B"], "latitude": 45.9, "changed_at": clock.now()}
    Vacancy.objects.filter(pk=bakery.pk).update(**beyond)
    found = why(baker, bakery, town)
    told = {cause.kind: cause.sentence for cause in found.causes}
    assert set(told) == {"contract", "licences", "distance", "languages"}
    assert "English (B1)" in told["languages"]
    assert found.together.startswith("All these obstacles")
    domain = factories.DomainFactory(code="F", label_fr="Bâtiment", label_en="Building")
    mason = factories.OccupationFactory(code="F1703", label_fr="Maçon", label_en="Mason", domain=domain)
    vacancy = factories.VacancyFactory(title="Maçon", occupation=mason)
    assert read(baker, vacancy) == ["Un autre métier que ce que vous nous avez dit"]
    (cause,) = why(baker, vacancy, town).causes
    assert cause.kind == "unrelated" and "Mason" in cause.sentence and "Baker" in cause.sentence


def test_the_obstacles_are_those_of_the_lists_counted(town: Town, baker: Jobseeker, bakery: Vacancy) -> None:
    Vacancy.objects.filter(pk=bakery.pk).update(licences=["B"])
    factories.VacancyFactory(employer=town.employer, licences=["B"])
    assert "open 2 vacancies in all" in why(baker, bakery, town).causes[0].change
    for fields in ({}, {"contract": "seasonal"}, {"latitude": 47.0}, {"licences": ["C"]}):
        factories.VacancyFactory(employer=town.employer, **fields)
    ranking.rank_everybody()
    for vacancy in Vacancy.objects.open():
        listed = Match.objects.for_jobseeker(baker).filter(vacancy=vacancy).exists()
        assert listed is not bool(why(baker, vacancy, town).causes)


def test_a_place_in_the_list_or_why_there_is_none(town: Town, baker: Jobseeker, bakery: Vacancy) -> None:
    assert why(baker, bakery, town).causes[0].sentence == "No list has been made for this person yet."
    ranking.rank_everybody()
    found = why(baker, bakery, town)
    assert found.place == 1 and not found.causes
    later = why(baker, factories.VacancyFactory(employer=town.employer), town)
    assert [cause.kind for cause in later.causes] == ["old"] and "was made on" in later.causes[0].sentence
    services.say(jobseeker=baker, vacancy=bakery, kind="not_for_me", reason="pay", by=baker.user)
    found = why(baker, bakery, town)
    assert found.place is None and found.causes[0].kind == "said"
    assert "The pay is too low" in found.causes[0].sentence


def test_an_end_on_either_side_or_an_introduction_says_so(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    for closed in ({"state": "closed"}, {"state": "filled"}, {"state": "open", "closes_on": yesterday}):
        Vacancy.objects.filter(pk=bakery.pk).update(**closed)
        assert [cause.kind for cause in why(baker, bakery, town).causes] == ["closed"]
    Vacancy.objects.filter(pk=bakery.pk).update(closes_on=None)
    Introduction.objects.create(jobseeker=baker, vacancy=bakery, origin="counsellor", state="proposed")
    Jobseeker.objects.filter(pk=baker.pk).update(is_looking=False)
    found = why(baker, bakery, town)
    assert [cause.kind for cause in found.causes] == ["not-looking", "introduced"]
    assert found.introduction is not None


def test_a_vacancy_behind_too_many_others_has_its_rank(
    town: Town, baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (ranking, night, bridge_night):
        monkeypatch.setattr(module, "KEPT", 1)
    other = factories.VacancyFactory(employer=town.employer, latitude=45.05, title="Boulanger")
    ranking.rank_everybody()
    last = bakery if why(baker, other, town).place else other
    found = why(baker, last, town)
    assert [cause.kind for cause in found.causes] == ["rank"]
    assert "place 2 of 2" in found.causes[0].sentence


def test_a_vacancy_shown_as_often_as_it_may_be_or_with_hardly_a_chance_says_so(
    town: Town, baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranking.rank_everybody()
    Edition.objects.update(times=1.0)
    factories.MatchFactory(vacancy=bakery)
    MatchList.objects.filter(jobseeker=baker).delete()
    assert [cause.kind for cause in why(baker, bakery, town).causes] == ["crowded"]
    monkeypatch.setattr(market, "LEAST_SCORE", 99.0)
    ranking.rank_everybody()
    assert [cause.kind for cause in why(baker, bakery, town).causes] == ["score"]


def test_the_pages_lead_from_both_sides_and_choose_no_stranger(town: Town, bakery: Vacancy) -> None:
    client, hers = town.client("bruno"), town.jobseeker.pk
    page = client.get(reverse("proposing:find_vacancy", args=[hers]), {"q": bakery.title})
    url = reverse("proposing:find_person", args=[bakery.pk])
    target = reverse("proposing:missing", args=[hers, bakery.pk])
    assert target in page.content.decode()
    chosen = client.post(url, {"person": hers})
    assert chosen.headers["Location"] == target
    assert client.get(target).status_code == 200
    page = client.post(url, {"person": town.other_jobseeker.pk})
    assert page.status_code == 200 and page.context["form"].errors


# Which of her limits an opening breaks and by how much, in the words that she reads -------------------


# What she says, what the opening says, and the sentence.
