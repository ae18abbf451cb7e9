"""The town that is put up in every test is the one that its factories make."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models, transaction

from tests import factories, personas, standing
from tests.personas import Town
from visavis.common import clock

pytestmark = pytest.mark.database


@pytest.fixture
def built(db: None) -> Iterator[dict[str, int]]:
    """How many rows of each table the factories make."""
    with transaction.atomic():
        before = counts()
        personas.build()
        found = counts()
        transaction.set_rollback(True)
    yield {name: number - before[name] for name, number in found.items()}


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def rows(town: Town) -> list[models.Model]:
    own = [one for one in vars(town).values() if isinstance(one, models.Model)]
    return [*own, *town.people.values()]


def test_it_writes_as_many_rows_as_the_factories(built: dict[str, int], kept_town: bytes) -> None:
    before = counts()
    standing.put_up(kept_town)
    assert {name: number - before[name] for name, number in counts().items()} == built
    assert sum(built.values()) > 30


def test_it_is_put_up_and_not_built_anew(kept_town: bytes, db: None) -> None:
    """Else every test pays for the factories, and none says so."""

    def never() -> Town:
        pytest.fail("the town was built anew: what of it stands before it is put up?")

    standing.put_up(kept_town, never)


def test_each_person_and_thing_is_what_the_database_holds(town: Town) -> None:
    for one in rows(town):
        held = type(one)._base_manager.get(pk=one.pk)
        names = [field.attname for field in one._meta.concrete_fields]
        assert {name: getattr(held, name) for name in names} == {name: getattr(one, name) for name in names}


def test_it_was_made_now(kept_town: bytes, db: None) -> None:
    since = clock.now()
    town = standing.put_up(kept_town)
    assert since <= town.people["amelie"].joined_at <= clock.now()


def test_where_something_of_it_stands_the_factories_make_it(kept_town: bytes, db: None) -> None:
    commune = factories.CommuneFactory(name="Valence-sur-Rhône")
    assert standing.put_up(kept_town).agency.commune == commune
    assert factories.CommuneFactory().name == "Valence-sur-Rhône"
