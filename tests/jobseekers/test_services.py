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


def test_those_who_wait_are_told_after_the_commit_of_an_answer_that_is_not_stale(
    told: list[int], town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(services.Stale):
        save(town.jobseeker, "hello", version="older")
    assert told == []
    before = town.jobseeker.changed_at
    with django_capture_on_commit_callbacks(execute=True):
        saved = save(town.jobseeker, "hello")
        assert told == []
    assert told == [town.jobseeker.pk]
    assert saved.version == 2
    assert saved.changed_at > before
    services.save_answer(
        jobseeker=town.jobseeker,
        question=BY_SLUG["licences"],
        data={"licences": ["B"], "nothing": False},
        by=town.jobseeker.user,
    )
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.answered == ["licences", "about"], "in the order of the questions"


def test_who_opens_her_own_file_has_a_list_before_she_answers_anything(
    db: None, told: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user, other = (factories.UserFactory(role=Role.JOBSEEKER) for _one in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        services.open_own(user)
    assert told == [Jobseeker.objects.get(user=user).pk]
    empty = services.profile_of(other)
    assert empty.pk is None
    save(empty, "hello")
    assert services.profile_of(other).about == "hello", "the first answer makes the profile"


def test_every_question_stands_once_in_the_overview_and_transports_are_those_of_the_engine() -> None:
    assert [slug for _title, slugs in GROUPS for slug in slugs] == [question.slug for question in QUESTIONS]
    assert set(TRANSPORTS) == set(Transport)


def test_the_reach_shown_is_the_reach_that_is_matched_and_counts_its_communes(town: Town) -> None:
    her = town.jobseeker
    her.radius_km, her.minutes = None, 30
    for transport in ("car", ""):
        her.transport = transport
        assert reach.radius_km(her) == reading.radius(None, 30, transport, her.commune_id)
    factories.CommuneFactory(
        code="26198", name="Montélimar", folded="montelimar", latitude=44.558, longitude=4.751
    )
    her.minutes, her.radius_km = None, 20
    assert reach.of(her) == reach.Reach(20.0, 1)
    her.radius_km = 60
    assert reach.of(her) == reach.Reach(60.0, 2)


def test_a_pay_keeps_its_own_unit_and_the_download_holds_every_answer(town: Town) -> None:
    amounts = pay.in_every_unit(Decimal("1900"), PayUnit.MONTH)
    assert amounts == {
        PayUnit.HOUR: Decimal("12.53"),
        PayUnit.MONTH: Decimal("1900"),
        PayUnit.YEAR: Decimal("22799.50"),
    }
    save(town.jobseeker, "Je me lève tôt.")
    response = town.client("amelie").get("/profile/download/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    answers = {answer["question"]: answer for answer in json.loads(response.content)["answers"]}
    assert set(answers) == set(BY_SLUG)
    assert answers["about"]["data"] == {"about": "Je me lève tôt."}
