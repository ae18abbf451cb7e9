"""Who may see which place of which list."""

import pytest

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.matches.making import ranking
from visavis.matches.models import Match
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("persona", "of_people", "of_vacancies"),
    [
        ("amelie", {"amelie"}, False),
        ("gael", {"gael"}, False),
        ("bruno", {"amelie"}, True),
        ("dario", {"gael"}, True),
        ("hugo", set(), True),
        ("rosa", set(), False),
        ("chloe", set(), True),
        ("emile", set(), False),
        ("nadia", set(), False),
        ("ines", set(), False),
    ],
)
def test_a_place_in_a_list_is_seen_by_whom_it_concerns(
    town: Town, baker: Jobseeker, bakery: Vacancy, persona: str, of_people: set[str], of_vacancies: bool
) -> None:
    ranking.rank_everybody()
    assert set(Match.objects.values_list("side", flat=True)) == {"jobseeker", "vacancy"}
    seen = Match.objects.visible_to(town.people[persona])
    owners = {town.people[name].pk for name in of_people}
    assert set(seen.filter(side="jobseeker").values_list("jobseeker__user", flat=True)) == owners
    assert seen.filter(side="vacancy").exists() is of_vacancies
