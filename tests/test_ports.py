"""Two processes of tests never get the same port."""

import pytest

from tests import ports


def test_a_port_that_somebody_has_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "NEVER_A_CLIENTS", range(10_100, 10_160))
    given = [ports.free_port() for _time in range(20)]
    assert len(set(given)) == 20
    with pytest.raises(OSError, match="in use"):
        ports.leased(given[0])
