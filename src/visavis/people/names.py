"""Names as they are searched and put in order: folded, and word by word, by indexes of both databases.

`Folded` columns are worked out from the name whenever a person is saved. The database itself keeps the words of a
folded name (`NameWord`) in step: a trigger, so that no way of writing a name can forget them.
"""

from collections.abc import Iterable
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Lookup

from visavis.folding import distance, fold_words

LONGEST = 200
LAST_SIGN = "\U0010ffff"


def folded(name: str) -> str:
    """Return a name as lists put it in order."""
    return fold_words(name)[:LONGEST]


def in_any_order(name: str) -> str:
    """Return what two names share that have the same words, whichever comes first."""
    return " ".join(sorted(fold_words(name).split()))[:LONGEST]


class Folded(models.CharField):  # type: ignore[type-arg]
    """A name folded, written whenever the row is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"max_length": LONGEST, "db_index": True, "editable": False, "default": ""}
        super().__init__(*args, **usual | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.made_of(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value

    def made_of(self, name: str) -> str:
        return folded(name)


class FoldedInAnyOrder(Folded):
    """The words of a name in the order of the alphabet."""

    def made_of(self, name: str) -> str:
        return in_any_order(name)


@models.CharField.register_lookup
class Begins(Lookup):
    """A text begins so, found by the index of the column: `LIKE` would not use SQLite's."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, given = self.process_lhs(compiler, connection)
        sign, params = self.process_rhs(compiler, connection)
        values = [str(value) for value in params]
        if connection.vendor == "postgresql":
            escaped = [value.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") for value in values]
            return f"{column} LIKE {sign}", [*given, *(f"{value}%" for value in escaped)]
        ends = [f"{value}{LAST_SIGN}" for value in values]
        return f"({column} >= {sign} AND {column} < {sign})", [*given, *values, *given, *ends]


def near(word: str, among: Iterable[str]) -> list[str]:
    """Return the words that have one letter wrong at most."""
    return [one for one in among if distance(word, one, 1) <= 1]


SQLITE = [
    """CREATE TRIGGER people_user_{when}_words AFTER {event} ON people_user {other}
       BEGIN
         DELETE FROM people_nameword WHERE user_id = NEW.id;
         INSERT INTO people_nameword (user_id, word)
         SELECT DISTINCT NEW.id, value FROM json_each('["' || replace(NEW.folded_name, ' ', '","') || '"]')
         WHERE value <> '';
       END"""
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION people_name_words() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         DELETE FROM people_nameword WHERE user_id = NEW.id;
         INSERT INTO people_nameword (user_id, word)
         SELECT DISTINCT NEW.id, word FROM regexp_split_to_table(NEW.folded_name, ' ') AS word WHERE word <> '';
         RETURN NULL;
       END $$""",
    """CREATE TRIGGER people_user_{when}_words AFTER {event} ON people_user
       FOR EACH ROW {other} EXECUTE FUNCTION people_name_words()""",
]
EVENTS = {
    "new": ("INSERT", ""),
    "changed": ("UPDATE OF folded_name", "WHEN (OLD.folded_name <> NEW.folded_name)"),
}


def keep_words_in_step() -> migrations.RunPython:
    """Return the migration step that has the database keep the words; safe to repeat.

    SQLite forgets triggers when Django makes a table anew: a migration that changes a column of `User` ends with it.
    """

    def raised(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        lowered(apps, editor)
        for when, (event, other) in EVENTS.items():
            for sql in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
                editor.execute(sql.format(when=when, event=event, other=other), params=None)

    def lowered(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        on = " ON people_user" if editor.connection.vendor == "postgresql" else ""
        for when in EVENTS:
            editor.execute(f"DROP TRIGGER IF EXISTS people_user_{when}_words{on}", params=None)

    return migrations.RunPython(raised, lowered)
