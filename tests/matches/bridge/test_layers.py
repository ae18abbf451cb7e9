"""A base and what changed since: the lists are those of sides laid out anew, whatever happened since."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from unittest.mock import patch

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.matches import hiring, listed
from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.engine.facts.records import vacancy_columns
from visavis.engine.learned.model import Learned
from visavis.engine.market.newcomers import with_newcomers
from visavis.jobseekers.models import Jobseeker, SkillHeld, WantedOccupation
from visavis.matches.bridge import in_memory, layers, market, reading, reasons
from visavis.matches.bridge.layers import LayeredPeople, LayeredWork
from visavis.matches.bridge.lists import Found
from visavis.matches.making import ranking
from visavis.matches.models import Edition, Match, ScoreModel
from visavis.people.models import User
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy

pytestmark = pytest.mark.django_db

SKILLS = ("pain", "four", "vente")
TITLES = ("Boulanger", "Boulangère de nuit", "Vendeuse en boulangerie", "Maçon")


@pytest.fixture(autouse=True)
def _as_in_a_large_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kernels from one person on; what would be done beside is left until a test does it."""
    monkeypatch.setattr(layers, "MANY_PEOPLE", 1)
    monkeypatch.setattr(in_memory, "beside", lambda work: None)
    yield
    in_memory.forget()


