"""Who may open the pages of agencies."""

from tests.access.row import EVERYBODY, Row

HEAD = frozenset({"hugo"})
WORKS_HERE = frozenset({"bruno", "rosa", "hugo"})
MINE, OTHER = {"agency_id": "agency"}, {"agency_id": "other_agency"}
BRUNO: dict[str, str | int] = {"agency_id": "agency", "user_id": "colleague"}
ELSEWHERE: dict[str, str | int] = {"agency_id": "other_agency", "user_id": "colleague"}

ROWS: list[Row] = [
    Row("agencies:agencies", EVERYBODY),
    Row("agencies:page", EVERYBODY, {"agency_id": "agency"}),
    Row("agencies:door", HEAD, {"agency_id": "agency"}),
    Row("agencies:door", frozenset(), {"agency_id": "other_agency"}),
    Row("agencies:door", HEAD, {"agency_id": "agency"}, method="post", data={"name": "x"}),
    Row("agencies:door", frozenset(), {"agency_id": "other_agency"}, method="post", data={"name": "x"}),
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
    Row("agencies:times", WORKS_HERE, MINE),
    Row("agencies:times", frozenset({"dario"}), OTHER),
    Row("agencies:close", HEAD, MINE),
    Row("agencies:close", HEAD, MINE, method="post", data={"reason": "x"}),
    Row("agencies:close", frozenset(), OTHER, method="post", data={"reason": "x"}),
    Row("agencies:repeat", HEAD, MINE | {"shape": "month"}),
    Row("agencies:repeat", HEAD, MINE | {"shape": "year"}, method="post", data={"reason": "x"}),
    Row("agencies:repeat", frozenset(), OTHER | {"shape": "weeks"}, method="post", data={"reason": "x"}),
    Row("agencies:open_on", HEAD, MINE),
    Row("agencies:open_on", HEAD, MINE, method="post", data={"reason": "x"}),
    Row("agencies:open_on", frozenset(), OTHER, method="post", data={"reason": "x"}),
    Row("agencies:open_again", HEAD, {"closure_id": "closure"}, method="post"),
    Row("agencies:as_usual", HEAD, {"day_id": "open_day"}, method="post"),
    Row("agencies:join", EVERYBODY),
    Row("agencies:join", EVERYBODY, method="post", data={"code": "", "email": ""}),
    Row("agencies:team", HEAD, MINE),
    Row("agencies:team", frozenset(), OTHER),
    Row("agencies:invite", HEAD, MINE),
    Row("agencies:invite", frozenset(), OTHER, method="post", data={"name": "X"}),
    Row("agencies:end_invitation", HEAD, {"invitation_id": "invitation"}, method="post"),
    Row("agencies:take_back", HEAD, {"handover_id": "handover"}, method="post"),
    Row("agencies:colleague", HEAD, BRUNO),
    Row("agencies:colleague", frozenset(), ELSEWHERE),
    Row("agencies:role", HEAD, BRUNO),
    Row("agencies:role", HEAD, BRUNO, method="post", data={"role": ""}),
    # Himself too: everybody notes his own.
    Row("agencies:absences", HEAD | {"bruno"}, BRUNO),
    Row("agencies:absences", frozenset(), ELSEWHERE, method="post"),
    # Bruno comes first in this table, and ends it: nothing is left to the head.
    Row("agencies:end_absence", frozenset({"bruno"}), {"absence_id": "absence"}, method="post"),
    Row("agencies:hand_over", HEAD, BRUNO),
    Row("agencies:hand_over", HEAD, BRUNO, method="post"),
    Row("agencies:leave", HEAD, BRUNO),
    Row("agencies:leave", frozenset(), ELSEWHERE, method="post"),
]
