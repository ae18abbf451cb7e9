"""The score learns from answers, and from answers only; lists are ranked and told by the version in use."""

import datetime as dt

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.matches import hiring
from tests.personas import Town
from visavis.common import clock
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, one_person, reasons, scoring
from visavis.matches.making import learning, ranking, runs
from visavis.matches.models import Edition, Match, Run, ScoreModel
from visavis.matches.pages import learned_page
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

LONG_AGO = dt.timedelta(days=400)
PUT = {"jobseeker_yes_at": 1, "put_at": 2}
YES = PUT | {"employer_yes_at": 3, "state": "agreed"}
REFUSED = PUT | {"closed_at": 3, "closed_by": "employer", "state": "declined"}
DECLINED = {"closed_at": 1, "closed_by": "jobseeker", "state": "declined"}
NOT_HIRED = YES | {"state": "not-hired", "closed_at": 9, "closed_by": "employer", "reason": "skills"}
BY_SERVICE = {"closed_at": 9, "closed_by": "service"}


def row(jobseeker: Jobseeker, vacancy: Vacancy, day: float = 0.0, **fields: object) -> Introduction:
    """Make an introduction; moments are days after its beginning."""
    opened_at = clock.now() - LONG_AGO + dt.timedelta(days=day)
    moments = {
        name: opened_at + dt.timedelta(days=value) if name.endswith("_at") else value
        for name, value in fields.items()
    }
    fields = {"origin": "counsellor", "state": "proposed"} | moments
    return Introduction.objects.create(jobseeker=jobseeker, vacancy=vacancy, opened_at=opened_at, **fields)


@pytest.mark.parametrize(
    ("fields", "hers", "theirs"),
    [
        (YES, (True, ""), (True, "")),
        (REFUSED | {"reason": "experience"}, (True, ""), (False, "experience")),
        (REFUSED | {"reason": "language"}, (True, ""), (False, "languages")),
        (REFUSED | {"reason": "other-person"}, (True, ""), (False, "other")),
        (REFUSED | {"reason": "no-more-position"}, (True, ""), None),
        (DECLINED | {"reason": "too-far"}, (False, "distance"), None),
        (DECLINED | {"reason": ""}, (False, ""), None),
        (DECLINED | {"reason": "found-work"}, None, None),
        (DECLINED | {"reason": "mistake"}, None, None),
        (BY_SERVICE | {"state": "expired", "reason": "no-answer"}, None, None),
        (PUT | BY_SERVICE | {"state": "expired"}, (True, ""), None),
        (BY_SERVICE | {"state": "withdrawn", "reason": "vacancy-closed"}, None, None),
        ({}, None, None),
        (YES | {"origin": "jobseeker"}, None, (True, "")),
        (YES | {"origin": "employer"}, (True, ""), None),
        (NOT_HIRED, (True, ""), (True, "")),
        (PUT | DECLINED | {"state": "withdrawn", "closed_at": 3, "reason": "pay"}, (False, "pay"), None),
    ],
)
def test_only_an_answer_counts(town: Town, fields, hers, theirs) -> None:
    one = row(town.jobseeker, town.vacancy, **fields)
    for read, expected in ((learning.hers, hers), (learning.theirs, theirs)):
        answer = read(one)
        assert (None if answer is None else (answer.is_yes, answer.why)) == expected


@pytest.fixture
def answers(town: Town, baker: Jobseeker, bakery: Vacancy) -> None:
    """Three hundred answers: who lives near says yes, and so do employers to who has the skill."""
    rng = np.random.default_rng(4)
    far = factories.VacancyFactory(title="Boulanger", latitude=45.08, longitude=4.9)
    people = [baker, *(factories.JobseekerFactory(agency=None) for _ in range(3))]
    for one in people[1:]:
        one.radius_km = 20
        one.commune = baker.commune
        one.save()
    for number in range(300):
        vacancy = (bakery, far)[number % 2]
        says_yes = rng.random() < (0.9 if vacancy == bakery else 0.35)
        if not says_yes:
            fields: dict[str, object] = DECLINED | {"reason": "too-far" if vacancy == far else "other"}
        elif rng.random() < 0.6:
            fields = YES | {"state": "not-hired", "closed_at": 5, "closed_by": "employer"}
        else:
            fields = REFUSED | {"reason": "other"}
        row(people[rng.integers(len(people))], vacancy, number, **fields)


def test_distance_weighs_more_once_she_said_no_to_what_is_far_and_learning_again_finds_the_same(
    answers,
) -> None:
    made = learning.learn()
    assert made is not None and made.version == 1 and made.is_used
    assert made.weights["hers"]["way"] != scoring.EXPERTS
    assert made.weights["hers"]["weights"]["distance"] > 2 * made.weights["theirs"]["weights"]["distance"]
    assert made.hers == 300 and made.figures["hers"]["answers"] == 60
    assert learning.learn() is None
    again = learning.learn(even_if_not_due=True)
    assert again is not None and again.version == 2
    assert (again.weights, again.figures) == (made.weights, made.figures)


