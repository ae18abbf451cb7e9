"""Those who are told what happened below."""

import pytest
from django.db import transaction

from visavis.common.listeners import Listeners

ADDRESS = "amelie@example.org"


def fails(number: int) -> None:
    raise ValueError(f"{ADDRESS} is {number}")


def test_each_is_called_in_order_with_what_happened() -> None:
    told: list[str] = []
    listeners = Listeners[int](lambda number: told.append(f"first {number}"))
    listeners.add(lambda number: told.append(f"second {number}"))
    listeners.call_now(3)
    assert told == ["first 3", "second 3"]


def test_one_that_fails_does_not_mute_the_next(caplog: pytest.LogCaptureFixture) -> None:
    told: list[int] = []
    Listeners(fails, told.append).call_now(3)
    assert told == [3]
    assert "fails failed: ValueError" in caplog.text and "test_listeners.py" in caplog.text


def test_what_an_error_says_of_somebody_is_not_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    Listeners(fails).call_now(3)
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
