"""How long a refusal takes does not tell whether an address has an account: the same work is done for both."""

import hmac
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people.way_in import ask, give, mailed_code, wrong
from tests.personas import Town
from visavis.journal import keys

KNOWN, UNKNOWN = "amelie@example.org", "nobody@example.org"
PASSWORD_PAGE = "account_login_password"


def asking(client: Client, address: str) -> Callable[[], object]:
    return lambda: ask(client, address)


def typing_a_wrong_code(client: Client, address: str) -> Callable[[], object]:
    ask(client, address)
    guess = wrong(mailed_code())
    return lambda: give(client, guess)


def typing_a_wrong_password(client: Client, address: str) -> Callable[[], object]:
    return lambda: client.post(reverse(PASSWORD_PAGE), {"address": address, "password": "wrong-wrong"})


def work(act: Callable[[], object], patch: pytest.MonkeyPatch) -> tuple[list[str], Counter[str]]:
    """Return the statements that an act sends to the database, values apart, and how often it hashes what."""
    hashed: Counter[str] = Counter()

    def counted(name: str, whole: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            hashed[name] += 1
            return whole(*args, **kwargs)

        return call

    with patch.context() as one, CaptureQueriesContext(connection) as asked:
        one.setattr(hmac.HMAC, "__init__", counted("hmac", hmac.HMAC.__init__))
        one.setattr(keys, "digest", counted("signature", keys.digest))
        one.setattr(MD5PasswordHasher, "encode", counted("password", MD5PasswordHasher.encode))
        act()
    statements = [" ".join(query["sql"].split()[:3]) for query in asked]
    # A savepoint and a cursor have a number of their own.
    return [
        one.partition(" ")[0] if "SAVEPOINT" in one or "curs_" in one else one for one in statements
    ], hashed


@pytest.mark.parametrize("prepare", [asking, typing_a_wrong_code, typing_a_wrong_password])
@pytest.mark.parametrize("has_password", [True, False])
def test_the_same_statements_and_the_same_hashes_for_known_and_unknown(
    town: Town, monkeypatch: pytest.MonkeyPatch, prepare: Callable[..., Any], has_password: bool
) -> None:
    amelie = town.people["amelie"]
    amelie.set_password("quatre mots faciles a dire") if has_password else amelie.set_unusable_password()
    amelie.save()
    clients = [Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.4")]
    # What a process builds once is built before.
    work(prepare(Client(REMOTE_ADDR="192.0.2.7"), "warm-up@example.org"), monkeypatch)
    known = work(prepare(clients[0], KNOWN), monkeypatch)
    unknown = work(prepare(clients[1], UNKNOWN), monkeypatch)
    assert known[0] == unknown[0]
    assert known[1] == unknown[1]
    assert known[1]["hmac"]
