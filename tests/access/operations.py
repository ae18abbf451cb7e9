"""Who may open what tells whether all is running."""

from tests.access.row import EVERYBODY, Row

ROWS: list[Row] = [
    Row("operations:live", EVERYBODY),
    # Without a worker it is not ready.
    Row("operations:ready", EVERYBODY, statuses=(200, 503)),
    Row("operations:seen", frozenset(), forbidden=frozenset()),
    Row("operations:metrics", frozenset()),
    Row("operations:service", frozenset({"hugo"})),
]
