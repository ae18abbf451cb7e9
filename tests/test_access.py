"""The access table: every address, every persona, every method. A new address without a row is red.

Rights are decided by the site: every persona asks on SQLite. Where only what a database decides is asked, with
`-m database`, some who get in and one who does not ask each address: what its questions say on PostgreSQL.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from zlib import crc32

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access.row import Row
from tests.personas import PERSONAS, Town

pytestmark = pytest.mark.database

METHODS = ("get", "post", "put", "patch", "delete")
# Two of the same kind ask the same questions.
OTHERS_OF_A_KIND = {"gael", "dario", "emile"}
MOST_WHO_GET_IN = 3


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
def test_an_address_opens_only_to_whom_the_table_says(
    row: Row, town: Town, pytestconfig: pytest.Config
) -> None:
    url = address(row, town)
    wrong = []
    for persona in some(row) if str(pytestconfig.option.markexpr).startswith("database") else PERSONAS:
        response = getattr(town.client(persona), row.method)(url, row.data)
        if complaint := judge(row, persona, response.status_code, response.headers.get("Location", "")):
            wrong.append(f"{persona}: {complaint}")
    assert not wrong, f"{url}: {wrong}"


def some(row: Row) -> list[str]:
    """Return who asks a row's address on PostgreSQL: of those who get in, and of the others, each in turn."""
    turn = crc32(f"{row.method} {row.name}{row.query}".encode())
    let_in = [one for one in PERSONAS if one in row.allowed]
    of_each_kind = [one for one in let_in if one not in OTHERS_OF_A_KIND] or let_in
    outside = [one for one in PERSONAS if one not in row.allowed]
    chosen = in_turn(of_each_kind, turn, MOST_WHO_GET_IN) + in_turn(outside, turn, 1)
    # In the order of the table: what one of them sends may end what the next would have seen.
    return [one for one in PERSONAS if one in chosen]


def in_turn(people: list[str], turn: int, most: int) -> list[str]:
    """Return so many of them, beginning at another one each time."""
    first = turn % len(people) if people else 0
    return (people[first:] + people[:first])[:most]


def test_everybody_asks_postgresql_for_something() -> None:
    asked = [(row, some(row)) for row in rows()]
    assert all(people for _, people in asked)
    assert {one for row, people in asked for one in people if one in row.allowed} >= (
        set(PERSONAS) - OTHERS_OF_A_KIND
    )
    assert {one for row, people in asked for one in people if one not in row.allowed} == set(PERSONAS)


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