def test_lists_are_ranked_and_told_by_the_version_in_use_on_every_page(
    answers, baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    before = Match.objects.for_jobseeker(baker).first()
    learning.learn()
    ranking.rank_everybody()
    after = Match.objects.for_jobseeker(baker).first()
    assert after.score != before.score and after.engine_version == f"{scoring.BY_EXPERTS.engine_version}+1"
    assert Edition.objects.served().engine_version == f"{scoring.BY_EXPERTS.engine_version}+1"
    for match in Match.objects.all():
        assert sum(reason["logit"] for reason in match.reasons) == match.score
    twin = Match.objects.get(side="vacancy", jobseeker=baker, vacancy=after.vacancy)
    assert twin.score == after.score
    ranking.rank_jobseekers([baker.pk])
    kept = Match.objects.for_jobseeker(baker).get(vacancy=bakery)
    work = in_memory.WORK.ready()
    where = one_person.place_among(work, baker, bakery)
    assert where.score == kept.score
    [of_pair] = reasons.of_pairs(work, [(baker, bakery)])
    assert of_pair == kept.reasons
    ScoreModel.objects.update(is_used=False)
    in_memory.forget()
    assert scoring.current() == scoring.Scoring()
    ranking.rank_jobseekers([baker.pk])
    assert Match.objects.for_jobseeker(baker).first().engine_version == scoring.BY_EXPERTS.engine_version


@pytest.mark.database
def test_the_night_learns_and_a_failure_costs_no_list(answers, baker: Jobseeker, monkeypatch) -> None:
    run = runs.ask_for_everybody()
    runs.work_on(run.pk)
    assert ScoreModel.objects.count() == 1
    monkeypatch.setattr(learning, "learn", lambda *_heard: 1 / 0)
    run = runs.ask_for_everybody()
    runs.work_on(run.pk)
    assert Run.objects.get(pk=run.pk).state == Run.State.DONE
    assert Match.objects.for_jobseeker(baker).exists()


def test_what_came_later_or_is_too_little_teaches_nothing_and_what_leads_astray_is_not_used(
    town: Town, baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakery.experience_months = 12
    bakery.save()
    one = row(baker, bakery, **YES)
    before = learning.parts_of([one])
    hiring.job(baker, clock.today() - dt.timedelta(days=30), months=1)
    assert (learning.parts_of([one]) == before).all()
    hiring.job(baker, clock.today() - 2 * LONG_AGO, months=24)
    assert (learning.parts_of([one]) != before).any()
    for day in range(5):
        row(town.jobseeker, town.vacancy, day, **DECLINED)
    assert learning.learn(even_if_not_due=True) is None
    experts = learning.begins_as_asked({"experts": scoring.BY_EXPERTS, "learned": scoring.BY_EXPERTS})
    assert experts["experts"][0] >= 1 and learning.holds_the_lists(experts)
    monkeypatch.setattr(scoring.Scoring, "score", lambda self, parts, people, work: np.full(len(parts), -9.0))
    astray = learning.begins_as_asked({"learned": scoring.BY_EXPERTS})
    assert not learning.holds_the_lists(experts | astray)


@pytest.mark.database
def test_history_counts_what_was_wished_before_and_is_neutral_for_the_new(town: Town) -> None:
    people, work = np.array([1, 1, 2, 2, 3, 7, 7]), np.array([10, 11, 10, 11, 10, 12, 13])
    past = scoring.Past.of(people, work, np.ones(7))
    found = past.says(np.array([3, 3, 99, 3]), np.array([11, 13, 11, 99]))
    assert found[0] > 0 and (found[1:] == 0).all()
    twice = scoring.Past.of(np.append(people, 3), np.append(work, 10), np.append(np.ones(7), 2.0))
    assert twice.applied.nnz == past.applied.nnz and twice.applied.max() == 2.0


def test_the_command_says_what_it_is_worth_and_the_page_what_counts(answers, capsys, town: Town) -> None:
    client = town.client("bruno")
    assert "Rien pour l’instant" in client.get(reverse("matches:learned")).content.decode()
    call_command("learn_score")
    assert "version 1: 300 answers of jobseekers" in capsys.readouterr().out
    call_command("learn_score")
    assert "nothing new to learn" in capsys.readouterr().out
    page = client.get(reverse("matches:learned")).content.decode()
    assert "tirée de 300 réponses" in page and "Elle classe les listes." in page
    assert "Compte le plus\u00a0: Distance" in page and "jamais vues" in page


# The page of what the score has learned reads what the night kept -------------------------------------


def test_it_says_how_many_answers_the_last_night_found_and_before_when_they_are_counted(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert learned_page.context()["status"][1].startswith("Les réponses sont comptées la nuit")
    run = Run.objects.create(scope=Run.Scope.EVERYBODY)
    monkeypatch.setattr(learning, "answered", lambda: ([None] * 12, [None] * 7))
    monkeypatch.setattr(learning, "learn", lambda _heard: None)
    learning.learn_by_night(run)
    monkeypatch.undo()
    with django_assert_max_num_queries(4):
        said = " ".join(learned_page.context()["status"])
    assert "12" in said and "7" in said
