"""What a card has room for: three facts on a line, two reasons, and one thing that is missing."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import MatchList
from visavis.matches.pages import cards, wording
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
SHORT = reason("education", "education_short", -0.5, level=3.0, asked=4.0)


def card(town: Town, baker: Jobseeker, *reasons: dict[str, Any], **said: Any) -> str:
    """Return the card of an opening with these reasons in her list."""
    Vacancy.objects.filter(pk=town.vacancy.pk).update(**said)
    MatchList.objects.all().delete()
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


def test_its_one_line_has_three_facts_and_what_speaks_against_it_is_drawn_to_the_left(
    town: Town, baker: Jobseeker
) -> None:
    match = factories.MatchFactory(jobseeker=baker, vacancy=town.vacancy, reasons=[*FOR, SHORT])
    plot = cards.why(match, baker)["plot"]
    zero = float(plot.axis.zero.strip("%"))
    left = [bar for bar in plot.bars if float(bar.start.strip("%")) < zero]
    assert len(left) == 1 and left[0].is_soft and len(plot.bars) == len(FOR) + 1
    Jobseeker.objects.filter(pk=baker.pk).update(transport="car", commune=factories.CommuneFactory())
    known = {
        "contract": "fixed_term", "contract_months": 6, "hours_min": 20, "hours_max": 24, "pay_min_hour": 12,
        "pay_max_hour": 13, "conditions": ["night"], "licences": ["B"], "experience_months": 12,
    }  # fmt: skip
    told = card(town, baker, *FOR, **known)
    assert told.count('<ul class="line') == 1
    where, contract, pay = items(told, "line brief")
    assert where.startswith("Valence") and contract == "CDD 6 mois, 20–24 h" and pay == "12,00–13,00 €/h"


def test_the_two_reasons_and_the_one_thing_missing_are_those_that_weigh_most(
    town: Town, baker: Jobseeker
) -> None:
    half = reason("skills", "skills_shared", 0.1, "S1", shared=1.0, asked=2.0)
    little, much = (reason("skills", "gap_skill", 0.0, "S2", gain=gain) for gain in (0.3, 1.3))
    language = reason("languages", "languages_short", -0.7, "en")
    told = missing(card(town, baker, *FOR, language))
    # Who has told nothing of herself misses that first.
    assert told.startswith("compétences et") and " · " not in told
    Jobseeker.objects.filter(pk=baker.pk).update(answered=["skills"])
    found = card(town, baker, *FOR)
    assert items(found, "ticks") == ["Le salaire dépasse le minimum demandé", "Expérience : 3 ans"]
    for lacking, said in ((little, "langues demandées"), (much, "1 des 2 compétences")):
        told = missing(card(town, baker, *FOR, half, lacking, SHORT, language))
        assert told.startswith(said) and " · " not in told
    # What only weighs against is one too.
    against = [reason("distance", "distance_far", -0.2, km=22.0), reason("pay", "pay_below", -0.4)]
    assert missing(card(town, baker, *against)) == "Le salaire est plus bas que celui demandé"


# Where the work is: the minutes on the card, the map and the minutes on the opening's page ------------


@pytest.fixture
def away(town: Town, baker: Jobseeker) -> Vacancy:
    """In Amélie's list: work 18 km north of Valence, where she lives; she goes 20 km by car."""
    Jobseeker.objects.filter(pk=baker.pk).update(commune=factories.CommuneFactory(), transport="car")
    tain = factories.CommuneFactory(code="26347", name="Tain", folded="tain", latitude=45.1, longitude=4.89)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        commune=tain, latitude=tain.latitude, longitude=tain.longitude, precision_km=0
    )
    factories.MatchFactory(jobseeker=baker, vacancy=town.vacancy)
    return Vacancy.objects.get(pk=town.vacancy.pk)


def page(town: Town, vacancy: Vacancy) -> str:
    read = town.client("amelie").get(reverse("matches:opening", args=[vacancy.pk])).content.decode()
    return " ".join(read.split())


def first_card(town: Town) -> str:
    read = " ".join(town.client("amelie").get(reverse("matches:openings")).content.decode().split())
    return read[read.index("<article") : read.index("</article>")]


def drawing(page: str) -> str:
    """Return the map of the page, nothing where there is none."""
    found = re.search(r'<svg class="map".*?</svg>', page)
    return found[0] if found else ""


