"""A yes is kept with its words, holds a year, is taken back in one click, and then what it was for is gone at once."""

import datetime as dt
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests import agreed, factories
from tests.personas import Town
from visavis.catalog.models import Interest
from visavis.common import clock, keeping
from visavis.consents import services
from visavis.consents.models import Consent
from visavis.consents.purposes import PURPOSES
from visavis.jobseekers import services as jobseekers
from visavis.jobseekers.forms.cards import ApprovalForm
from visavis.jobseekers.models import ApprovedInterest
from visavis.jobseekers.questions import BY_SLUG
from visavis.journal.models import Entry
from visavis.matches.bridge import reading
from visavis.news.models import News

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MINE = reverse("consents:mine")
QUESTION = reverse("jobseekers:question", kwargs={"question": "interests"})


@pytest.fixture
def diy(town: Town) -> Interest:
    return factories.InterestFactory(kind=Interest.Kind.CENTRE)


def tick(client: Client, *codes: str, url: str = QUESTION) -> None:
    page = client.get(url)
    version = page.context["form"]["version"].value() if "version" in page.context["form"].fields else ""
    assert client.post(url, {"interests": codes, "version": version, **agreed.read()}).status_code == 302


def used(town: Town) -> list[Any]:
    """Return the interests of hers that the engine reads."""
    return list(reading.people_in_order([town.jobseeker])[0].interests)


def test_ticking_an_interest_keeps_the_words_that_the_page_said(town: Town, diy: Interest) -> None:
    client = town.client("amelie")
    page = client.get(QUESTION).content.decode()
    tick(client, diy.pk)
    kept = Consent.objects.get(user=town.people["amelie"])
    assert kept.words in page
    assert kept.words_sha256 == sha256(kept.words.encode()).hexdigest()
    assert (kept.language, kept.how, kept.by) == ("fr", "web", town.people["amelie"])
    assert kept.until == clock.today() + dt.timedelta(days=365)
    assert used(town)
    tick(client, diy.pk)
    assert Consent.objects.count() == 1
    # Whatever way writes interests keeps a yes with them.
    agree = Consent.objects.in_force().filter(purpose="interests").values("user")
    assert not ApprovedInterest.objects.exclude(jobseeker__user__in=agree).exists()
    # Emptying the answer takes the yes back.
    tick(client)
    assert Consent.objects.get().end == "withdrawn"


def test_a_form_without_the_words_of_today_keeps_nothing_and_says_so(town: Town, diy: Interest) -> None:
    """An old form, or a page of before the words were changed: the answer stays typed, the words are shown anew."""
    client = town.client("amelie")
    old: list[dict[str, str]] = [{}, {"words_sha256": ""}, {"words_sha256": "0" * 64}]
    for shown in old:
        answer = client.post(QUESTION, {"interests": [diy.pk], **shown})
        page = answer.content.decode().replace("\xa0", " ")
        assert answer.status_code == 200 and "Lisez-le, puis gardez à nouveau votre réponse." in page
        assert agreed.read()["words_sha256"] in page
        assert not Consent.objects.exists() and not ApprovedInterest.objects.exists()
    tick(client, diy.pk)
    # What adds nothing to a yes that stands gives none.
    assert client.post(QUESTION, {"interests": [diy.pk]}).status_code == 302
    assert Consent.objects.count() == 1


def test_every_purpose_has_its_words_in_both_languages_and_cards_ask_for_them_too(
    town: Town, diy: Interest
) -> None:
    form = ApprovalForm({"kept": [diy.pk]}, offered={diy.pk: "x"}, in_file=set())
    assert not form.is_valid() and form.ticked == {diy.pk}
    assert ApprovalForm({"kept": [diy.pk], **agreed.read()}, offered={diy.pk: "x"}, in_file=set()).is_valid()
    assert set(PURPOSES) == {"interests"}
    for purpose in PURPOSES:
        with translation.override("en"):
            english = services.words_of(purpose)
        assert services.words_of(purpose, "fr") != english
        assert "one click" in english and "year" in english