class Random:
    """A random town: rows made and changed by one generator."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.skills = [hiring.skill(code, code) for code in SKILLS]
        baker = factories.OccupationFactory()
        mason = factories.OccupationFactory(code="F1703", label_fr="Maçon")
        self.occupations: list[Occupation] = [baker, mason]

    def one_of[T](self, values: tuple[T, ...] | list[T]) -> T:
        return values[int(self.rng.integers(len(values)))]

    def fields(self) -> dict[str, object]:
        return {
            "title": self.one_of(TITLES),
            "occupation": self.one_of(self.occupations),
            "other_occupations": self.one_of([[], [], ["F1703"], ["D1102"]]),
            "latitude": 44.9333 + self.rng.normal(0, 0.1),
            "longitude": 4.8917 + self.rng.normal(0, 0.1),
            "contract": self.one_of(["permanent", "temporary"]),
            "positions": int(self.rng.integers(1, 3)),
        }

    def vacancy(self) -> Vacancy:
        made: Vacancy = factories.VacancyFactory(**self.fields())
        SkillAsked.objects.create(vacancy=made, skill=self.one_of(self.skills), is_essential=True)
        return made

    def person(self) -> Jobseeker:
        commune = factories.CommuneFactory()
        made: Jobseeker = factories.JobseekerFactory(
            agency=None, commune=commune, radius_km=int(self.rng.integers(5, 40)), contracts=["permanent"]
        )
        WantedOccupation.objects.create(
            jobseeker=made, occupation=self.one_of(self.occupations), typed=self.one_of(TITLES), position=1
        )
        SkillHeld.objects.create(jobseeker=made, skill=self.one_of(self.skills), level=3)
        return made

    def build(self, people: int = 12, vacancies: int = 40) -> None:
        for _number in range(people):
            self.person()
        for _number in range(vacancies):
            self.vacancy()

    def acts(self) -> list[Callable[[], object]]:
        return [
            self.edit,
            self.close,
            self.delete,
            self.vacancy,
            self.person,
            self.answer,
            self.leave,
            self.lock,
        ]

    def edit(self) -> None:
        change(self.one_of(list(Vacancy.objects.open())), **self.fields())

    def close(self) -> None:
        change(self.one_of(list(Vacancy.objects.open())), state="closed")

    def delete(self) -> None:
        self.one_of(list(Vacancy.objects.open())).delete()

    def answer(self) -> None:
        change(self.one_of(list(Jobseeker.objects.looking())), radius_km=int(self.rng.integers(5, 60)))

    def leave(self) -> None:
        change(self.one_of(list(Jobseeker.objects.looking())), is_looking=False)

    def lock(self) -> None:
        """An account is closed: no row of hers changes."""
        User.objects.filter(jobseeker=self.one_of(list(Jobseeker.objects.looking()))).update(is_active=False)


def change(row: Vacancy | Jobseeker, **fields: object) -> None:
    rows = type(row).objects.filter(pk=row.pk)
    rows.update(changed_at=clock.now(), version=row.version + 1, **fields)


def pairs(found: Found, work: market.Work, people: market.People) -> list[tuple[int, int, float]]:
    ids = people.ids[found.person].tolist(), work.ids[found.work].tolist()
    return list(zip(*ids, found.score.tolist(), strict=True))


def anew() -> tuple[market.Work, market.People]:
    """Both sides laid out anew, vacancies weighed as in the base: what is rare was counted when it was laid out."""
    records = reading.records_of_work(Vacancy.objects.open())
    base = in_memory.WORK.base
    assert base is not None
    ids = np.array(sorted(records), np.int64)
    columns = vacancy_columns(records[pk] for pk in ids.tolist())
    weighed = with_newcomers(base.market, columns)
    work = market.Work(ids, columns.positions.astype(np.int64), weighed, base.scoring)
    rows = Jobseeker.objects.looking()
    return work, market.people_of(reading.records_of_people(rows))


def same_as_anew() -> None:
    """All that day.py asks of the sides is what it would be anew."""
    work, people = in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    assert isinstance(work, LayeredWork) and isinstance(people, LayeredPeople)
    new_work, new_people = anew()
    for k in (2, 1000):
        found, expected = market.best_work(work, new_people, k), market.best_work(new_work, new_people, k)
        assert pairs(found, work, new_people) == pairs(expected, new_work, new_people)
        only, new_only = np.arange(len(work)), np.arange(len(new_work))
        found = market.best_people(work, people, k, only)
        expected = market.best_people(new_work, new_people, k, new_only)
        assert pairs(found, work, people) == pairs(expected, new_work, new_people)
        told = zip(pairs(found, work, people), reasons.told(work, people, found), strict=True)
        new_told = zip(
            pairs(expected, new_work, new_people), reasons.told(new_work, new_people, expected), strict=True
        )
        assert [(pair, one.reasons) for pair, one in told] == [(pair, one.reasons) for pair, one in new_told]


@pytest.mark.database
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.again) for seed in range(2, 6))]
)
def test_whatever_happened_the_lists_are_those_of_sides_laid_out_anew(seed: int) -> None:
    town = Random(seed)
    town.build()
    same_as_anew()
    for turn in range(12):
        town.one_of(town.acts())()
        if turn % 3 == 2:
            same_as_anew()
        if turn == 6:
            in_memory.WORK.renew()
            in_memory.PEOPLE.renew()
            same_as_anew()


def test_a_learned_score_ranks_in_layers_as_anew_also_without_the_compiled_kernels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The heads weigh distance thrice for her: another order than the experts'."""
    heads = Learned.prior().as_dict()
    heads["hers"]["weights"]["distance"] *= 3
    ScoreModel.objects.create(version=1, hers=0, theirs=0, weights=heads, is_used=True)
    town = Random(11)
    town.build()
    assert in_memory.WORK.ready().scoring.heads is not None
    for act in (town.edit, town.vacancy, town.close, town.person, town.answer, town.leave):
        act()
    same_as_anew()
    monkeypatch.setattr(layers, "AVAILABLE", False)
    in_memory.forget()
    town = Random(5)
    town.build()
    in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    for act in town.acts():
        act()
    same_as_anew()


