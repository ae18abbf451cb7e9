"""A provider for people and one for who works, as the environment would name them."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests import inside
from tests.people.identity import twisted
from visavis.people.identity import protocol


@pytest.fixture(autouse=True)
def reaches_the_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of a sign-in is changed while she waits, with time-outs: nothing else leaves inside a request."""
    real = inside.refuse
    monkeypatch.setattr(inside, "refuse", lambda what: None if what.startswith("socket.") else real(what))


def named(name: str, address: str, **more: str) -> dict[str, str]:
    """Return a provider's settings."""
    usual = {"scopes": "openid given_name family_name", "acr": "", "strong": ""}
    return (
        {"name": name, "address": address, "client": twisted.CLIENT, "secret": twisted.SECRET} | usual | more
    )


@pytest.fixture
def provider(settings: Settings) -> Iterator[twisted.Provider]:
    protocol.forget()
    with twisted.running() as found:
        settings.VISAVIS_IDENTITY = {
            "people": named("FranceConnect", found.address, acr="eidas1 eidas2"),
            "staff": named("ProConnect", found.address),
        }
        yield found
    protocol.forget()
