"""Who may open the pages of programs that are told: the head of their agency."""

from tests.access.row import Row

HEAD = frozenset({"hugo"})
MINE, OTHER = {"agency_id": "agency"}, {"agency_id": "other_agency"}
ONE: dict[str, str | int] = {"endpoint_id": "webhook"}

ROWS: list[Row] = [
    Row("webhooks:index", HEAD, MINE),
    Row("webhooks:index", frozenset(), OTHER),
    Row("webhooks:new", HEAD, MINE),
    Row("webhooks:new", HEAD, MINE, method="post"),
    Row("webhooks:new", frozenset(), OTHER, method="post", data={"address": "https://x.example/"}),
    Row("webhooks:page", HEAD, ONE),
    *(Row(f"webhooks:{name}", HEAD, ONE, method="post") for name in ("rotate", "turn_on", "turn_off", "try")),
    Row("webhooks:send_again", HEAD, {"delivery_id": "webhook_message"}, method="post"),
    Row("webhooks:remove", HEAD, ONE),
    Row("webhooks:remove", HEAD, ONE, method="post"),
]
