"""What a card has room for: three facts on a line, two reasons, and one thing that is missing."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.matches.pages import cards
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def reason(part: str, kind: str, logit: float, *codes: str, **values: float) -> dict[str, Any]:
    return {"part": part, "kind": kind, "logit": logit, "codes": list(codes), "values": values}


FOR = [
    reason("education", "education_enough", 0.2, level=3.0, asked=3.0),
    reason("pay", "pay_above", 0.9),
    reason("distance", "distance_near", 0.4, km=3.0),
    reason("experience", "experience_enough", 0.6, months=36.0, asked_months=12.0),
]
HALF_OF_THE_SKILLS = reason("skills", "skills_shared", 0.1, "S1", shared=1.0, asked=2.0)
LITTLE = reason("skills", "gap_skill", 0.0, "S2", gain=0.3)
MUCH = reason("skills", "gap_skill", 0.0, "S2", gain=1.3)
SHORT = reason("education", "education_short", -0.5, level=3.0, asked=4.0)
SHORTER = reason("languages", "languages_short", -0.7, "en")


@pytest.fixture
def teller(baker: Jobseeker) -> Jobseeker:
    """Amélie has said what she can do."""
    Jobseeker.objects.filter(pk=baker.pk).update(answered=["skills"])
    return baker


def card(town: Town, baker: Jobseeker, *reasons: dict[str, Any], **said: Any) -> str:
    """Return the card of an opening with these reasons in her list."""
    Vacancy.objects.filter(pk=town.vacancy.pk).update(**said)
    factories.MatchFactory(jobseeker=baker, vacancy=town.vacancy, reasons=list(reasons))
    page = town.client("amelie").get(reverse("matches:openings")).content.decode()
    return page[page.index("<article") : page.index("</article>")]


def items(of: str, listed: str) -> list[str]:
    """Return what stands in a list of the card, without marks."""
    found = re.search(rf'<ul class="{listed}">(.*?)</ul>', of, re.DOTALL)
    assert found
    lines = [
        re.sub(r'<span class="visually-hidden">.*?</span>|<[^>]+>', "", one)
        for one in found[1].split("</li>")
    ]
    return [" ".join(line.split()) for line in lines if line.strip()]


def missing(of: str) -> str:
    [said] = re.findall(r'<p class="lacks"><b>.*?</b> (.*?)</p>', of)
    return str(said)


def test_what_speaks_against_an_opening_is_drawn_to_the_left(town: Town, baker: Jobseeker) -> None:
    match = factories.MatchFactory(jobseeker=baker, vacancy=town.vacancy, reasons=[*FOR, SHORT])
    plot = cards.why(match, baker)["plot"]
    zero = float(plot.axis.zero.strip("%"))
    left = [bar for bar in plot.bars if float(bar.start.strip("%")) < zero]
    assert len(left) == 1 and left[0].is_soft and len(plot.bars) == len(FOR) + 1


def test_its_one_line_has_three_facts_whatever_is_known(town: Town, baker: Jobseeker) -> None:
    Jobseeker.objects.filter(pk=baker.pk).update(transport="car", commune=factories.CommuneFactory())
    known = {
        "contract": "fixed_term",
        "contract_months": 6,
        "hours_min": 20,
        "hours_max": 24,
        "pay_min_hour": 12,
        "pay_max_hour": 13,
        "conditions": ["night"],
        "licences": ["B"],
        "experience_months": 12,
    }
    told = card(town, baker, *FOR, **known)
    assert told.count('<ul class="line') == 1
    where, contract, pay = items(told, "line brief")
    assert where.startswith("Valence") and contract == "CDD 6 mois, 20–24 h" and pay == "12,00–13,00 €/h"


def test_the_two_reasons_shown_are_those_that_weigh_most(town: Town, teller: Jobseeker) -> None:
    told = items(card(town, teller, *FOR), "ticks")
    assert told == ["Le salaire dépasse le minimum demandé", "Expérience : 3 ans"]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [((LITTLE, SHORT, SHORTER), "langues demandées"), ((SHORT, MUCH, SHORTER), "1 des 2 compétences")],
    ids=["a language", "a skill"],
)
def test_the_one_thing_said_to_be_missing_is_what_weighs_most(
    town: Town, teller: Jobseeker, lacking: tuple[dict[str, Any], ...], said: str
) -> None:
    told = missing(card(town, teller, *FOR, HALF_OF_THE_SKILLS, *lacking))
    assert told.startswith(said) and " · " not in told


def test_who_has_told_nothing_of_herself_misses_that_first(town: Town, baker: Jobseeker) -> None:
    told = missing(card(town, baker, *FOR, SHORTER))
    assert told.startswith("compétences et") and " · " not in told


def test_what_only_weighs_against_is_one_too(town: Town, teller: Jobseeker) -> None:
    against = [reason("distance", "distance_far", -0.2, km=22.0), reason("pay", "pay_below", -0.4)]
    assert missing(card(town, teller, *against)) == "Le salaire est plus bas que celui demandé"
