"""What reception does for who stands at the counter, each act to its end, on the person's own pages."""

import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests import agreed, factories
from tests.casefiles.test_endings import proposed as ending_of
from tests.counter.making import stands, url
from tests.cvs.test_checking import TEXT
from tests.introductions.test_endings import hired
from tests.jobseekers.dealt import deal
from tests.mandates.making import bond
from tests.matches.conftest import baker, bakery  # noqa: F401  (fixtures)
from tests.personas import Town
from visavis.casefiles.models import Plan
from visavis.common import clock
from visavis.consents.models import Consent
from visavis.counter.models import CounterVisit, Deed
from visavis.cvs.models import CvReading
from visavis.introductions import flow, services
from visavis.introductions.models import FollowUp, Introduction
from visavis.jobseekers.agreed import INTERESTS
from visavis.jobseekers.models import ApprovedInterest, Jobseeker
from visavis.journal.models import Entry
from visavis.mailboxes.receipts import acts as receipt
from visavis.matches.making import ranking
from visavis.matches.models import Opinion
from visavis.people.models import User

pytestmark = pytest.mark.django_db
WHOLE = re.compile(r'enctype="multipart/form-data"[^>]* action="([^"]*)"')
VERSION = re.compile(r'name="version" value="([^"]*)"')


@dataclass
class Counter:
    """Amélie stands at Rosa's counter, and says what she wants done."""

    visit: CounterVisit
    client: Client
    rosa: User

    def get(self, page: str) -> Any:
        answer = self.client.get(url(self.visit, page))
        assert answer.status_code == 200, (page, answer.status_code)
        return answer

    def send(self, page: str, to: str = "", **data: Any) -> Any:
        """Send a form as its page holds it; what was done is of Rosa's hand."""
        before = Entry.objects.latest("pk").pk
        shown = self.get(page)
        there, held = url(self.visit, to or page), {"acting_for": bond(shown)}
        if whole := WHOLE.search(shown.content.decode()):
            # A form that takes files: its bond stands in the address.
            there, held = unescape(whole[1]), {}
        if version := VERSION.search(shown.content.decode()):
            held["version"] = version[1]
        answer = self.client.post(there, held | data)
        assert answer.status_code in {200, 302}, answer.content.decode()[:2000]
        done = Entry.objects.filter(pk__gt=before).exclude(action=Entry.Action.READ)
        assert {(one.actor_id, one.counter_id) for one in done} <= {(self.rosa.pk, self.visit.pk)}
        return answer

    def did(self, thing: str) -> bool:
        """Say whether the receipt that she takes home has such an act."""
        return (
            Deed.objects.filter(visit=self.visit, thing=thing).exists()
            and Entry.objects.filter(counter_id=self.visit.pk, actor_id=self.rosa.pk, thing=thing)
            .exclude(action="read")
            .exists()
            and bool(receipt.of(self.visit.person, self.rosa, None))
        )


@pytest.fixture
def counter(town: Town) -> Counter:
    return Counter(stands(town), town.client("rosa"), town.people["rosa"])


def test_her_profile_her_document_her_cv_and_that_she_stops_looking(town: Town, counter: Counter) -> None:
    counter.send("profile/pay/", amount="14", unit="hour")
    assert "14" in counter.get("profile/").content.decode()
    assert counter.did("profile")
    page = counter.get("documents/").content.decode()
    assert "<form" in page
    assert 'enctype="multipart/form-data"' in page
    counter.send("profile/looking/")
    assert not Jobseeker.objects.get(pk=town.jobseeker.pk).is_looking
    assert counter.did("profile")
    factories.SkillFactory()
    factories.CommuneFactory()
    counter.send("profile/cv/", text=TEXT)
    reading = CvReading.objects.get()
    page = f"profile/cv/{reading.pk}/"
    fields = counter.get(page).context["form"].fields
    given = {name: "on" if field.initial is True else field.initial for name, field in fields.items()}
    counter.send(page, **{name: value or "" for name, value in given.items() if value is not False})
    assert town.jobseeker.experiences.exists()
    assert counter.did("profile")


def test_her_cards_with_her_yes_said_here_and_her_plan_and_meetings(town: Town, counter: Counter) -> None:
    card = deal()[0]
    counter.send(f"profile/cards/{card.pack}/", **{f"card_{card.number}": "2"})
    version = counter.get("profile/cards/approve/").context["version"]
    counter.send("profile/cards/approve/", version=version, kept=[card.code], **agreed.read())
    assert ApprovedInterest.objects.filter(jobseeker=town.jobseeker).count() == 1
    yes = Consent.objects.get(user=town.people["amelie"], purpose=INTERESTS)
    assert (yes.how, yes.by) == (Consent.How.COUNTER, town.people["rosa"])
    # And taken back where she stands.
    counter.send("account/consents/", purpose=INTERESTS)
    yes.refresh_from_db()
    assert yes.ended_at is not None
    assert not ApprovedInterest.objects.exists()
    assert counter.did("consent")
    minutes = town.minutes
    assert "poste de jour" in counter.get(f"minutes/{minutes.pk}/").content.decode()
    counter.send("plan/add/action/", words="Refaire mon CV", whose="person")
    plan = Plan.objects.get(person=town.people["amelie"])
    assert plan.items.exists()
    # What makes it difficult is not said over a counter.
    assert counter.client.get(url(counter.visit, "plan/difficult/")).status_code == 403
    assert "plan/difficult/" not in counter.get("follow-up/").content.decode()
    assert counter.did("plan")


@pytest.mark.usefixtures("baker", "bakery")
def test_the_openings_and_what_she_thinks_of_each(town: Town, counter: Counter) -> None:
    ranking.rank_everybody()
    assert town.vacancy.title in counter.get("openings/").content.decode()
    counter.send("openings/", f"openings/{town.vacancy.pk}/opinion/", kind="interested")
    assert Opinion.objects.get(jobseeker=town.jobseeker).vacancy == town.vacancy
    assert counter.did("opinion")


def test_her_answer_that_her_follow_up_goes_on_and_all_that_is_kept(town: Town, counter: Counter) -> None:
    row = services.propose(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["bruno"])
    counter.send(f"introductions/{row.pk}/", act="accept", seen=str(row.version), side="jobseeker")
    row.refresh_from_db()
    assert row.jobseeker_yes_at is not None
    assert counter.did("introduction")
    flow.put_next(town.vacancy.pk)
    assert Introduction.objects.count() == 1
    row = ending_of(town)
    counter.send("follow-up/end/", act="stay")
    step = row.steps.get(act="stay")
    assert (step.side, step.way) == ("person", "counter")
    assert counter.did("ending")
    answer = counter.send("account/data/")
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    data = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("data.json"))
    assert data
    assert Entry.objects.filter(
        thing="data-out", counter_id=counter.visit.pk, actor_id=counter.rosa.pk
    ).exists()


def test_that_she_is_still_there(town: Town) -> None:
    row = hired(town)
    with clock.moved(clock.now() + dt.timedelta(days=38)):
        here = Counter(stands(town), town.client("rosa"), town.people["rosa"])
        here.send(f"introductions/{row.pk}/still-there/1/", answer="still-there")
    question = FollowUp.objects.get(months=1)
    assert (question.answer, question.answered_side) == ("still-there", "jobseeker")
    assert here.did("hire") or here.did("introduction") or here.did("follow-up")
