"""Every column that can hold a text is known in docs/security/columns.csv: sealed, a digest, or readable and why."""

import csv
from fnmatch import fnmatchcase
from pathlib import Path

from django.apps import apps
from django.db import models

from visavis.vault.fields import EncryptedText

LEDGER = Path(__file__).parents[2] / "docs" / "security" / "columns.csv"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
# Sealed otherwise than by a field of the vault, each with tests of its own.
OTHERWISE = {
    "people_session.session_data",
    "mailboxes_incoming.sealed",
    "people_outgoing.sealed",
    "webhooks_endpoint.secret",
    "webhooks_endpoint.former_secret",
    "mfa_authenticator.data",
    "traces_period.sealed_key",
    "vault_personkey.wrapped",
}


def columns() -> dict[str, bool]:
    """Return every column that can hold a text of its own, and whether the vault seals it."""
    return {
        f"{model._meta.db_table}.{field.column}": isinstance(field, EncryptedText)
        for model in apps.get_models(include_auto_created=True)
        if not model.__module__.startswith("tests.")
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices and not field.generated
    }


def ledger() -> dict[str, tuple[str, str]]:
    with LEDGER.open(encoding="utf-8") as file:
        return {row["column"]: (row["rests"], row["why"]) for row in csv.DictReader(file)}


def said_of(column: str) -> str | None:
    """Return how a column rests: by its own line, else by the first line whose stars stand for it."""
    lines = ledger()
    whole = [column] if column in lines else [one for one in lines if fnmatchcase(column, one)]
    return lines[whole[0]][0] if whole else None


def test_every_column_that_holds_a_text_is_listed() -> None:
    assert not [one for one in columns() if said_of(one) is None], "say in columns.csv how it rests, and why"
    assert said_of("people_user.nickname") is None, "a new column is not known"


def test_what_is_said_to_be_sealed_is_and_nothing_else_is() -> None:
    there = columns()
    assert sum(there.values()) > 20
    wrong = [
        column
        for column, is_sealed in there.items()
        if column not in OTHERWISE and is_sealed != (said_of(column) == "sealed")
    ]
    assert not wrong
    assert all(said_of(one) == "sealed" for one in OTHERWISE & there.keys())


def test_every_line_says_why_and_stands_for_a_column() -> None:
    there = columns()
    for line, (rests, why) in ledger().items():
        assert rests in {"sealed", "digest", "readable"} and why, line
        assert any(fnmatchcase(column, line) for column in there), f"{line} is no column any more"


def test_stars_stand_only_for_tables_of_nobody() -> None:
    """Where a row is about somebody, each column has its own line: a new one is not known."""
    of_nobody = ("account_", "socialaccount_", "auth_", "catalog_", "django_", "traces_", "vacancies_feed")
    assert not [line for line in ledger() if "*" in line and not line.startswith(of_nobody)]


def test_the_database_refuses_what_is_not_sealed() -> None:
    """Each sealed column stands in a constraint of its table."""
    without = [
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedText)
        and not any(
            f"{field.name}__sealed" in str(one)
            for one in model._meta.constraints
            if isinstance(one, models.CheckConstraint)
        )
    ]
    assert not without
