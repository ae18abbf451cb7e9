"""Who may open what is asked of who opens many files."""

from tests.access.row import Row

STAFF = frozenset({"bruno", "dario", "rosa", "hugo", "nadia", "chloe", "emile"})

ROWS: list[Row] = [
    Row("noticing:reason", STAFF, method="post", data={"words": "tomorrow's workshop", "next": "/"}),
    Row("noticing:noticed", frozenset({"hugo", "nadia"})),
    Row("noticing:outside", frozenset({"hugo", "nadia"})),
]