def test_the_map_has_what_is_known_and_card_and_page_say_minutes_or_kilometres(
    town: Town, away: Vacancy, baker: Jobseeker
) -> None:
    drawn = drawing(page(town, away))
    assert f"Carte : Valence, la commune du profil, et {away.title}" in drawn
    assert '<circle class="home" cx="180" cy="180"' in drawn
    [(x, y)] = re.findall(r'<circle class="spot" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert float(y) < 100 and abs(float(x) - 180) < 2, "Tain is north of Valence"
    assert f'<path class="way" d="M180 180L{x} {y}"/>' in drawn
    [r] = re.findall(r'<circle class="reach" cx="180" cy="180" r="([\d.]+)"', drawn)
    # She goes 20 km, the work is 18.5 km away.
    assert float(r) / (180 - float(y)) == pytest.approx(20 / 18.5, abs=0.02)
    assert re.findall(r">(Valence|Tain)</text>", drawn) == ["Valence", "Tain"]
    assert "Tain, ~35 min" in first_card(town)
    assert "Environ 35 min en voiture, 19 km à vol d’oiseau" in page(town, away)
    Jobseeker.objects.filter(pk=baker.pk).update(transport="")
    assert "Tain, 19 km" in first_card(town) and " min" not in first_card(town)
    read = page(town, away)
    assert "19 km de Valence à vol d’oiseau" in read and "Environ" not in read
    Jobseeker.objects.filter(pk=baker.pk).update(radius_km=None, minutes=None)
    drawn = drawing(page(town, away))
    assert 'class="spot"' in drawn and 'class="reach"' not in drawn
    Vacancy.objects.filter(pk=away.pk).update(precision_km=30)
    assert not drawing(page(town, away))


# Reasons in words -------------------------------------------------------------------------------------


def distance(km: float) -> dict[str, Any]:
    return {"part": "distance", "kind": "distance_near", "logit": 0.5, "codes": [], "values": {"km": km}}


def test_skills_held_and_lacking_are_told_and_to_an_employer_no_interest_or_lowest_pay() -> None:
    with translation.override("en"):
        for km, told in ((0.2, 5), (5.0, 5), (7.0, 10), (12.4, 15)):
            said = wording.say(distance(km), wording.Labels(), for_employer=True)
            assert said == f"{told} km away at most"
    reasons = [
        reason("pay", "pay_above", 1.0, lowest=13.0),
        reason("interests", "interests_shared", 1.0, "riasec:R"),
    ]
    assert wording.told(reasons, wording.Labels(), for_employer=True) == wording.Told()
    few = reason("skills", "skills_shared", -0.4, "S1", shared=1.0, asked=5.0)
    found = in_english(few, *lacking("S2", "S3", "S4"))
    assert found == wording.Told(missing=["4 of the 5 skills asked for (S2, S3 …)"])
    most = reason("skills", "skills_shared", 0.9, "S1", "S2", shared=2.0, asked=3.0)
    found = in_english(most, *lacking("S3"))
    assert (found.ticks, found.missing) == (["Skills held: S1, S2"], ["1 of the 3 skills asked for (S3)"])
    none = reason("skills", "skills_none", -0.6, shared=0.0, asked=1.0)
    assert in_english(none, *lacking("S1")).missing == ["the skill asked for (S1)"]


def lacking(*codes: str) -> list[dict[str, Any]]:
    return [reason("skills", "gap_skill", 0.0, code, gain=1.0) for code in codes]


def in_english(*reasons: dict[str, Any]) -> wording.Told:
    with translation.override("en"):
        return wording.told(list(reasons), wording.Labels())


def test_what_falls_short_is_missing_and_what_only_weighs_against_is_a_note() -> None:
    found = in_english(
        reason("experience", "experience_short", -1.0, months=0.0, asked_months=24.0),
        reason("education", "education_short", -0.5, level=3.0, asked=4.0),
        reason("languages", "languages_short", -0.7, "en"),
        reason("distance", "distance_far", -0.2, km=22.0),
        reason("pay", "pay_below", -0.1),
    )
    assert not found.ticks
    assert [line.partition(" (")[0] for line in found.missing] == [
        "experience",
        "languages asked",
        "level of education asked",
    ]
    assert found.notes == ["22 km away", "Pays less than asked for"]
    # A title is called close only where the engine calls it so.
    for kind, said in (("title_close", ["The title is close to the words given"]), ("title_alike", [])):
        assert in_english(reason("title", kind, 0.5, similarity=0.45)).ticks == said
