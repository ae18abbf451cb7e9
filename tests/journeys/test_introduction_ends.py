"""Two positions and three people; an employer who never answers: in English, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.test_introduction import at_the_site, press, vacancy_elsewhere, vacancy_of_the_employer

pytestmark = pytest.mark.journey

THREE_PEOPLE = """
import datetime as dt
from django.db.models import Count
from visavis.common import clock
from visavis.introductions import flow, hires, services
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.vacancies.models import Vacancy
counsellor = Jobseeker.objects.get(user__email="jobseeker@visavis.example").counsellor
employer = User.objects.get(email="employer@visavis.example")
Vacancy.objects.filter(pk={vacancy}).update(positions=2)
vacancy = Vacancy.objects.get(pk={vacancy})
hers = Jobseeker.objects.looking().filter(counsellor=counsellor).exclude(introductions__vacancy=vacancy)
free = hers.annotate(begun=Count("introductions")).order_by("begun", "pk")
terms = hires.Terms("permanent", clock.today() + dt.timedelta(days=7))
for person in free[:3]:
    row = services.want(jobseeker=person, vacancy=vacancy, by=counsellor, score=9.0)
    flow.put_next(vacancy.pk)
    row = services.agree(introduction=row, by=employer)
    hires.declare(introduction=row, side=Side.EMPLOYER, terms=terms, by=employer)
    print(row.pk)
"""

SILENT_EMPLOYER = """
import datetime as dt
from visavis.common import clock
from visavis.introductions import flow, services
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy
her = Jobseeker.objects.get(user__email="jobseeker@visavis.example")
vacancy = Vacancy.objects.get(pk={vacancy})
row = services.want(jobseeker=her, vacancy=vacancy, by=her.user, score=9.0)
flow.put_next(vacancy.pk)
long_ago = clock.now() - dt.timedelta(days={days})
Introduction.objects.filter(pk=row.pk).update(put_at=long_ago, jobseeker_yes_at=long_ago)
flow.remind()
flow.expire()
print(row.pk)
"""


@pytest.mark.again
def test_two_positions_take_two_of_three_people(opened: Open, site: Site) -> None:
    vacancy = vacancy_of_the_employer(site)
    three = at_the_site(site, THREE_PEOPLE.format(vacancy=vacancy)).split()[-3:]
    page = opened("counsellor", language="en", scripts=False)
    for number in three[:2]:
        press(page, f"/introductions/{number}/", "Yes, the hire is so", "This person is hired.")
    page.goto(f"/introductions/{three[2]}/")
    expect(page.get_by_role("main")).to_contain_text("All positions are filled")
    expect(page.get_by_role("button", name="Yes, the hire is so")).to_have_count(0)
    his = opened("employer", language="en", scripts=False)
    his.goto(f"/vacancies/{vacancy}/")
    expect(his.get_by_role("main")).to_contain_text("Filled")


@pytest.mark.again
def test_an_employer_who_never_answers_does_not_keep_her_waiting(opened: Open, site: Site) -> None:
    code = SILENT_EMPLOYER.format(vacancy=vacancy_elsewhere(site), days=61)
    number = at_the_site(site, code).split()[-1]
    page = opened("jobseeker", language="en", scripts=False)
    page.goto(f"/introductions/{number}/")
    expect(page.get_by_role("main")).to_contain_text("Nobody answered in time.")
    expect(page.get_by_role("button", name="Take it back")).to_have_count(0)
