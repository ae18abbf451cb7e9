"""Who may see what is asked once a request: her roles in one question, and no question twice."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.matches.making import ranking
from visavis.people.models import Membership
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

PAGES = [
    ("amelie", "matches:openings"),
    ("bruno", "portal:desk"),
    ("bruno", "matches:openings_of"),
    ("chloe", "matches:candidates"),
    ("rosa", "jobseekers:people"),
]


@pytest.mark.database
@pytest.mark.parametrize(("who", "name"), PAGES)
def test_rights_are_asked_once_a_request(
    who: str, name: str, town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    """However much a page shows: one question reads the roles of who asks, and none of roles is asked twice."""
    for number in range(3):
        factories.VacancyFactory(title=f"Boulanger {number}")
        factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"])
    ranking.rank_everybody()
    client, url = town.client(who), address(town, name)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    number = town.people[who].pk
    statements = [query["sql"] for query in asked]
    rights = [sql for sql in statements if reads_roles(sql, number)]
    assert len(rights) == 1, rights
    of_people = [sql for sql in statements if f'"{Membership._meta.db_table}"' in sql]
    assert not [sql for sql, times in Counter(of_people).items() if times > 1]


def address(town: Town, name: str) -> str:
    match name:
        case "matches:openings_of":
            return reverse(name, args=[town.jobseeker.pk])
        case "matches:candidates":
            return reverse(name, args=[town.vacancy.pk])
    return reverse(name)


def reads_roles(sql: str, number: int) -> bool:
    """Say whether a statement reads the roles of one person."""
    table = Membership._meta.db_table
    return bool(re.search(rf'"{table}"\."user_id" = {number}\b', sql))
