"""The installation's keys are changed without anybody noticing, and what a former key opened needs it no more."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.vault import keys, ring, turning
from visavis.vault.models import PersonKey

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_ring(settings: Any, tmp_path: Path) -> Any:
    """A ring of the test's own."""
    settings.VAR = tmp_path
    ring._kept.cache_clear()
    yield
    ring._kept.cache_clear()


def turn(*options: str) -> str:
    said = StringIO()
    call_command("turn_keys", *options, stdout=said, stderr=StringIO())
    keys.forget()
    return said.getvalue()


def people() -> list[tuple[str | None, str]]:
    return [(one.user.email, one.about) for one in Jobseeker.objects.select_related("user").order_by("pk")]


def test_a_new_key_wraps_peoples_keys_and_the_former_may_go() -> None:
    for number in range(3):
        factories.JobseekerFactory(about=f"Mot {number}")
    before, names = people(), set(PersonKey.objects.values_list("ring", flat=True))
    assert "3 turned" in turn("--new", "--drop")
    after = set(PersonKey.objects.values_list("ring", flat=True))
    assert len(after) == 1 and not after & names
    assert people() == before and len(ring.keys("data")) == 1
    assert oct(ring.file_of("data").stat().st_mode & 0o777) == "0o600"


def test_stopped_in_the_middle_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        factories.JobseekerFactory(about="Mot")
    before = people()
    monkeypatch.setattr(turning, "AT_ONCE", 1)
    ring.add("data")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        turning.wrap_anew(stop)
    assert turning.waiting("data") == 2
    assert people() == before, "meanwhile both keys read"
    assert "2 turned" in turn("--drop")
    assert people() == before


def test_marks_are_made_anew_and_whoever_signs_in_is_found_all_the_while() -> None:
    factories.UserFactory(email="lison@example.org", phone="+33639981234")
    ring.add("contacts")
    assert User.objects.get(email="lison@example.org") == User.objects.get(phone="+33639981234")
    assert "1 turned" in turn("--contacts", "--drop")
    assert len(ring.keys("contacts")) == 1
    assert User.objects.get(email="lison@example.org") == User.objects.get(phone="+33639981234")


def test_keys_that_are_given_are_not_drawn(settings: Any) -> None:
    settings.VISAVIS_DATA_KEYS = "new former"
    with pytest.raises(CommandError, match="VISAVIS_DATA_KEYS"):
        turn("--new")
    assert len(ring.keys("data")) == 2 and not ring.file_of("data").exists()


def test_without_its_ring_nothing_opens(settings: Any) -> None:
    row = factories.JobseekerFactory(about="Mot")
    keys.forget()
    settings.VISAVIS_DATA_KEYS = "another"
    with pytest.raises(ring.Unknown, match=r"at-rest\.md"):
        _ = Jobseeker.objects.get(pk=row.pk).about


def test_who_turns_the_keys_of_marks_has_the_marks_of_words_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(turning, "WORDS_ANEW", [lambda tell: asked.append(ring.writing("contacts").name)])
    before = ring.writing("contacts").name
    turn("--contacts", "--new", "--drop")
    assert asked == [ring.writing("contacts").name] != [before]
