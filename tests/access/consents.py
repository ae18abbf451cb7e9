"""What she agreed to: her own page."""

from tests.access.row import SIGNED_IN, Row

ROWS: list[Row] = [
    Row("consents:mine", SIGNED_IN),
    Row("consents:mine", SIGNED_IN, method="post"),
]
