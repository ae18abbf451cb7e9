"""A store that the tests of a process share: each has a bucket, or a folder of a bucket, of its own."""

from collections.abc import Iterator

import pytest

from tests.operations.store import store


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with store(tmp_path_factory.mktemp("store")) as found:
        yield found
