"""Interests: for the person and her counsellor to discover, never below 0, never before an employer's eyes."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.api.conftest import Program
from tests.common.examples import examples
from tests.engine.markets import INTERESTS, jobseekers, market_of, vacancies
from tests.matches import hiring
from tests.personas import Town
from visavis.api import tokens
from visavis.api.scopes import grantable
from visavis.catalog.models import Interest, OccupationInterest
from visavis.engine.facts.records import Jobseeker as Record
from visavis.engine.facts.records import Vacancy as Work
from visavis.engine.lists.topk import parts_of
from visavis.engine.score.score import PART_NAMES
from visavis.jobseekers.models import ApprovedInterest, Jobseeker
from visavis.matches.bridge import traits
from visavis.matches.ideal import making as ideal
from visavis.matches.making import ranking
from visavis.matches.models import Match
from visavis.people.models import Membership
from visavis.traces.models import Figure, Period

PAGE = "/occupations/D1102/ideal-profile/"
# A word that stands nowhere else.
FALCONRY = "Fauconnerie"


@pytest.fixture
def reported(town: Town) -> Interest:
    """People of the baker's family say they like falconry; Amélie does, and so it says of the work."""
    liked = factories.InterestFactory(code="interest:falconry", label_fr=FALCONRY, label_en="Falconry")
    quarter = Period.objects.create(
        code="2026-4", starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 12, 31), table="2026-1",
        interests=["interest:falconry"], epsilon_thousandths=1000, m=5, s=7, sealed_key=b"", modulus="1",
    )  # fmt: skip
    Figure.objects.create(period=quarter, group="d11", interest=liked.pk, share=0.31, low=0.27, high=0.35)
    baker = factories.OccupationFactory()
    OccupationInterest.objects.create(occupation=baker, interest=liked)
    ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest=liked)
    return liked


def page(town: Town, persona: str, url: str = PAGE) -> str:
    response = town.client(persona).get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_jobseekers_and_counsellors_only_read_what_such_people_like(town: Town, reported: Interest) -> None:
    own, hers = '<circle class="own" cx="100.0%"', f"/people/{town.jobseeker.pk}{PAGE}"
    for persona, url, marks in (("amelie", PAGE, 1), ("gael", PAGE, 0), ("bruno", hers, 1)):
        said = page(town, persona, url)
        assert FALCONRY in said and "27 – 35" in said and "31" in said
        assert said.count(own) == marks
    for persona in ("bruno", "chloe", "hugo", "nadia", "ines"):
        assert (FALCONRY in page(town, persona)) is (persona == "bruno")
    # Nor does a jobseeker who also hires.
    firm = town.employer.organisation
    hires = Membership.objects.create(user=town.people["amelie"], role="employer", organisation=firm)
    assert FALCONRY not in page(town, "amelie")
    hires.delete()
    assert FALCONRY in page(town, "amelie")
    Figure.objects.all().delete()
    assert 'id="interests"' not in page(town, "amelie")
    assert "interest" not in traits.KINDS, "no interest is a trait of a profile"


@pytest.mark.django_db
def test_no_page_of_an_employer_holds_an_interest(town: Town, baker: Jobseeker, reported: Interest) -> None:
    """The profile and its pages, the candidates, the introduction, home; and what he reads through a program.

    The catalogue's sheet names interests that go with the work, for everybody: it speaks of nobody.
    """
    hiring.hire(town.vacancy, [hiring.skill("S0001", "Pétrir")], 10)
    ideal.make("D1102")
    ranking.rank_everybody()
    listed = Match.objects.for_vacancy(town.vacancy)
    assert any(
        reason["part"] == "interests" and reason["logit"] > 0 for row in listed for reason in row.reasons
    )
    assert FALCONRY in page(town, "amelie", reverse("matches:opening", args=[town.vacancy.pk]))
    introduction = town.introduction
    addresses = [
        PAGE, f"{PAGE}fairness/", f"{PAGE}stages/", f"{PAGE}versions/", "/home/",
        reverse("matches:candidates", args=[town.vacancy.pk]),
        reverse("introductions:page", args=[introduction.pk]),
        reverse("introductions:of_vacancy", args=[town.vacancy.pk]),
    ]  # fmt: skip
    for address in addresses:
        said = page(town, "chloe", address)
        assert FALCONRY not in said and "interest:" not in said, address
    chloe = town.people["chloe"]
    _token, key = tokens.create(
        user=chloe, name="test", scopes=grantable(chloe), days=7, has_second_factor=True
    )
    program = Program(Client(), key, "fr")
    for path in (f"/vacancies/{town.vacancy.pk}/candidates", f"/introductions/{introduction.pk}"):
        answer = program.get(path)
        assert answer.status_code == 200, path
        assert FALCONRY not in answer.content.decode() and "interest:" not in answer.content.decode(), path


EVERY = sorted({code for codes in INTERESTS.values() for code in codes})


@given(
    jobseekers(),
    vacancies(),
    st.lists(st.sampled_from(EVERY), unique=True, max_size=4),
    st.sampled_from(EVERY),
)
@settings(max_examples=examples(150))
def test_one_interest_more_never_lowers_a_score_and_one_less_never_lowers_it_below_none(
    person: Record, work: Work, liked: list[str], more: str
) -> None:
    def parts(interests: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        market = market_of([replace(person, interests=interests)], [work])
        return parts_of(market, np.array([0]), np.array([0]))[0]

    none, some, most = parts([]), parts(liked), parts([*liked, more])
    assert none.sum() <= some.sum() <= most.sum()
    column = PART_NAMES.index("interests")
    assert none[column] == 0 <= some[column] <= most[column]
    others = np.delete(np.arange(len(PART_NAMES)), column)
    assert none[others].tolist() == most[others].tolist()
