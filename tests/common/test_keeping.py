"""What each app says it keeps of people: checked against the tables, and against the page of retention."""

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from tests import factories
from tests.personas import Town
from visavis.common import keeping
from visavis.common.keeping import NOBODY, Erased
from visavis.jobseekers.models import Experience
from visavis.people.models import User

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
TABLES = [(one, rows) for one in keeping.kept() for rows in one.tables]


def about_people() -> set[type[models.Model]]:
    """Return the tables from whose rows foreign keys lead to an account, however long the way."""
    found: set[type[models.Model]] = {User}
    keys = [
        (model, field.related_model)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
    ]
    while more := {model for model, to in keys if to in found} - found:
        found |= more
    # A confirmation of an address is used up within minutes; it goes with the address.
    ours = {model for model in found if model.__module__.startswith(("visavis.", "allauth."))}
    return {model for model in ours if model.__name__ != "EmailConfirmation"}


def test_every_table_about_people_is_named_once_by_its_app_and_the_page_says_the_same_word_for_word() -> None:
    named = [rows.model for _one, rows in TABLES]
    assert len(about_people()) > 20
    assert not {model._meta.label for model in about_people() - set(named)}
    assert len(named) == len(set(named))
    table = PAGE.read_text(encoding="utf-8").split("## Retention")[1].split("\n## ")[0]
    lines = [line for line in table.splitlines()[3:] if line.startswith("|")]
    page = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines}
    assert page == {(one.what, one.until, one.why, one.law, one.how) for one in keeping.kept()}


def test_what_is_said_of_erasing_is_what_the_database_does() -> None:
    for one, rows in TABLES:
        # A view has no rows of its own: it shows those of a table that is named beside it.
        is_led = isinstance(rows.person, str) and rows.person not in {"", "pk"} and rows.model._meta.managed
        if one.erased is Erased.WITH_ACCOUNT and is_led:
            model = rows.model
            for step in rows.person.split("__"):
                field = model._meta.get_field(step)
                assert field.remote_field.on_delete is models.CASCADE, f"{model.__name__}.{step}"
                model = field.related_model
            assert model is User
        if one.erased is Erased.FORGETS_AUTHOR:
            assert rows.model._meta.get_field(rows.person).remote_field.on_delete is models.SET_NULL, one.what
        assert (one.law == NOBODY) <= (one.erased is Erased.NEVER), one.what


@pytest.mark.database
def test_who_takes_all_away_gets_every_row_about_her_none_of_anybody_else_and_no_secret(town: Town) -> None:
    amelie, gael = town.jobseeker, factories.JobseekerFactory()
    for one in (amelie, gael):
        Experience.objects.create(jobseeker=one, title="Soudeuse")
    given = keeping.export(amelie.user_id)
    assert [row["id"] for row in given["people.User"]] == [amelie.user_id]
    assert [row["jobseeker_id"] for row in given["jobseekers.Experience"]] == [amelie.pk]
    hers = [rows for _one, rows in TABLES if rows.person]
    assert set(given) == {rows.model._meta.label for rows in hers}
    assert json.dumps(given, cls=DjangoJSONEncoder)
    secret = re.compile(r"password|digest$|^data$|secret|^key$")
    told = {
        f"{rows.model._meta.label}.{field.name}"
        for rows in hers
        for field in rows.model._meta.concrete_fields
        if secret.search(field.name) and field.name not in rows.secret
    }
    # Digests of what was done and of what was signed unseen: they open nothing.
    assert told == {"journal.Entry.digest", "traces.Permit.blinded_digest"}


def test_a_word_that_nobody_knows_is_refused() -> None:
    said = {"what": "notes", "until": "a day", "why": "to work", "how": "by night", "erased": "by magic"}
    with pytest.raises(ValueError, match="by magic"):
        keeping.read(said)
    with pytest.raises(TypeError, match="whose"):
        keeping.read({**said, "erased": "kept until its time is over", "whose": "hers"})
