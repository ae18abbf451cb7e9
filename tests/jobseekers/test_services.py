"""What a saved answer sets off."""

import json
from decimal import Decimal

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import factories
from tests.personas import Town
from visavis.catalog.enums import Transport
from visavis.common.listeners import Listeners
from visavis.engine.facts.vocabulary import TRANSPORTS
from visavis.jobseekers import pay, reach, services
from visavis.jobseekers.enums import PayUnit
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG, GROUPS, QUESTIONS
from visavis.matches.bridge import reading
from visavis.people.enums import Role

pytestmark = pytest.mark.database


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    ids: list[int] = []
    monkeypatch.setattr(services, "AFTER_CHANGE", Listeners(ids.append))
    return ids


def save(jobseeker: Jobseeker, about: str, version: str = "") -> Jobseeker:
    return services.save_answer(
        jobseeker=jobseeker,
        question=BY_SLUG["about"],
        data={"about": about},
        by=jobseeker.user,
        version=version,
    )


def test_those_who_wait_are_told_after_the_commit(
    told: list[int], town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save(town.jobseeker, "hello")
        assert told == []
    assert told == [town.jobseeker.pk]


def test_who_opens_her_own_file_has_a_list_before_she_answers_anything(
    db: None, told: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = factories.UserFactory(role=Role.JOBSEEKER)
    with django_capture_on_commit_callbacks(execute=True):
        services.open_own(user)
    assert told == [Jobseeker.objects.get(user=user).pk]


def test_a_stale_answer_tells_nobody(
    told: list[int], town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(services.Stale):
        save(town.jobseeker, "hello", version="older")
    assert told == []


def test_a_save_counts_and_dates_the_change(town: Town) -> None:
    before = town.jobseeker.changed_at
    saved = save(town.jobseeker, "hello")
    assert saved.version == 2
    assert saved.changed_at > before


def test_the_first_answer_makes_the_profile(db: None) -> None:
    user = factories.UserFactory(role=Role.JOBSEEKER)
    empty = services.profile_of(user)
    assert empty.pk is None
    save(empty, "hello")
    assert services.profile_of(user).about == "hello"


def test_answered_follows_the_order_of_the_questions(town: Town) -> None:
    save(town.jobseeker, "hello")
    services.save_answer(
        jobseeker=town.jobseeker,
        question=BY_SLUG["licences"],
        data={"licences": ["B"], "nothing": False},
        by=town.jobseeker.user,
    )
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.answered == ["licences", "about"]


def test_every_question_stands_once_in_the_overview() -> None:
    assert [slug for _title, slugs in GROUPS for slug in slugs] == [question.slug for question in QUESTIONS]


def test_transports_are_those_of_the_engine() -> None:
    assert set(TRANSPORTS) == set(Transport)


def test_the_reach_shown_is_the_reach_that_is_matched(town: Town) -> None:
    town.jobseeker.radius_km, town.jobseeker.minutes, town.jobseeker.transport = None, 30, "car"
    assert reach.radius_km(town.jobseeker) == reading.radius(
        None, 30, town.jobseeker.transport, town.jobseeker.commune_id
    )
    town.jobseeker.transport = ""
    assert reach.radius_km(town.jobseeker) == reading.radius(
        None, 30, town.jobseeker.transport, town.jobseeker.commune_id
    )


def test_the_reach_counts_the_communes_within(town: Town) -> None:
    factories.CommuneFactory(
        code="26198", name="Montélimar", folded="montelimar", latitude=44.558, longitude=4.751
    )
    town.jobseeker.radius_km = 20
    assert reach.of(town.jobseeker) == reach.Reach(20.0, 1)
    town.jobseeker.radius_km = 60
    assert reach.of(town.jobseeker) == reach.Reach(60.0, 2)


def test_a_pay_is_converted_and_its_own_unit_stays_exact() -> None:
    amounts = pay.in_every_unit(Decimal("1900"), PayUnit.MONTH)
    assert amounts == {
        PayUnit.HOUR: Decimal("12.53"),
        PayUnit.MONTH: Decimal("1900"),
        PayUnit.YEAR: Decimal("22799.50"),
    }


def test_the_download_holds_every_answer(town: Town) -> None:
    save(town.jobseeker, "Je me lève tôt.")
    response = town.client("amelie").get("/profile/download/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    answers = {answer["question"]: answer for answer in json.loads(response.content)["answers"]}
    assert set(answers) == set(BY_SLUG)
    assert answers["about"]["data"] == {"about": "Je me lève tôt."}
