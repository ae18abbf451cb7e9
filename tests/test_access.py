"""The access table: every address, every persona, every method. A new address without a row is red.

One drawn persona who may and one who may not ask each address; all of them with WHOLE=yes (tests/sweeps.py).
PostgreSQL answers for some addresses of each app.
"""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access.row import Row
from tests.hostile.visit import undone
from tests.personas import PERSONAS, Town
from tests.sweeps import few


def rows() -> list[Row]:
    """Collect the rows of every app."""
    found: list[Row] = []
    for module in pkgutil.iter_modules(tests.access.__path__):
        found += getattr(importlib.import_module(f"tests.access.{module.name}"), "ROWS", [])
    return found


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Walk the addresses of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"


def numbers(row: Row, town: Town) -> dict[str, str | int]:
    """Return the arguments of the row's address: a thing of the town by its number, all else as it is."""
    return {key: _number(value, town) for key, value in row.arguments.items()}


def _number(value: str | int, town: Town) -> str | int:
    # Asked for once: what is made when it is asked for is looked for again each time.
    thing = getattr(town, value, None) if isinstance(value, str) else None
    return value if thing is None else thing.pk  # type: ignore[no-any-return]


def address(row: Row, town: Town) -> str:
    """Return the row's address in this town."""
    return reverse(row.name, kwargs=numbers(row, town)) + row.query


def test_every_address_has_a_row() -> None:
    missing = set(names(get_resolver().url_patterns)) - {row.name for row in rows()}
    assert not missing, f"no row in tests/access for {sorted(missing)}"


def test_every_row_has_an_address() -> None:
    unknown = {row.name for row in rows()} - set(names(get_resolver().url_patterns))
    assert not unknown, f"rows for addresses that do not exist: {sorted(unknown)}"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name}{row.query}")
def test_an_address_opens_only_to_whom_the_table_says(row: Row, town: Town) -> None:
    assert not complaints(row, town, asked(row))


@pytest.mark.database
@pytest.mark.parametrize("app", sorted({row.name.partition(":")[0] for row in rows()}))
def test_addresses_of_each_app_answer_on_this_database(app: str, town: Town) -> None:
    for row in few("postgresql", [row for row in rows() if row.name.partition(":")[0] == app], of=app):
        with undone():
            assert not complaints(row, town, [one for one in asked(row) if one in row.allowed])


def asked(row: Row) -> list[str]:
    """Return who asks a row's address, in the order of the table: what one sends may end what the next would see."""
    named = f"{row.method} {row.name}{row.query}"
    may = few("may", [one for one in PERSONAS if one in row.allowed], of=named)
    may_not = few("may not", [one for one in PERSONAS if one not in row.allowed], of=named)
    return [one for one in PERSONAS if one in {*may, *may_not}]


def complaints(row: Row, town: Town, personas: list[str]) -> list[str]:
    """Return what is wrong with what the address answers to each persona."""
    url, wrong = address(row, town), []
    for persona in personas:
        response = getattr(town.client(persona), row.method)(url, row.data)
        if complaint := judge(row, persona, response.status_code, response.headers.get("Location", "")):
            wrong.append(f"{url} {persona}: {complaint}")
    return wrong


def judge(row: Row, persona: str, status: int, location: str) -> str:
    """Return what is wrong, or nothing."""
    to_sign_in = location.startswith(reverse("account_login"))
    if persona in row.allowed:
        return "" if status in row.statuses and not to_sign_in else f"should get in, got {status} {location}"
    if persona == "visitor":
        return (
            ""
            if status in {302, 404, 405} and (to_sign_in or status != 302)
            else f"should sign in, got {status}"
        )
    wanted = 403 if persona in row.forbidden else 404
    return "" if status == wanted else f"should get {wanted}, got {status} {location}"
