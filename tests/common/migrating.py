"""Migrate back and forth as `migrate` does, without drawing the models of states in which nothing is done.

Going back, Django first walks through every migration, also those that it leaves alone, and after each step of each it
draws anew all models that hang on what changed: nine tenths of the time. Here a state's models are drawn when its own
migration is taken back, and only then.
"""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

type Plan = list[tuple[Migration, bool]]
type Targets = list[tuple[str, str]]


class Executor(MigrationExecutor):
    """Takes back one migration after the other from the state before it, as Django's own does."""

    def _migrate_all_backwards(self, plan: Plan, full_plan: Plan, fake: bool) -> Any:
        applied = {self.loader.graph.nodes[key] for key in self.loader.applied_migrations}
        back = {migration for migration, _ in plan}
        before, state = {}, self._create_project_state()
        for migration, _ in full_plan:
            if migration in back:
                before[migration] = state.clone()
            if migration in applied:
                migration.mutate_state(state, preserve=False)
        for migration, _ in plan:
            self.unapply_migration(before[migration], migration, fake=fake)
            # Its models go with it.
            del before[migration]
        # Nobody asks for the state that is reached: `models_of` draws one.
        return self._create_project_state()


def latest() -> Targets:
    """Return the newest migration of every app."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(to: Targets) -> None:
    """Bring the tables to where they stood with these migrations."""
    # A table with rows still to be checked is neither changed nor dropped by PostgreSQL.
    connection.check_constraints()
    if connection.vendor == "postgresql":
        # All is one transaction here: what is looked at only at its end would forbid changing the table before.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Executor(connection).migrate(to)


def models_of(to: Targets) -> Any:
    """Return the models as they were with these migrations."""
    return MigrationExecutor(connection).loader.project_state(to).apps
