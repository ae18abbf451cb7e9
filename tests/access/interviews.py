"""Who may take which seat: whoever holds the link of a seat; for a counsellor's she signs in too, and may receive."""

from tests.access.row import EVERYBODY, Row

ONE: dict[str, str | int] = {"appointment_id": "appointment_by_video"}
HOST: dict[str, str | int] = {"code": "host_seat"}
HERS: dict[str, str | int] = {"code": "her_seat"}
NOBODYS: dict[str, str | int] = {"code": "1-nobodys"}
RECEIVES = frozenset({"bruno"})
HEAD = frozenset({"hugo"})
MINE: dict[str, str | int] = {"agency_id": "agency"}
OTHER: dict[str, str | int] = {"agency_id": "other_agency"}

DESK = frozenset({"bruno", "rosa"})
WORKS = DESK | {"dario"}
CALL: dict[str, str | int] = {"call_id": "call"}

ROWS: list[Row] = [
    Row("interviews:link", EVERYBODY, HERS),
    Row("interviews:link", frozenset(), NOBODYS),
    Row("interviews:waiting", WORKS),
    Row("interviews:calls", WORKS),
    Row("interviews:figures", HEAD, MINE),
    Row("interviews:figures", frozenset(), OTHER),
    Row("interviews:call", DESK, CALL),
    Row("interviews:call", DESK, CALL, method="post", data={"act": "miss"}),
    Row("interviews:move", RECEIVES, {**ONE, "act": "absent"}, method="post"),
    Row("interviews:try", EVERYBODY),
    Row("interviews:trying", EVERYBODY, HERS),
    Row("interviews:trying", frozenset(), NOBODYS),
    Row("interviews:call_me", EVERYBODY, HERS),
    Row("interviews:call_me", EVERYBODY, HERS, method="post", data={"number": "06 12 34 56 78"}),
    Row("interviews:call_me", frozenset(), HOST, method="post"),
    Row("interviews:instead", EVERYBODY, {**HERS, "why": "camera"}),
    Row("interviews:instead", frozenset(), {**HERS, "why": "nothing"}),
    Row("interviews:enter", RECEIVES | {"amelie"}, ONE),
    Row("interviews:enter", RECEIVES | {"amelie"}, ONE, method="post"),
    Row("interviews:seat", RECEIVES, HOST),
    Row("interviews:seat", EVERYBODY, HERS),
    Row("interviews:seat", frozenset(), NOBODYS),
    Row("interviews:act", RECEIVES, {**HOST, "what": "admit"}, method="post", data={"seat": "2"}),
    Row("interviews:act", frozenset(), {**HERS, "what": "admit"}, method="post", data={"seat": "1"}),
    Row("interviews:act", EVERYBODY, {**HERS, "what": "arrive"}, method="post"),
    Row("interviews:state", RECEIVES, HOST),
    Row("interviews:state", EVERYBODY, HERS),
    Row("interviews:relay", RECEIVES, HOST),
    Row("interviews:relay", EVERYBODY, HERS, statuses=(410,)),
    Row("interviews:picture", frozenset(), {**HERS, "number": 1}),
    Row("interviews:connect", RECEIVES, HOST, method="post"),
    Row("interviews:connect", EVERYBODY, HERS, method="post"),
    Row("interviews:sign", RECEIVES, HOST, method="post", data={"c": "1"}, statuses=(200, 412, 410)),
    Row("interviews:sign", EVERYBODY, HERS, method="post", data={"c": "1"}, statuses=(200, 412, 410)),
    Row("interviews:post", RECEIVES, HOST, method="post", statuses=(400, 412, 410)),
    Row("interviews:post", EVERYBODY, HERS, method="post", statuses=(400, 412, 410)),
]
