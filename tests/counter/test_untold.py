"""What is told by hand is told to who stands there: reception learns that there is something, and not what."""

import pytest
from django.urls import reverse

from tests.counter.making import stands
from tests.personas import Town
from visavis.news import services as news
from visavis.people.enums import Channel, Role
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HINT = "Du nouveau attend cette personne"
SECRET = "Titre secret"


@pytest.fixture
def told(town: Town) -> news.News:
    User.objects.filter(pk=town.people["amelie"].pk).update(channel=Channel.COUNTER)
    person = User.objects.get(pk=town.people["amelie"].pk)
    subject = news.Subject("appointment", 1, SECRET, "/appointments/1/")
    row = news.tell(user=person, role=Role.JOBSEEKER, kind="cancelled", subject=subject)
    assert row is not None
    return row


def head(town: Town, who: str = "rosa") -> str:
    return town.client(who).get(reverse("jobseekers:person", args=[town.jobseeker.pk])).text


def test_reception_reads_that_something_waits_until_it_is_told(town: Town, told: news.News) -> None:
    shown = head(town)
    assert HINT in shown and SECRET not in shown
    assert f'href="{reverse("counter:open", args=[town.jobseeker.pk])}"' in shown
    news.note_told(news=told, by=town.people["bruno"])
    assert HINT not in head(town)


def test_who_is_reached_by_herself_is_no_business_of_reception(town: Town, told: news.News) -> None:
    told.state, told.channel = told.State.WAITING, Channel.WEB
    told.save()
    assert HINT not in head(town)


def test_her_counsellor_has_it_in_his_own_list_and_an_open_visit_says_it_itself(
    town: Town, told: news.News
) -> None:
    assert HINT not in head(town, "bruno")
    visit = stands(town)
    assert HINT not in town.client("rosa").get(reverse("counter:person", args=[visit.pk])).text
