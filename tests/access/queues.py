"""Who may see the queue: who works at that door its board, everybody the hall, the door and a place by its code."""

from tests.access.row import EVERYBODY, Row

WORKS_HERE = frozenset({"bruno", "rosa", "hugo"})
MINE, OTHER = {"agency_id": "agency"}, {"agency_id": "other_agency"}
TICKET: dict[str, str | int] = {"ticket_id": "ticket"}
PLACE: dict[str, str | int] = {"code": "ticket_code"}

ROWS: list[Row] = [
    Row("queues:index", WORKS_HERE | {"dario"}),
    Row("queues:board", WORKS_HERE, MINE),
    Row("queues:board", frozenset({"dario"}), OTHER),
    Row("queues:sit", WORKS_HERE, MINE, method="post", data={"desk": "3"}),
    Row("queues:sit", frozenset({"dario"}), OTHER, method="post", data={"desk": "3"}),
    Row("queues:next", WORKS_HERE, MINE, method="post"),
    Row("queues:next", frozenset({"dario"}), OTHER, method="post"),
    Row("queues:come_in", WORKS_HERE, MINE),
    Row("queues:come_in", WORKS_HERE, MINE, method="post", data={"q": "Amélie"}),
    Row("queues:come_in", frozenset({"dario"}), OTHER, method="post", data={"q": "Amélie"}),
    Row("queues:come_in_for", WORKS_HERE, {"jobseeker_id": "jobseeker"}),
    Row("queues:given", WORKS_HERE, TICKET),
    Row("queues:act", WORKS_HERE, {**TICKET, "what": "hold"}, method="post"),
    Row("queues:figures", frozenset({"hugo"}), MINE),
    Row("queues:figures", frozenset(), OTHER),
    Row("queues:alarms", WORKS_HERE | {"dario"}),
    Row("queues:alarm", WORKS_HERE | {"dario"}, method="post"),
    Row("queues:alarm_act", WORKS_HERE, {"alarm_id": "alarm"}, method="post", data={"word": "come"}),
    Row("queues:hall", EVERYBODY, MINE),
    Row("queues:take", EVERYBODY, {**MINE, "code": "0"}),
    Row("queues:take", EVERYBODY, {**MINE, "code": "0"}, method="post"),
    Row("queues:place", EVERYBODY, PLACE),
    Row("queues:move", EVERYBODY, {**PLACE, "act": "back"}, method="post"),
]
