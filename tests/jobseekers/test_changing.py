"""A change by a button or a file is exactly that one, and is taken back; what a saved answer sets off."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests import factories
from tests.personas import Town
from visavis.catalog.enums import Transport
from visavis.common.listeners import Listeners
from visavis.engine.facts.vocabulary import TRANSPORTS
from visavis.jobseekers import changing, merging, pay, reach, services
from visavis.jobseekers.answers.plain import hours_words
from visavis.jobseekers.changing import Proposed
from visavis.jobseekers.enums import PayUnit
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.questions import BY_SLUG, GROUPS, QUESTIONS
from visavis.matches.bridge import reading
from visavis.people.enums import Role


@pytest.fixture
def amelie(town: Town) -> Jobseeker:
    """Give her one answer of each kind."""
    person = town.jobseeker
    person.radius_km, person.minutes, person.transport = 15, None, "car"
    person.licences, person.contracts, person.avoided_conditions = ["B"], ["permanent"], ["night", "cold"]
    person.hours_min, person.hours_max = Decimal(20), Decimal(30)
    person.available_on = dt.date(2090, 6, 1)
    person.pay_amount, person.pay_unit, person.lowest_pay_hour = Decimal(15), "hour", Decimal(15)
    person.save()
    return services.reread(person)


def test_a_distance_becomes_the_one_counted_and_a_later_one_stays(amelie: Jobseeker, town: Town) -> None:
    hers = town.people["amelie"]
    kept = changing.make(jobseeker=amelie, proposed=Proposed("radius", "", 10.0), by=hers)
    Jobseeker.objects.filter(pk=amelie.pk).update(radius_km=40)
    with pytest.raises(services.Stale):
        changing.take_back(jobseeker=services.reread(amelie), kept=kept, by=hers)
    assert services.reread(amelie).radius_km == 40
    amelie.radius_km, amelie.minutes = None, 30
    amelie.save()
    far = changing.reach.radius_km(amelie)
    assert far is not None
    changing.make(jobseeker=amelie, proposed=Proposed("radius", "", 10.0), by=town.people["amelie"])
    assert 0 <= (services.reread(amelie).radius_km or 0) - (far + 10) < 1


CHANGES = [
    (Proposed("radius", "", 10.0), lambda who: who.radius_km == 25),
    (Proposed("licence", "C"), lambda who: who.licences == ["B", "C"]),
    (Proposed("contract", "temporary"), lambda who: who.contracts == ["permanent", "temporary"]),
    (Proposed("condition", "night"), lambda who: who.avoided_conditions == ["cold"]),
    (Proposed("pay", "", 1.0), lambda who: who.lowest_pay_hour == 14),
    (Proposed("start", "", 14.0), lambda who: who.available_on == dt.date(2090, 5, 18)),
    (Proposed("hours_more", "", 5.0), lambda who: (who.hours_min, who.hours_max) == (20, 35)),
    (Proposed("hours_fewer", "", 5.0), lambda who: (who.hours_min, who.hours_max) == (15, 30)),
    (Proposed("language", "de", 3.0), lambda who: who.languages.get(language="de").level == 3),
    (Proposed("skill", "NEW"), lambda who: who.skills_held.get(skill="NEW").level == 2),
    (Proposed("occupation", "N9999"), lambda who: who.wishes.last().occupation_id == "N9999"),
]


def everything(person: Jobseeker) -> dict[str, str]:
    fresh = services.reread(person)
    return {question.slug: question.digest(fresh) for question in QUESTIONS}


@pytest.mark.parametrize(("proposed", "is_made"), CHANGES, ids=lambda one: getattr(one, "kind", ""))
def test_a_change_touches_one_answer_and_is_taken_back(
    amelie: Jobseeker, town: Town, proposed: Proposed, is_made: object
) -> None:
    factories.SkillFactory(pk="NEW")
    factories.OccupationFactory(code="N9999")
    before, hers = everything(amelie), town.people["amelie"]
    assert changing.can_make(amelie, proposed)
    kept = json.loads(json.dumps(changing.make(jobseeker=amelie, proposed=proposed, by=hers)))
    changed = {slug for slug, digest in everything(amelie).items() if digest != before[slug]}
    assert changed == {changing.QUESTIONS[proposed.kind]}
    assert callable(is_made) and is_made(services.reread(amelie))
    changing.take_back(jobseeker=services.reread(amelie), kept=kept, by=hers)
    assert everything(amelie) == before


@pytest.mark.parametrize("said", [None, [], ["A"]])
def test_taking_back_leaves_the_licences_as_she_had_said_them(town: Town, said: list[str] | None) -> None:
    """ "None for now" is an answer: it does not become silence."""
    town.jobseeker.licences = said
    town.jobseeker.save()
    by = town.people["ines"]
    added = merging.add(jobseeker=town.jobseeker, additions=merging.Additions(licences=("B",)), by=by)
    merging.take_back(jobseeker=town.jobseeker, added=merging.Added(**added.plain()), by=by)
    town.jobseeker.refresh_from_db()
    assert town.jobseeker.licences == said


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


@pytest.mark.database
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


def test_every_kind_of_change_and_every_question_is_tried() -> None:
    assert [slug for _title, slugs in GROUPS for slug in slugs] == [question.slug for question in QUESTIONS]
    assert set(TRANSPORTS) == set(Transport)
    assert (
        {proposed.kind for proposed, _is_made in CHANGES} == set(changing.QUESTIONS) == set(changing.CHANGES)
    )
    for kind in ("radius", "start", "pay", "unknown"):
        assert not changing.can_make(Jobseeker(), Proposed(kind))
    with translation.override("fr"):
        assert hours_words(Jobseeker(hours_min=Decimal(30), hours_max=Decimal(30))) == [
            "30 heures par semaine"
        ]


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
