"""The words of a statement as SQLite takes them: Django puts a mark for each value anew whenever it is asked.

A page of the desk asks up to forty questions of some thousand letters each; their words are those of the time before.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

# As many as a connection keeps plans of (`config/databases.py`).
KEPT = 512


@lru_cache(maxsize=KEPT)
def marked(query: str) -> str:
    """Return a statement with SQLite's marks in the places of its values, as Django's cursor does."""
    return str(FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))


def keep_words() -> None:
    """Have the cursors of SQLite mark each statement once."""
    anew: Any = SQLiteCursorWrapper.convert_query

    def convert_query(self: Any, query: str, *, param_names: Any = None) -> Any:
        return marked(query) if param_names is None else anew(self, query, param_names=param_names)

    SQLiteCursorWrapper.convert_query = convert_query  # type: ignore[method-assign]
