"""Threads found by words, whichever of them the databases begin with; and what an index answers said in parts."""

import pytest

from tests.mailboxes.conftest import Write
from tests.personas import Town
from visavis.mailboxes import words
from visavis.mailboxes.models import Thread, Word
from visavis.mailboxes.models import thread as threads
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(town: Town, text: str) -> list[Thread]:
    return list(words.find(Thread.objects.all(), text, [town.agency.pk]))


@pytest.mark.parametrize("common", [0, 1, 10_000])
def test_a_thread_is_found_by_all_words_however_common_they_are(
    common: int, town: Town, thread: Thread, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("Le permis remorque est arrivé")
    monkeypatch.setattr(words, "COMMON", common)
    assert found(town, "remorque") == found(town, "permis remorque") == [thread]
    assert found(town, "permis camion") == found(town, "de") == found(town, "") == []
    assert not words.find(Thread.objects.all(), "remorque", [town.agency.pk + 1])
    assert found(town, "perm") == []
    Word.objects.all().delete()
    words.anew(lambda done, total: None)
    assert found(town, "mardi remorque") == [thread]


def test_a_name_finds_a_thread_for_who_answers_her_alone(town: Town, thread: Thread, write: Write) -> None:
    name = town.people["amelie"].name
    assert [*words.find(Thread.objects.visible_to(town.people["bruno"]), name, [town.agency.pk])] == [thread]
    assert not words.find(Thread.objects.visible_to(town.people["dario"]), name, [town.agency.pk])
    write("Le permis remorque est arrivé")
    amelie = town.people["amelie"]
    amelie.name = "Amélie d’Hérouville-Li"
    amelie.save()
    for asked in ("amelie", "hérouv", "li", "Hérouville Amélie", "madame Hérouville", "amelie remorque"):
        assert found(town, asked) == [thread], asked
    for asked in ("amelie dupont", "rouville", "remorque dupont", "amelie camion"):
        assert found(town, asked) == [], asked


@pytest.mark.parametrize("most", [threads.MOST_PARTS, 1])
def test_what_a_number_is_not_is_so_in_parts(most: int, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "MOST_PARTS", most)
    everybody = sorted(User.objects.values_list("pk", flat=True))
    for numbers in (set(), {everybody[0]}, set(everybody[1:3]), set(everybody[::2]), set(everybody)):
        others = User.objects.filter(threads.one_of(threads.none_of("pk", numbers)))
        assert sorted(one.pk for one in others) == [one for one in everybody if one not in numbers]
