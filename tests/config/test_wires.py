"""What leaves this machine is encrypted, and the start refuses what is not; a program is not led on from plain."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from visavis.config import databases, wires


@pytest.fixture
def reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """How the database of an address is reached."""

    def read(url: str) -> dict[str, Any]:
        monkeypatch.setenv("DATABASE_URL", url)
        found: dict[str, Any] = databases.found(tmp_path)["OPTIONS"]
        return {name: value for name, value in found.items() if name.startswith("ssl")}

    return read


def test_a_database_elsewhere_is_reached_by_tls_and_its_certificate_is_checked(reached: Any) -> None:
    assert reached("postgres://a:b@db.example/c") == {"sslmode": "verify-full", "sslrootcert": "system"}
    own = "postgres://a:b@db.example/c?sslmode=verify-full&sslrootcert=/etc/own.pem"
    assert reached(own) == {"sslmode": "verify-full", "sslrootcert": "/etc/own.pem"}
    for here in ("postgres://a@127.0.0.1/c", "postgres://a@/c?host=/run/postgresql"):
        assert reached(here) == {}, "this machine is reached as it is"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
def test_less_is_refused_unless_the_operator_names_the_machine(
    mode: str, reached: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"postgres://a:b@db.example/c?sslmode={mode}"
    with pytest.raises(ImproperlyConfigured, match="VISAVIS_PLAIN_HOSTS"):
        reached(url)
    monkeypatch.setenv("VISAVIS_PLAIN_HOSTS", "db.example")
    assert reached(url) == {"sslmode": mode}


def test_a_store_elsewhere_in_plain_is_refused() -> None:
    for url in ("redis://:secret@store.example:6379/0", "valkey://store.example"):
        with pytest.raises(ImproperlyConfigured, match="s://"):
            wires.refuse_plain_store(url)
    for url in ("rediss://store.example", "redis://127.0.0.1/0", "unix:///run/valkey.sock", ""):
        wires.refuse_plain_store(url)


@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/introductions", "/sms/in/", "/sms/state/", "/traces/reports/"]
)
def test_a_program_that_asks_in_plain_is_refused_and_not_led_on(path: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().post(path, {}, headers={"Authorization": "Bearer secret"})
    assert (answer.status_code, answer.get("Location")) == (403, None)
    assert Client().get("/account/sign-in/").status_code == 301