@pytest.mark.database
def test_only_what_changed_is_read_and_what_commits_late_is_found() -> None:
    town = Random(2)
    town.build(3, 10)
    ready = in_memory.WORK.ready()
    Vacancy.objects.update(changed_at=clock.now() - dt.timedelta(hours=1))
    in_memory.WORK.compare()
    in_memory.WORK.ready()
    with CaptureQueriesContext(connection) as asked:
        assert in_memory.WORK.ready() is not ready
    assert [query["sql"].count("COUNT(") + query["sql"].count("SUM(") for query in asked] == [0] * len(asked)
    assert len(asked) <= 4
    new = town.vacancy()
    with patch.object(in_memory.WORK, "read", wraps=in_memory.WORK.read) as read:
        assert new.pk in in_memory.WORK.ready().ids
        in_memory.WORK.ready()
    assert [list(call.args[0]) for call in read.call_args_list] == [[new]]
    late = town.vacancy()
    Vacancy.objects.filter(pk=late.pk).update(changed_at=clock.now() - in_memory.MARGIN / 2)
    assert late.pk in in_memory.WORK.ready().ids
    later, gone, hidden = town.vacancy(), *Vacancy.objects.open().order_by("pk")[:2]
    number = gone.pk
    Vacancy.objects.filter(pk=later.pk).update(changed_at=clock.now() - 2 * in_memory.MARGIN)
    gone.delete()
    Vacancy.objects.filter(pk=hidden.pk).update(same_as=later)
    before = set(in_memory.WORK.ready().ids.tolist())
    in_memory.WORK.compare()
    after = set(in_memory.WORK.ready().ids.tolist())
    assert (after - before, before - after) == ({later.pk}, {number, hidden.pk})
    Vacancy.objects.filter(pk=hidden.pk).update(same_as=None)
    in_memory.WORK.compare()
    assert hidden.pk in in_memory.WORK.ready().ids


def test_what_went_without_a_change_of_its_own_is_written_in_no_list() -> None:
    town = Random(4)
    town.build(6, 20)
    ranking.rank_everybody()
    in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    person = Match.objects.filter(side="jobseeker").order_by("pk").first().jobseeker  # type: ignore[union-attr]
    best = Match.objects.for_jobseeker(person).first().vacancy  # type: ignore[union-attr]
    copy, deleted = best, Match.objects.for_jobseeker(person)[1].vacancy
    Vacancy.objects.filter(pk=copy.pk).update(same_as=town.vacancy())
    number = deleted.pk
    deleted.delete()
    ranking.rank_jobseekers([person.pk])
    assert not Match.objects.for_jobseeker(person).filter(vacancy__in=[copy.pk, number]).exists()
    User.objects.filter(jobseeker=person).update(is_active=False)
    for vacancy in Vacancy.objects.open()[:5]:
        listed.without(vacancy.pk)
        ranking.rank_vacancies([vacancy.pk])
        assert not Match.objects.filter(vacancy=vacancy, jobseeker=person).exists()
    ranking.rank_vacancies([copy.pk])
    assert not Match.objects.filter(vacancy=copy).exists()


def test_a_copy_shows_as_soon_as_it_may_and_what_is_large_is_done_beside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = Random(4)
    town.build(2, 4)
    shown, copy = Vacancy.objects.open().order_by("pk")[:2]
    Vacancy.objects.filter(pk=copy.pk).update(same_as=shown)
    in_memory.WORK.ready()
    # Its row seems unchanged.
    Vacancy.objects.filter(pk=copy.pk).update(same_as=None)
    assert copy.pk not in in_memory.WORK.ready().ids
    assert copy.pk in in_memory.WORK.ready([copy.pk]).ids
    Vacancy.objects.filter(pk=copy.pk).update(same_as=shown)
    assert copy.pk not in in_memory.WORK.ready([copy.pk]).ids
    change(shown, state="closed")
    assert copy.pk in in_memory.WORK.ready().ids and shown.pk not in in_memory.WORK.ready().ids
    done: list[str] = []
    monkeypatch.setattr(in_memory, "beside", lambda work: done.append(work.__name__))
    in_memory.WORK.renew()
    in_memory.WORK.ready()
    assert done == []
    monkeypatch.setattr(in_memory.WORK, "compared_at", clock.now() - dt.timedelta(minutes=11))
    in_memory.WORK.ready()
    assert done == ["compare"]
    monkeypatch.setattr(in_memory, "MOST_LATE", 0)
    town.edit()
    in_memory.WORK.ready()
    assert done == ["compare", "renew"]


