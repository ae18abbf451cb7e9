"""What the tests of profiles share."""

import pytest

from visavis.catalog import cache


@pytest.fixture(autouse=True)
def no_index_of_another_test() -> None:
    """Forget the indexes built on the rows of another test."""
    cache.forget_all()
