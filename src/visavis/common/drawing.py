"""Make tables in an empty database without drawing every model anew at each step: a third of the time.

After each change Django draws the model that changed, all that lean on it and all that lean on those: nearly all there
are. The statement that follows asks for the changed model alone. Here it alone is drawn; what a function of a migration
finds, and what a change asks that others lean on, is drawn whole as ever. That the tables are those that Django makes:
`tests/test_migrated.py`, on both databases.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced

# Their statement is about one model; a function (`RunPython`) has the state drawn anew by itself.
OF_ONE_MODEL = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AlterField,
    migrations.RemoveField,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterUniqueTogether,
    migrations.RunPython,
    migrations.RunSQL,
)


def is_of_one_model(state: ProjectState, migration: Migration) -> bool:
    """Return whether no step of it asks what leans on the model that it changes."""
    if not all(isinstance(step, OF_ONE_MODEL) for step in migration.operations):
        return False
    # Looked for, and forgotten: who leans on whom, once known, changes the order of a changed model's columns.
    known = state._relations  # type: ignore[attr-defined]
    try:
        return not any(
            field_is_referenced(state, (migration.app_label, step.model_name_lower), (step.name, step.field))
            for step in migration.operations
            if isinstance(step, migrations.AlterField)
        )
    finally:
        state._relations = known  # type: ignore[attr-defined]


# Django says nothing of the names that are put aside for the while.
STATE: Any = ProjectState
MIGRATION: Any = Migration


@contextmanager
def sparingly() -> Iterator[None]:
    """Draw only what changed while tables are made."""
    apply, find = MIGRATION.apply, STATE._find_reload_model

    def alone(self: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        self.is_delayed = True
        return {(app_label, model_name)}

    def applied(self: Migration, state: ProjectState, *given: Any, **more: Any) -> Any:
        if is_of_one_model(state, self):
            STATE._find_reload_model = alone
        else:
            state.clear_delayed_apps_cache()
        try:
            return apply(self, state, *given, **more)
        finally:
            STATE._find_reload_model = find

    MIGRATION.apply = applied
    try:
        yield
    finally:
        MIGRATION.apply = apply