def test_a_new_day_and_new_lists_of_the_night_read_everything_anew_and_not_in_a_request(
    time_machine: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_machine.move_to("2026-11-25T10:00:00+00:00", tick=False)  # type: ignore[attr-defined]
    Random(4).build(2, 4)
    today = in_memory.WORK.ready().market.today
    monkeypatch.setattr(in_memory.InMemory, "serves_pages", True)
    time_machine.move_to("2026-11-26T10:00:00+00:00", tick=False)  # type: ignore[attr-defined]
    with pytest.raises(in_memory.NotLaidOut):
        in_memory.WORK.ready()
    assert in_memory.WORK.at_hand().market.today == today
    in_memory.WORK.renew()
    assert in_memory.WORK.ready().market.today == today + 1
    Edition.objects.create(is_served=True)
    with pytest.raises(in_memory.NotLaidOut):
        in_memory.WORK.ready()
    in_memory.WORK.renew()
    in_memory.WORK.ready()


def test_the_base_is_laid_out_anew_for_an_unknown_code_and_for_many_changes_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = Random(4)
    town.build(4, 6)
    in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    base = in_memory.WORK.base
    # A language that nobody asked before bars who speaks it not.
    LanguageAsked.objects.create(vacancy=town.vacancy(), language="ro", level=3)
    same_as_anew()
    assert in_memory.WORK.base is base
    town.occupations.append(factories.OccupationFactory(code="N4101", label_fr="Routier"))
    change(Vacancy.objects.open()[0], occupation=town.occupations[-1])
    same_as_anew()
    assert in_memory.WORK.base is not base
    before = in_memory.WORK.ready().market
    monkeypatch.setattr(in_memory, "MOST_AT_ONCE", 3)
    for _number in range(4):
        town.vacancy()
    assert in_memory.WORK.ready().market is not before
    same_as_anew()


def test_a_row_that_changed_while_the_base_was_laid_out_anew_is_not_lost() -> None:
    town = Random(4)
    town.build(4, 8)
    in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    town.vacancy(), town.edit(), town.close()
    in_memory.WORK.ready()
    of = LayeredWork.of

    def slowly(*arguments: object) -> object:
        made = of(*arguments)  # type: ignore[arg-type]
        for act in (town.vacancy, town.edit, town.close):
            act()
        in_memory.WORK.ready()
        return made

    with patch.object(LayeredWork, "of", slowly):
        in_memory.WORK.renew()
    in_memory.WORK.ready()
    assert len(in_memory.WORK.gone) <= 3
    assert set(in_memory.WORK.ready().ids.tolist()) == set(
        Vacancy.objects.open().values_list("pk", flat=True)
    )
    same_as_anew()


def test_threads_that_ask_at_once_get_the_same_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Random(4)
    town.build(10, 30)
    monkeypatch.setattr(in_memory.InMemory, "missing", lambda side, ids: np.zeros(0, np.int64))
    work, people = in_memory.WORK.ready(), in_memory.PEOPLE.ready()
    only, found = np.arange(len(work)), []

    def ask() -> None:
        found.append(pairs(market.best_people(work, people, 1000, only), work, people))

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(one == found[0] for one in found) and found[0]


def test_what_is_done_beside_is_one_thing_at_a_time_and_a_failure_is_told_to_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.undo()
    begun, end, done = threading.Event(), threading.Event(), []

    def fail() -> None:
        begun.set()
        end.wait(10)
        raise MemoryError

    in_memory.beside(fail)
    assert begun.wait(10)
    in_memory.beside(lambda: done.append(1))
    [thread] = [one for one in threading.enumerate() if one.name == "visavis-sides"]
    end.set()
    thread.join()
    assert done == [] and "could not be laid out beside" in caplog.text
