"""Which of her limits an opening breaks and by how much, in the words that she reads."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from tests import factories
from visavis.jobseekers.models import Jobseeker, SpokenLanguageHeld
from visavis.jobseekers.opened import Opened
from visavis.matches.pages.opening import limits
from visavis.vacancies.models import LanguageAsked, Vacancy

pytestmark = pytest.mark.django_db

# What she says, what the opening says, and the sentence.
BEYOND: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "km": ({"radius_km": 10}, {"latitude": 45.1}, "9 km plus loin que les 10 km que vous acceptez"),
    "km not said": (
        {"radius_km": None},
        {"latitude": 46.9},
        "169 km plus loin que les gens ne vont d’habitude ; vous n’avez pas dit jusqu’où vous allez",
    ),
    "minutes": (
        {"radius_km": None, "minutes": 15},
        {"latitude": 45.1},
        "Un trajet plus long de 20 minutes que les 15 minutes que vous acceptez",
    ),
    "pay": (
        {"lowest_pay_hour": 14},
        {"pay_min_hour": 12, "pay_max_hour": 12.5},
        "Payé 1,50 € de l’heure de moins que les 14,00 € que vous demandez",
    ),
    "hours, fewer": (
        {"hours_min": 30},
        {"hours_min": 10, "hours_max": 20},
        "10 h par semaine de moins que votre minimum de 30 h",
    ),
    "hours, more": (
        {"hours_max": 20},
        {"hours_min": 35, "hours_max": 39},
        "15 h par semaine de plus que votre maximum de 20 h",
    ),
    "start": (
        {"available_on": dt.date(2031, 3, 21)},
        {"starts_on": dt.date(2031, 3, 1)},
        "Commence le 1er mars 2031, 20 jours avant que vous soyez disponible",
    ),
    "start, the day before": (
        {"available_on": dt.date(2031, 3, 22)},
        {"starts_on": dt.date(2031, 3, 21)},
        "Commence le 21 mars 2031, 1 jour avant que vous soyez disponible",
    ),
    "contract": (
        {},
        {"contract": "seasonal"},
        "Un contrat que vous n’avez pas choisi : Travail saisonnier",
    ),
    "licence": (
        {"licences": ["AM"]},
        {"licences": ["AM", "B"]},
        "Il faut un permis que vous n’avez pas indiqué (B : voiture)",
    ),
    "conditions": (
        {"avoided_conditions": ["night"]},
        {"conditions": ["night", "cold"]},
        "Ce que vous voulez éviter : Travail de nuit",
    ),
}


def read(baker: Jobseeker, opening: Vacancy) -> list[str]:
    """Return her sentences as she reads them, with plain spaces."""
    baker.refresh_from_db()
    opening.refresh_from_db()
    with translation.override("fr"):
        said = limits.broken(Opened(baker, baker.user), opening)
    return [" ".join(sentence.split()) for sentence in said]


@pytest.mark.parametrize(("hers", "theirs", "sentence"), BEYOND.values(), ids=BEYOND)
def test_each_limit_is_said_with_how_far_beyond_it_is(
    baker: Jobseeker, bakery: Vacancy, hers: dict[str, Any], theirs: dict[str, Any], sentence: str
) -> None:
    Jobseeker.objects.filter(pk=baker.pk).update(**hers)
    Vacancy.objects.filter(pk=bakery.pk).update(**theirs)
    assert read(baker, bakery) == [sentence]


def test_a_language_is_said_with_the_level_asked_and_hers_and_work_of_another_kind_is_said_so(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    SpokenLanguageHeld.objects.create(jobseeker=baker, language="en", level=2)
    for language in ("en", "it"):
        LanguageAsked.objects.create(vacancy=bakery, language=language, level=3)
    said = "Une langue que vous n’avez pas indiquée, ou pas à ce niveau : "
    assert read(baker, bakery) == [f"{said}Anglais (B1), vous avez dit A2, Italien (B1)"]
    domain = factories.DomainFactory(code="F", label_fr="Bâtiment", label_en="Building")
    mason = factories.OccupationFactory(code="F1703", label_fr="Maçon", label_en="Mason", domain=domain)
    vacancy = factories.VacancyFactory(title="Maçon", occupation=mason)
    assert read(baker, vacancy) == ["Un autre métier que ce que vous nous avez dit"]


def test_every_kind_of_limit_has_a_case_here() -> None:
    kinds = {name.partition(",")[0].partition(" ")[0] for name in BEYOND}
    called = {"km": "distance", "minutes": "distance", "licence": "licences"}
    assert {called.get(kind, kind) for kind in kinds} | {"languages", "unrelated"} == set(limits.SAY)
