"""Openings found by anybody, with counts beside each choice."""

import datetime as dt
from typing import Any

import pytest

from tests import personas
from tests.factories import OccupationFactory, VacancyFactory
from visavis.catalog.models import Title
from visavis.common import clock
from visavis.searches import services
from visavis.searches.alerts.among import Among
from visavis.searches.asked import Asked
from visavis.searches.found import Filter, Found
from visavis.vacancies.models import Feed, Vacancy

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def find(**asked: object) -> Found:
    return services.find(Asked(**asked), language="fr")  # type: ignore[arg-type]


def titles(found: Found) -> list[str]:
    return [one.vacancy.title for one in found.openings]


def of(found: Found, name: str) -> Filter:
    return next(one for one in found.filters if one.name == name)


def occupations(**labels: str) -> None:
    for code, label in labels.items():
        OccupationFactory(code=code, label_fr=label)


def test_a_visitor_finds_every_open_vacancy_or_its_occupation_and_no_draft(town: personas.Town) -> None:
    feed = Feed.objects.create(name="Autre", format="csv")
    VacancyFactory(title="Zébreur", employer=town.employer)
    VacancyFactory(title="Zébreur venu d'ailleurs", employer=town.employer, feed=feed, feed_key="1")
    VacancyFactory(title="Zébreur en brouillon", employer=town.employer, draft=True)
    assert len(titles(find(words="zébreur"))) == 2
    VacancyFactory(title="Pétrisseur", occupation_id="D1102")
    found = find(words="tourier quantique astrophysique zygomatique")
    assert "Pétrisseur" in titles(found)
    assert "Aucune offre" in found.instead
    assert not find(words="pétrisseur").instead


def test_each_filter_says_what_it_takes_away_and_the_count_of_a_choice_is_what_choosing_it_finds() -> None:
    VacancyFactory(title="Cordeur", pay_min_hour=15, contract="permanent")
    VacancyFactory(title="Cordeur", pay_min_hour=12, contract="fixed_term")
    VacancyFactory(title="Cordeur", contract="")
    found = find(words="cordeur", pay_least=14.0)
    pay = of(found, "pay_least")
    assert (found.total, pay.takes_away, pay.unsaid) == (1, 2, 1)
    assert find(words="cordeur", contracts=("fixed_term",)).total == 1
    VacancyFactory(title="Cordeur", contract="seasonal", conditions=["night"])
    for rule in find(words="cordeur", days=("no-nights",)).filters:
        for choice in rule.choices:
            if not choice.is_chosen and rule.name != "days":
                assert services.find(choice.asked, language="fr").total == choice.count


def test_a_place_orders_by_distance_and_keeps_what_is_in_reach_and_the_newest_come_first() -> None:
    now = clock.now()
    far = {"latitude": 45.75, "longitude": 4.85, "published_at": now - dt.timedelta(days=9)}
    near = {"latitude": 44.95, "longitude": 4.90, "published_at": now - dt.timedelta(days=8)}
    VacancyFactory(title="Loin", **far)
    VacancyFactory(title="Près", **near)
    VacancyFactory(title="Sur place", published_at=now - dt.timedelta(hours=1))
    found = find(commune="26362", reach_km=30, order="distance")
    assert titles(found) == ["Sur place", "Près"]
    assert found.openings[0].km == pytest.approx(0, abs=0.1)
    assert of(found, "place").takes_away == 1
    assert titles(find(order="date")) == ["Sur place", "Près", "Loin"]
    assert titles(find(since_days=3)) == ["Sur place"]


def test_what_is_only_near_the_trade_that_was_asked_for_is_told_as_such() -> None:
    occupations(D1208="Soins esthétiques", D1214="Vente en habillement")
    VacancyFactory(title="Vendeur en maroquinerie", occupation_id="D1214")
    found = find(words="Esthéticienne  CDI ")
    assert titles(found) == ["Vendeur en maroquinerie"]
    assert "Aucune offre ne répond à «\xa0Esthéticienne CDI\xa0»" in found.instead
    VacancyFactory(title="Conseil en beauté", occupation_id="D1208")
    assert not find(words="esthéticienne").instead


def test_what_only_shares_a_word_that_speaks_of_the_trade_does_not_answer() -> None:
    occupations(K2104="Surveillance", G1602="Personnel de cuisine", K1303="Assistance auprès d’enfants")
    VacancyFactory(title="Cuisinier de restaurant scolaire", occupation_id="G1602")
    found = find(words="AESH")
    assert titles(found) == ["Cuisinier de restaurant scolaire"] and found.instead
    # Where something is near by its occupation, that alone comes nearest.
    VacancyFactory(title="Garde d’enfants", occupation_id="K1303")
    found = find(words="AESH")
    assert titles(found) == ["Garde d’enfants"] and found.instead


@pytest.mark.parametrize(
    "named",
    [
        {"title": "Esthéticienne", "occupation": None},
        {"title": "Vendeuse en institut de beauté", "occupation_id": "D1214"},
    ],
    ids=["called-so", "speaks-of-it"],
)
def test_a_word_that_an_opening_has_answers_whatever_its_occupation(named: dict[str, Any]) -> None:
    occupations(D1208="Soins esthétiques", D1214="Vente en habillement", D1106="Vente en alimentation")
    VacancyFactory(title="Vendeur en maroquinerie", occupation_id="D1214")
    VacancyFactory(**named)
    found = find(words="esthéticienne")
    assert named["title"] in titles(found) and not found.instead
    # A word of the trade that begins alike answers too.
    VacancyFactory(title="Vendeur poissonnier", occupation_id="D1106")
    found = find(words="poissonnerie")
    assert titles(found) == ["Vendeur poissonnier"] and not found.instead


def test_an_opening_of_several_occupations_or_words_is_found_by_each(town: personas.Town) -> None:
    occupations(G1803="Serveur", G1801="Barman", D1102="Boulanger")
    both = VacancyFactory(title="Polyvalent", occupation_id="G1803", other_occupations=["G1801"])
    VacancyFactory(title="Boulanger", occupation_id="D1102")
    for asked in ({"occupation": "G1801"}, {"occupation": "G1803"}, {"words": "barman"}):
        assert titles(find(**asked)) == ["Polyvalent"], asked
    assert Among(Vacancy.objects.open()).answers(Asked(occupation="G1801")) == [both.pk]
    VacancyFactory(title="Vendeuse en prêt-à-porter")
    understood = find(words="vendeuse vêtement").understood
    assert "alimentaire" not in " ".join(one.label for one in understood)
    occupations(K2204="Nettoyage de locaux")
    Title.objects.create(occupation_id="K2204", language="fr", label="Femme de chambre")
    VacancyFactory(title="Nettoyeur", occupation_id="K2204")
    labels = [one.label for one in find(words="sage-femme").suggestions]
    assert "Nettoyage de locaux" not in labels
