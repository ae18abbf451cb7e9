"""The words of a statement as a database takes them: what puts a mark for each value does it anew whenever it is asked.

A page of the desk asks up to forty questions of some thousand letters each; their words are those of the time before.
Django's cursor of SQLite keeps none of them; psycopg keeps a hundred, and none of the long ones, which several
questions asked together are.
"""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

# As many as a connection keeps plans of (`config/databases.py`).
KEPT = 512
# What is written for hundreds of rows at once is longer, and another each time.
LONGEST, MOST_VALUES = 24_000, 250


@lru_cache(maxsize=KEPT)
def marked(query: str) -> str:
    """Return a statement with SQLite's marks in the places of its values, as Django's cursor does."""
    return str(FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


def keep_words() -> None:
    """Have each statement marked once."""
    anew: Any = SQLiteCursorWrapper.convert_query

    def convert_query(self: Any, query: str, *, param_names: Any = None) -> Any:
        return marked(query) if param_names is None else anew(self, query, param_names=param_names)

    SQLiteCursorWrapper.convert_query = convert_query  # type: ignore[method-assign]
    if connection.vendor == "postgresql":
        _keep_of_postgresql()


def _keep_of_postgresql() -> None:
    """Have psycopg keep more words, and longer ones."""
    from psycopg import _queries  # noqa: PLC0415  (a tenth of a second, for nothing beside SQLite)

    _queries.MAX_CACHED_STATEMENT_LENGTH = LONGEST
    _queries.MAX_CACHED_STATEMENT_PARAMS = MOST_VALUES
    _queries._query2pg_client = lru_cache(maxsize=KEPT)(_queries._query2pg_client_nocache)
