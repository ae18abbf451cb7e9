"""Who tells somebody something by hand is led to a page that he may open, about her, and never to one of his own."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from tests.personas import Town
from visavis.news import channels, waiting, wording
from visavis.news import services as news
from visavis.people.enums import Channel, Role
from visavis.people.models import User

pytestmark = pytest.mark.django_db

# To what news leads that is told to a person.
HERS = {
    "portal:home", "jobseekers:cards", "consents:mine", "people:readings", "people:account", "documents:mine",
    "casefiles:mine", "searches:alerts", "mailboxes:mine",
}  # fmt: skip


def asked(town: Town, link: str) -> str:
    User.objects.filter(pk=town.people["amelie"].pk).update(channel=Channel.COUNTER)
    person = User.objects.get(pk=town.people["amelie"].pk)
    subject = news.Subject("appointment", 1, "Un rendez-vous", link)
    news.tell(user=person, role=Role.JOBSEEKER, kind="cancelled", subject=subject)
    page = town.client("bruno").get(reverse("news:to_tell")).text
    [found] = re.findall(r'<a class="button quiet small" href="([^"]*)"', page)
    return str(found)


@pytest.mark.parametrize("page", sorted(HERS))
def test_the_page_he_is_led_to_is_about_her_and_his_to_open(town: Town, page: str) -> None:
    led = asked(town, reverse(page))
    assert town.client("bruno").get(led).status_code == 200
    assert resolve(led).kwargs in (
        {"user_id": town.people["amelie"].pk},
        {"jobseeker_id": town.jobseeker.pk},
    ), led


def test_what_both_may_open_is_the_page_itself_of_a_mandate_and_a_visit_too(town: Town) -> None:
    assert {"mandates:one", "counter:mine"} <= set(wording.AT_WORK)
    assert asked(town, f"/messages/{town.thread.pk}/") == f"/messages/{town.thread.pk}/"
    assert wording.entered_at(news.News(link="/nowhere/at/all/", thing="appointment")) == "/nowhere/at/all/"


def test_of_a_caseload_only_what_is_untold_is_read_however_much_was_told() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a short table as a whole")
    with CaptureQueriesContext(connection) as asking:
        waiting.UNTOLD([1, 2, 3])
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asking.captured_queries[-1]["sql"])
        assert "news_untold_of_user (user_id=? AND state=?)" in str(cursor.fetchall())


# Who does something for a person reads how she is told of it ------------------------------------------

EVERYBODY = {"email": "ana@example.org", "phone": "+33612345678"}


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (User(channel=Channel.WEB, **EVERYBODY), "par e-mail."),
        (User(channel=Channel.SMS, **EVERYBODY), "par SMS."),
        (User(channel=Channel.PHONE, **EVERYBODY), "par téléphone : cela attend"),
        (User(channel=Channel.POST, **EVERYBODY), "par courrier : cela attend"),
        (User(channel=Channel.WEB, email=None, phone=None), "à l’accueil : cela attend"),
    ],
    ids=["e-mail", "text message", "phone", "letter", "an e-mail that is not there"],
)
def test_what_is_done_says_how_the_person_is_told(person: User, said: str) -> None:
    sentence = channels.told(person, "C’est pris.").replace("\u00a0", " ")
    assert sentence.startswith("C’est pris. La personne est") and said in sentence
