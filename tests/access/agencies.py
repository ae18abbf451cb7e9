"""Who may open the pages of agencies."""

from tests.access.row import EVERYBODY, Row

HEAD = frozenset({"hugo"})

ROWS: list[Row] = [
    Row("agencies:agencies", EVERYBODY),
    Row("agencies:page", EVERYBODY, {"agency_id": "agency"}),
    Row("agencies:hours", HEAD, {"agency_id": "agency"}),
    Row("agencies:hours", frozenset(), {"agency_id": "other_agency"}),
    Row(
        "agencies:hours",
        HEAD,
        {"agency_id": "agency"},
        method="post",
        data={"time_0_0": "8", "time_0_1": "12"},
    ),
    Row(
        "agencies:hours",
        frozenset(),
        {"agency_id": "other_agency"},
        method="post",
        data={"time_0_0": "8", "time_0_1": "12"},
    ),
]
