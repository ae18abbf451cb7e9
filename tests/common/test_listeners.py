"""Those who are told what happened below."""

import pytest
from django.db import transaction

from visavis.common.listeners import Listeners

ADDRESS = "amelie@example.org"


def fails(number: int) -> None:
    raise ValueError(f"{ADDRESS} is {number}")


def test_what_an_error_says_of_somebody_is_not_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Each is called in order with what happened, and one that fails does not mute the next."""
    told: list[str] = []
    listeners = Listeners[int](lambda number: told.append(f"first {number}"), fails)
    listeners.add(lambda number: told.append(f"second {number}"))
    listeners.call_now(3)
    assert told == ["first 3", "second 3"]
    assert "fails failed: ValueError" in caplog.text and "test_listeners.py" in caplog.text
    assert ADDRESS not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_they_wait_for_the_commit_and_are_not_told_of_what_is_undone() -> None:
    told: list[int] = []
    listeners = Listeners(fails, told.append)
    with transaction.atomic():
        listeners.call(1)
        assert not told
    assert told == [1]
    with pytest.raises(KeyError), transaction.atomic():
        listeners.call(2)
        raise KeyError
    listeners.call(3)
    assert told == [1, 3]