def test_it_is_taken_back_in_one_click_and_the_use_ends_at_once(town: Town, diy: Interest) -> None:
    client = town.client("amelie")
    tick(client, diy.pk)
    assert "Vous avez dit oui le" in client.get(MINE).content.decode()
    client.post(MINE, {"purpose": "interests"})
    assert not ApprovedInterest.objects.exists() and not used(town)
    kept = Consent.objects.get()
    assert (kept.end, bool(kept.ended_at)) == ("withdrawn", True)
    page = client.get(MINE).content.decode()
    assert "Vous n’avez pas dit oui" in page and "retiré" in page
    assert Entry.objects.filter(thing="consent").count() == 2
    client.post(MINE, {"purpose": "interests"})
    client.post(MINE, {"purpose": "of-nobody"})
    assert Consent.objects.count() == 1


def test_who_notes_it_for_her_reads_her_the_words_and_is_kept_with_it(town: Town, diy: Interest) -> None:
    url = reverse("jobseekers:person_question", args=[town.jobseeker.pk, "interests"])
    client = town.client("bruno")
    page = client.get(url).content.decode()
    assert "Lisez ceci à la personne" in page
    tick(client, diy.pk, url=url)
    kept = Consent.objects.get()
    assert (kept.user, kept.by, kept.how) == (town.people["amelie"], town.people["bruno"], "counter")
    assert "Bruno l’a noté pour vous" in town.client("amelie").get(MINE).content.decode()
    assert kept.words not in town.client("gael").get(MINE).content.decode()


def test_it_is_asked_again_once_and_runs_out_after_a_year(
    town: Town, diy: Interest, time_machine: Any
) -> None:
    said = {"question": BY_SLUG["interests"], "data": {"interests": [diy.pk], "nothing": False}}
    jobseekers.save_answer(jobseeker=town.jobseeker, by=town.people["amelie"], **said)
    begun = clock.now()
    for days, asked, is_used in ((330, 0, True), (337, 1, True), (365, 1, True), (367, 1, False)):
        time_machine.move_to(begun + dt.timedelta(days=days), tick=False)
        keeping.forget()
        assert News.objects.filter(thing="consent").count() == asked, days
        assert bool(used(town)) == is_used, days
    assert Consent.objects.get().end == "run-out"
    # That it ran out is no sign of life of hers.
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.changed_at < begun + dt.timedelta(days=1)


def test_saying_yes_again_holds_another_year(town: Town, diy: Interest, time_machine: Any) -> None:
    begun = clock.now()
    first = services.give(user=town.people["amelie"], purpose="interests", by=town.people["amelie"])
    ApprovedInterest.objects.create(jobseeker=town.jobseeker, interest=diy)
    time_machine.move_to(begun + dt.timedelta(days=340), tick=False)
    services.give(user=town.people["amelie"], purpose="interests", by=town.people["amelie"])
    first.refresh_from_db()
    assert first.end == "renewed"
    time_machine.move_to(begun + dt.timedelta(days=400), tick=False)
    keeping.forget()
    assert used(town)


def test_her_page_tells_where_other_agreements_are_taken_back_and_leads_to_pages_that_are_there(
    town: Town,
) -> None:
    page = town.client("amelie").get(MINE).content.decode()
    assert reverse("traces:mine") in page and reverse("introductions:mine") in page
    assert reverse("traces:mine") not in town.client("chloe").get(MINE).content.decode()
    for persona, is_led in (("amelie", True), ("bruno", False), ("chloe", False)):
        client = town.client(persona)
        main = client.get(MINE).content.decode().split("<main")[1]
        links = [one.split('"')[0] for one in main.split('href="')[1:]]
        assert any("interests" in one for one in links) is is_led
        here = [one for one in links if one[0] == "/" and "static" not in one]
        assert all(client.get(one).status_code in {200, 302} for one in here)
