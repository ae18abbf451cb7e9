"""Everybody's lists are made apart and served at once; prices, limits and what changed meanwhile."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests import factories
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import serving
from visavis.matches.making import editions, ranking
from visavis.matches.models import Edition, Match, Opinion, Price
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def lists() -> set[tuple[object, ...]]:
    return set(Match.objects.values_list("side", "jobseeker", "vacancy", "rank"))


def test_people_read_yesterdays_lists_whole_until_the_new_ones_are_whole(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    yesterday, seen = lists(), []
    factories.VacancyFactory(title="Boulangère de nuit")
    ranking.rank_everybody(lambda _done, _total: seen.append(lists()))
    today = lists()
    assert today != yesterday
    assert [one in (yesterday, today) for one in seen] == [True] * len(seen)
    assert seen[0] == seen[-2] == yesterday


def test_lists_in_making_are_there_before_they_are_served_and_yesterdays_go_after(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    with patch.object(editions, "serve", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        ranking.rank_everybody()
    assert Match.everything.count() == 2 * Match.objects.count() > 0
    ranking.rank_everybody()
    assert Match.everything.count() == Match.objects.count()
    assert Edition.objects.count() == 1


def test_a_swap_that_fails_half_way_swaps_nothing(baker: Jobseeker, bakery: Vacancy) -> None:
    ranking.rank_everybody()
    yesterday = lists()
    new = editions.begin(0.5)
    with patch.object(Edition, "save", side_effect=OSError), pytest.raises(OSError):
        editions.serve(new)
    assert lists() == yesterday != set()


def test_a_profile_changed_while_the_lists_are_made_keeps_its_new_list(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    other = factories.VacancyFactory(title="Boulanger intérimaire", contract="temporary")

    def change(done: int, total: int) -> None:
        if done < total and not Jobseeker.objects.filter(contracts=["temporary"]).exists():
            Jobseeker.objects.filter(pk=baker.pk).update(
                contracts=["temporary"], changed_at=clock.now(), version=99
            )
            ranking.rank_jobseekers([baker.pk])

    ranking.rank_everybody(change)
    assert [match.vacancy for match in Match.objects.for_jobseeker(baker)] == [other]


def test_a_vacancy_closed_while_the_lists_are_made_is_in_none(baker: Jobseeker, bakery: Vacancy) -> None:
    def close(done: int, total: int) -> None:
        Vacancy.objects.filter(pk=bakery.pk).update(state="closed", changed_at=clock.now())

    ranking.rank_everybody(close)
    assert not Match.objects.filter(vacancy=bakery).exists()


def test_the_prices_of_the_night_are_kept_a_row_a_vacancy(baker: Jobseeker, bakery: Vacancy) -> None:
    factories.VacancyFactory()
    ranking.rank_everybody()
    assert Price.objects.count() == Vacancy.objects.open().count() == 2
    assert Edition.objects.get().strength == 0.5


def test_strength_nought_is_plain_ranking_without_limit(baker: Jobseeker, bakery: Vacancy) -> None:
    ranking.rank_everybody(strength=0.0)
    assert Edition.objects.get().times is None
    assert not Price.objects.filter(price__gt=0).exists()


def test_what_she_put_aside_takes_no_place_and_is_still_to_be_found(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    factories.VacancyFactory(title="Boulanger", latitude=45.0)
    Opinion.objects.create(jobseeker=baker, vacancy=bakery, kind="not_for_me", said_by=baker.user)
    for make in (ranking.rank_everybody, lambda: ranking.rank_jobseekers([baker.pk])):
        make()
        assert [match.vacancy_id == bakery.pk for match in Match.objects.for_jobseeker(baker)] == [
            False,
            True,
        ]


def test_nobody_with_a_feasible_opening_has_an_empty_list_and_none_is_shown_too_often(
    town: Town, baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving.engine, "draw_up", few_places(serving.engine.draw_up))
    factories.VacancyFactory(title="Boulanger", latitude=45.0)
    crowd = [factories.JobseekerFactory(commune=None) for _number in range(4)]
    ranking.rank_everybody()
    people = {town.other_jobseeker.pk, baker.pk, *(one.pk for one in crowd)}
    assert set(Match.objects.filter(side="jobseeker").values_list("jobseeker", flat=True)) == people
    for vacancy in Vacancy.objects.open():
        shown = Match.objects.filter(side="jobseeker", vacancy=vacancy, rank__lte=ranking.SERVED)
        assert shown.count() <= 3 + Edition.objects.get().over


def few_places(draw_up: object) -> object:
    """Let a vacancy stand in three shown lists only."""

    def drawn(*arguments: object, **options: object) -> object:
        with patch("visavis.engine.spread.serving.limits", lambda positions, _times: positions * 3):
            return draw_up(*arguments, **options)  # type: ignore[operator]

    return drawn


KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import factories
from visavis.matches.making import bulk
from visavis.matches.making import ranking
from visavis.matches.making import runs
from visavis.matches.models import Match, Run
factories.JobseekerFactory(commune=None); factories.JobseekerFactory(commune=None)
factories.VacancyFactory()
ranking.rank_everybody()
def lists():
    return sorted(Match.objects.values_list("pk", "side", "jobseeker", "vacancy", "rank"))
before = lists()
run = Run.objects.create(scope="everybody")
factories.VacancyFactory()
child = os.fork()
if child == 0:
    from django.db import connections
    connections.close_all()
    wrote = bulk.write
    def write(*arguments):
        wrote(*arguments)
        if Match.everything.count() > len(before):
            os.kill(os.getpid(), signal.SIGKILL)
    bulk.write = write
    runs.work_on(run.pk)
    sys.exit(9)
_pid, status = os.waitpid(child, 0)
assert os.WTERMSIG(status) == signal.SIGKILL, status
assert lists() == before and len(before) == 4, "yesterday's lists are not whole"
assert Match.everything.count() > len(before), "nothing was in making"
Run.objects.filter(pk=run.pk).update(moved_at="2020-01-01T00:00:00Z")
from visavis.common.listeners import Listeners
runs.START = Listeners(runs.work_on)
runs.sweep()
run.refresh_from_db()
assert run.state == "done", run.state
assert Match.everything.count() == Match.objects.count() == 8
print("whole")
"""


