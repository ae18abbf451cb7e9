"""What the database knows of how its rows are spread, by which it plans how to find some."""

from time import monotonic

from django.db import connection

# SQLite looks at the tables that have grown or were written anew since it looked last, at a part of each.
LOOK = "PRAGMA optimize=0x10002"
EVERY_S = 3600.0
_looked_at: list[float] = []


def look() -> None:
    """Have SQLite look at its rows, which PostgreSQL does by itself: now, and then once an hour.

    A migration that writes a table anew throws away what was known of it; some pages then take three times as long.
    """
    if connection.vendor != "sqlite" or (_looked_at and monotonic() - _looked_at[0] < EVERY_S):
        return
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
    _looked_at[:] = [monotonic()]
