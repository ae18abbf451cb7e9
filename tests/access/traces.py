"""Who may open the traces: most of it anybody, signed in or not, and the same for all; permits, jobseekers only."""

from tests.access.row import Row
from tests.personas import PERSONAS

EVERYBODY = frozenset(PERSONAS)
PEOPLE = frozenset({"amelie", "gael"})
JSON = "application/json"

ROWS = [
    Row("traces:figures", EVERYBODY),
    Row("traces:figures", EVERYBODY, query="?group=m18"),
    Row("traces:terms", EVERYBODY, statuses=(404,)),
    Row("traces:interests", EVERYBODY),
    Row("traces:reports", EVERYBODY, method="post", statuses=(400,)),
    Row("traces:reports", EVERYBODY, statuses=(405,)),
    Row("traces:companion", EVERYBODY),
    Row("traces:signed", frozenset(), {"name": "updates.xml"}),
    Row("traces:download", EVERYBODY, {"target": "firefox"}, statuses=(200, 404)),
    Row("traces:window", EVERYBODY),
    Row("traces:permit", PEOPLE, method="post", statuses=(400,)),
    Row("traces:add_interests", PEOPLE, method="post", statuses=(400,)),
    Row("traces:knowing", EVERYBODY),
    Row("traces:mine", PEOPLE),
    Row("traces:mine", PEOPLE, method="post", data={"act": "stop"}),
    Row("matches:shortlist", PEOPLE),
]
