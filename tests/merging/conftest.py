"""Both files of Amélie."""

import pytest

from tests.merging.two_files import Two, two_files
from tests.personas import Town


@pytest.fixture
def two(town: Town) -> Two:
    """Amélie twice, the file that goes in with something in every sealed table."""
    return two_files(town)


@pytest.fixture
def small(town: Town) -> Two:
    """Amélie twice, with little in each file."""
    return two_files(town, full=False)
