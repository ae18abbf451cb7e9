"""A source that loses half of what it had closes nothing before a yes; a cut one never does, and is no success."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.personas import Town
from tests.vacancies.feeds.conftest import Record, Write
from tests.vacancies.feeds.test_services import catalogue, read, several
from visavis.vacancies import falls
from visavis.vacancies.models import FeedFall, FeedRun, Vacancy

__all__ = ["catalogue"]
pytestmark = pytest.mark.django_db
LOST = 30


@pytest.fixture
def fallen(write: Write, record: Record) -> FeedRun:
    """A source of thirty of which three are left."""
    records = several(record, LOST)
    read(write(records))
    return read(write(records[:3]))


def still_open() -> int:
    return Vacancy.objects.filter(feed__isnull=False, state=Vacancy.State.OPEN).count()


def test_nothing_closes_before_somebody_says_yes(
    fallen: FeedRun, town: Town, write: Write, record: Record
) -> None:
    fall = fallen.fall
    assert (still_open(), fallen.closed, fallen.is_whole) == (LOST, 0, True)
    assert (fall.before, fall.left, fall.would_close, fall.gone.count()) == (LOST, 3, 27, 27)
    falls.answer(fall=fall, is_yes=False, by=town.people["bruno"])
    assert still_open() == LOST
    again = read(write(several(record, 2)))
    assert (still_open(), again.fall.left) == (LOST, 2)
    # What came back is not closed by a late yes.
    read(write(several(record, LOST)))
    with pytest.raises(falls.Answered):
        falls.answer(fall=FeedFall.objects.get(pk=again.fall.pk), is_yes=True, by=town.people["bruno"])
    assert still_open() == LOST


@pytest.mark.parametrize("who", ["bruno", "hugo"])
def test_a_yes_closes_once_and_a_second_is_told(fallen: FeedRun, town: Town, who: str) -> None:
    page = reverse("vacancies:feed_fall", kwargs={"run_id": fallen.pk})
    client = town.client(who)
    assert page in client.get("/home/").content.decode()
    assert "30" in client.get(page).content.decode()
    client.post(page, {"do": "close"})
    assert still_open() == 3
    client.post(page, {"do": "keep"})
    fallen.fall.refresh_from_db(), fallen.refresh_from_db()
    assert (fallen.fall.answer, fallen.closed) == (FeedFall.Answer.CLOSED, 27)
    assert page not in client.get("/home/").content.decode()


def test_what_ends_in_the_usual_way_closes_without_a_question(write: Write, record: Record) -> None:
    records = several(record, LOST)
    read(write(records))
    run = read(write(records[: LOST // 2 + 1]))
    assert (run.closed, still_open()) == (LOST // 2 - 1, LOST // 2 + 1)
    assert not FeedFall.objects.exists()
    assert (read(write("[]")).fall.would_close, still_open()) == (LOST // 2 + 1, LOST // 2 + 1)


def importing(path: Path, *words: str) -> int:
    """Return what the command exits with."""
    try:
        call_command("import_feed", "france-travail", str(path), *words, stdout=StringIO())
    except CommandError as error:
        return error.returncode
    return 0


def test_the_command_exits_as_the_page_of_operations_says(write: Write, record: Record) -> None:
    records = several(record, LOST)
    whole = json.dumps({"resultats": records})
    assert importing(write(records)) == 0
    assert importing(write(whole[: len(whole) // 2])) == 3
    assert importing(write("nothing")) == 1
    assert importing(write(records[:3])) == 4
    assert still_open() == LOST
    assert importing(write(records[:2]), "--partial") == 0
    assert importing(write(records[:3]), "--may-shrink") == 0
    assert still_open() == 3