def test_a_worker_killed_in_the_middle_leaves_yesterdays_lists_and_the_sweep_starts_again(
    tmp_path: Path,
) -> None:
    environment = os.environ | {"VISAVIS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "whole", done.stderr[-3000:]


SHARDED = """
import os, signal, sys, threading, time
from pathlib import Path
import django
if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from tests import factories
    from visavis.matches.bridge.by_night import night
    from visavis.matches.making import ranking
    from visavis.matches.models import MatchList
    for place in range(6):
        factories.JobseekerFactory(commune=None)
        factories.VacancyFactory(latitude=44.0 + place)
    night.GROUP = 1
    names = "jobseeker", "vacancy", "others", "packed", "facts", "holders", "bar", "shown", "kept"
    def lists():
        rows = MatchList.objects.order_by("jobseeker", "vacancy")
        return [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows.values_list(*names)]
    def kill():
        begun = Path(settings.VISAVIS_NIGHT_FOLDER)
        while not (found := [path for path in begun.glob("*/begun/*.*") if path.is_file()]):
            time.sleep(0.01)
        killed.append(int(found[0].read_text().rpartition(":")[2]))
        os.kill(killed[0], signal.SIGKILL)
    ranking.rank_everybody()
    alone, killed = lists(), []
    settings.VISAVIS_NIGHT_WORKERS = 2
    threading.Thread(target=kill, daemon=True).start()
    ranking.rank_everybody()
    assert killed and killed[0] != os.getpid(), "nobody was killed"
    assert lists() == alone and len(alone) == 12, "the lists differ"
    assert any(row[2] != "[]" for row in alone)
    assert not list(Path(settings.VISAVIS_NIGHT_FOLDER).glob("*")), "what was found is still there"
    print("the same")
"""


def test_the_lists_are_the_same_with_several_workers_of_which_one_is_killed(tmp_path: Path) -> None:
    environment = os.environ | {"VISAVIS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    script = tmp_path / "sharded"
    script.write_text(SHARDED, encoding="utf-8")
    root = Path(__file__).resolve().parents[3]
    environment["PYTHONPATH"] = str(root)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "the same", done.stderr[-3000:]
