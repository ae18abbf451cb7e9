"""The words of openings in the database's own full text: SQLite's FTS5, PostgreSQL's tsvector. The same stems in both.

Stems are made here and given whole, so that both databases find the same. A number without an opening does no harm.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection
from numpy.typing import NDArray

_SIGNS = str.maketrans({"+": "ₚ", "#": "ₛ", "'": " ", '"': " ", "\\": " "})

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE searches_words USING fts5("
        "words, content='', contentless_delete=1, detail='none', tokenize='ascii')"
    ],
    "postgresql": [
        "CREATE TABLE searches_words (vacancy_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX searches_words_gin ON searches_words USING gin (words) WITH (fastupdate = off)",
    ],
}
DROP = "DROP TABLE searches_words"
PUT = {
    "sqlite": "INSERT OR REPLACE INTO searches_words (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO searches_words VALUES (%s, array_to_tsvector(%s)) "
    "ON CONFLICT (vacancy_id) DO UPDATE SET words = excluded.words",
}
REMOVE = {
    "sqlite": "DELETE FROM searches_words WHERE rowid = %s",
    "postgresql": "DELETE FROM searches_words WHERE vacancy_id = %s",
}
HOLDERS = {
    "sqlite": "SELECT group_concat(rowid) FROM searches_words WHERE searches_words MATCH %s",
    "postgresql": "SELECT string_agg(vacancy_id::text, ',') FROM searches_words WHERE words @@ %s::tsquery",
}
QUOTED = {"sqlite": '"{}"', "postgresql": "'{}'"}


def put(rows: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Write the stems of openings, in place of those of before."""
    given = [(number, sorted({_written(stem) for stem in stems} - {""})) for number, stems in rows]
    if connection.vendor == "sqlite":
        given = [(number, " ".join(stems)) for number, stems in given]  # type: ignore[misc]
    with connection.cursor() as cursor:
        cursor.executemany(PUT[connection.vendor], given)


def remove(numbers: Sequence[int]) -> None:
    """Forget the words of openings."""
    with connection.cursor() as cursor:
        cursor.executemany(REMOVE[connection.vendor], [(number,) for number in numbers])


def holders(stem: str) -> NDArray[np.int64]:
    """Return the numbers of the openings whose words hold a stem, in any order."""
    word = _written(stem)
    if not word or " " in word:
        return np.zeros(0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS[connection.vendor], [QUOTED[connection.vendor].format(word)])
        found = cursor.fetchone()[0]
    return np.fromstring(found, np.int64, sep=",") if found else np.zeros(0, np.int64)


def _written(stem: str) -> str:
    """Write a stem as both databases keep it whole."""
    return stem.encode("utf-8", "replace").decode().translate(_SIGNS).strip()
