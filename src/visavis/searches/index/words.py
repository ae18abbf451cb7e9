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
        # A search reads the rows of all who hold a word, and nothing of them but their number. PostgreSQL keeps long
        # values apart only where a row passes 2 kB: `room` makes each pass, and is pressed to nothing: 90 bytes a row.
        "CREATE TABLE searches_words (vacancy_id bigint PRIMARY KEY, words tsvector NOT NULL, "
        "room text GENERATED ALWAYS AS (repeat(' ', 2048 + length(words))) STORED) WITH (toast_tuple_target = 128)",
        "ALTER TABLE searches_words ALTER COLUMN words SET STORAGE EXTERNAL",
        "CREATE INDEX searches_words_gin ON searches_words USING gin (words) WITH (fastupdate = off)",
        # Small rows look cheap to read from end to end, but each would be asked for words that stand apart.
        "CREATE FUNCTION searches_holders(asked text, most integer) RETURNS text "
        "LANGUAGE sql STABLE SET enable_seqscan = off AS $$ SELECT string_agg(vacancy_id::text, ',') FROM "
        "(SELECT vacancy_id FROM searches_words WHERE words @@ asked::tsquery LIMIT most) AS held $$",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE searches_words"],
    "postgresql": ["DROP FUNCTION IF EXISTS searches_holders(text, integer)", "DROP TABLE searches_words"],
}
PUT = {
    "sqlite": "INSERT OR REPLACE INTO searches_words (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO searches_words (vacancy_id, words) VALUES (%s, array_to_tsvector(%s)) "
    "ON CONFLICT (vacancy_id) DO UPDATE SET words = excluded.words",
}
REMOVE = {
    "sqlite": "DELETE FROM searches_words WHERE rowid = %s",
    "postgresql": "DELETE FROM searches_words WHERE vacancy_id = %s",
}
HOLDERS = {
    "sqlite": "SELECT group_concat(number) FROM "
    "(SELECT rowid AS number FROM searches_words WHERE searches_words MATCH %s LIMIT %s) AS held",
    "postgresql": "SELECT searches_holders(%s, %s)",
}
ALL = 2**31 - 1
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


def holders(stem: str, most: int = ALL) -> NDArray[np.int64]:
    """Return the numbers of the openings whose words hold a stem, or of so many of them, in any order."""
    word = _written(stem)
    if not word or " " in word:
        return np.zeros(0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS[connection.vendor], [QUOTED[connection.vendor].format(word), most])
        found = cursor.fetchone()[0]
    return np.fromstring(found, np.int64, sep=",") if found else np.zeros(0, np.int64)


def _written(stem: str) -> str:
    """Write a stem as both databases keep it whole."""
    return stem.encode("utf-8", "replace").decode().translate(_SIGNS).strip()
