"""What may be asked of a sealed column: is it empty, is it sealed, whose contact is it. All else is refused."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Length

from tests.vault.asking import WITHOUT_ITS_ROW, LooksInside
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.vault.fields import EncryptedContact, EncryptedText

SOURCE = Path(__file__).parents[2] / "src" / "visavis"
SEALED: list[Any] = [
    field
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, EncryptedText)
]
ASKED: dict[str, Callable[[QuerySet[Any], str], QuerySet[Any]]] = {
    "in its order": lambda rows, name: rows.order_by(name),
    "in its order, backwards": lambda rows, name: rows.order_by(F(name).desc(nulls_last=True)),
    "beside another column": lambda rows, name: rows.filter(pk=F(name)),
    "of the row outside": lambda rows, name: rows.filter(Exists(User.objects.filter(name=OuterRef(name)))),
    "calculated with": lambda rows, name: rows.annotate(asked_of=Length(name)).filter(asked_of=3),
    "in parts": lambda rows, name: rows.annotate(asked_of=Concat(F(name), Value("x"))),
    "the greatest": lambda rows, name: rows.values("pk").annotate(asked_of=Max(name)),
    "under another name": lambda rows, name: rows.annotate(asked_of=F(name)),
    "as values": lambda rows, name: rows.values(name),
    "as a list": lambda rows, name: rows.values_list("pk", name),
    "beginning with": lambda rows, name: rows.filter(**{f"{name}__startswith": "x"}),
    "containing": lambda rows, name: rows.filter(**{f"{name}__icontains": "x"}),
    "greater than": lambda rows, name: rows.filter(**{f"{name}__gt": "x"}),
}


@pytest.mark.parametrize("asked", ASKED)
def test_no_sealed_column_can_be_asked(asked: str) -> None:
    let_by = []
    for field in SEALED:
        try:
            str(ASKED[asked](field.model._base_manager.all(), field.name).query)
        except (LooksInside, FieldError, TypeError):
            continue
        let_by.append(field.place)
    assert len(SEALED) > 25
    assert set(let_by) <= (
        WITHOUT_ITS_ROW if asked in {"as values", "as a list", "under another name"} else set()
    )


def test_nor_over_a_table_that_points_to_it_and_what_may_be_asked_is_answered() -> None:
    for rows in (Jobseeker.objects.order_by("user__email"), Jobseeker.objects.values_list("user__phone")):
        with pytest.raises(LooksInside):
            str(rows.query)
    for field in SEALED:
        rows, name = field.model._base_manager.all(), field.name
        for given in ({f"{name}__isnull": False}, {f"{name}__sealed": True}):
            assert str(rows.filter(**given).query)
        assert str(rows.only(name).query) and str(rows.defer(name).query)
        if isinstance(field, EncryptedContact):
            assert "SUBSTR" in str(rows.filter(**{name: "lison@example.org"}).query)


def test_no_sql_of_ours_names_a_sealed_column() -> None:
    """Written by hand it is compiled by nobody: no text of our code holds a statement with table and column."""
    verbs = re.compile(r"\b(SELECT|UPDATE|DELETE FROM|INSERT INTO|WHERE|ORDER BY)\b")
    found = []
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and verbs.search(node.value):
                words = set(re.findall(r"\w+", node.value))
                found += [
                    (path.name, field.place)
                    for field in SEALED
                    if {field.model._meta.db_table, field.column} <= words
                ]
    assert not found
