"""What somebody of the service does for a person on the phone, each to its end: the walks that no app has by itself."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import agreed, factories
from tests.introductions.test_endings import hired
from tests.personas import Town
from visavis.catalog.models import Interest
from visavis.common import clock
from visavis.consents.models import Consent
from visavis.introductions.models import FollowUp, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.leaving.models import Closing
from visavis.people import outgoing
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Report

pytestmark = pytest.mark.django_db


def hers(town: Town, name: str) -> str:
    return reverse(f"jobseekers:{name}", kwargs={"jobseeker_id": town.jobseeker.pk})


def test_her_counsellor_notes_at_her_word_what_she_wants(town: Town) -> None:
    """That she asks to be introduced, stops looking, is reached otherwise, and closes her account."""
    his, bruno = town.client("bruno"), town.people["bruno"]
    numbers = {"jobseeker_id": town.jobseeker.pk, "vacancy_id": town.vacancy.pk}
    his.post(reverse("matches:introduce_of", kwargs=numbers))
    wish = Introduction.objects.get(jobseeker=town.jobseeker, vacancy=town.vacancy)
    assert wish.steps.order_by("number")[0].by == bruno
    his.post(hers(town, "person_looking"))
    assert not Jobseeker.objects.get(pk=town.jobseeker.pk).is_looking
    entries = Entry.objects.filter(actor_id=bruno.pk).exclude(action=Entry.Action.READ)
    assert "profile" in set(entries.values_list("thing", flat=True))
    his.post(hers(town, "person_reach"), {"channel": "counter", "postal_address": ""})
    assert User.objects.get(pk=town.people["amelie"].pk).channel == Channel.COUNTER
    his.post(hers(town, "person_leaving"))
    assert Closing.objects.get(user=town.people["amelie"]).by == bruno


def test_her_counsellor_notes_that_she_is_still_there(town: Town) -> None:
    row = hired(town)
    with clock.moved(clock.now() + dt.timedelta(days=38)):
        address = reverse("introductions:still_there", kwargs={"introduction_id": row.pk, "months": 1})
        town.client("bruno").post(address, {"answer": "still-there"})
    question = FollowUp.objects.get(months=1)
    assert (question.answer, question.answered_side) == ("still-there", "counsellor")


@pytest.mark.parametrize("persona", ["bruno", "rosa"])
def test_an_ad_is_reported_for_who_calls_or_comes(persona: str, town: Town) -> None:
    address = reverse("vacancies:report", kwargs={"vacancy_id": town.vacancy.pk})
    town.client(persona).post(address, {"why": "money"})
    assert Report.objects.filter(vacancy=town.vacancy).count() == 1


def test_at_her_word_the_counter_notes_another_number_and_the_former_one_is_warned(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(outgoing, "post", lambda address, *_mail, **_life: told.append(address.value))
    her, rosa = town.people["amelie"], town.client("rosa")
    her.phone, her.email = "+33612349876", None
    her.channel = Channel.SMS
    her.save()
    url = hers(town, "person_reach")
    assert "06 12 34 98 76" in rosa.get(url).content.decode()
    assert rosa.post(url, {"channel": "phone", "phone": "04 75 12 34 56"}).status_code == 302
    her.refresh_from_db()
    assert (her.phone, her.channel, her.phone_is_verified) == ("+33475123456", Channel.PHONE, False)
    assert told == ["+33612349876"]
    town.people["gael"].phone = "+33612349876"
    town.people["gael"].save()
    for number in ("0612349876", "12", ""):
        assert rosa.post(url, {"channel": "phone", "phone": number}).status_code == 200
        her.refresh_from_db()
        assert her.phone == "+33475123456"
    rosa.post(url, {"channel": "counter", "phone": ""})
    assert User.objects.get(pk=her.pk).phone is None


def test_her_counsellor_notes_her_yes_on_the_phone_and_takes_it_back_at_her_word(town: Town) -> None:
    diy = factories.InterestFactory(kind=Interest.Kind.CENTRE)
    url = reverse("jobseekers:person_question", args=[town.jobseeker.pk, "interests"])
    client = town.client("bruno")
    for ticked in ([diy.pk], []):
        page = client.get(url)
        form = page.context["form"]
        version = form["version"].value() if "version" in form.fields else ""
        said = {"interests": ticked, "version": version, **agreed.read()}
        assert client.post(url, said).status_code == 302
    kept = Consent.objects.get(user=town.people["amelie"])
    assert (kept.by, kept.end) == (town.people["bruno"], "withdrawn")
    assert "Lisez ceci à la personne" in page.content.decode()
    acts = Entry.objects.filter(thing="consent", actor_id=town.people["bruno"].pk).order_by("pk")
    assert [one.note for one in acts] == ["interests counter", "interests withdrawn"]
    assert not town.jobseeker.interests.exists()


def test_a_colleague_is_let_into_an_employers_team_on_the_agencys_word(town: Town) -> None:
    account = town.employer_account
    url = reverse("employers:add_person", kwargs={"account_id": account.pk})
    said = {"contact": "Paul Roux", "email": "paul.roux@example.org", "channel": "web"}
    assert town.client("bruno").post(url, said).status_code == 302
    paul = User.objects.get(email="paul.roux@example.org")
    assert Membership.objects.current().filter(user=paul, role=Role.EMPLOYER).exists()
