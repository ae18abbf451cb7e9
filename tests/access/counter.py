"""Who may open visits at the counter: who receives her in it; and she, what was done."""

from tests.access.row import Row

ONE = {"visit_id": "counter_visit"}
HER = {"jobseeker_id": "jobseeker"}
CLERK = frozenset({"rosa"})

ROWS: list[Row] = [
    Row("counter:open", CLERK, HER),
    Row("counter:open", CLERK, HER, method="post", statuses=(200,)),
    Row("counter:open", CLERK, HER, method="post", data={"shown": "paper"}, statuses=(302,)),
    Row("counter:person", CLERK, ONE),
    Row("counter:page", CLERK, {**ONE, "page": "messages/"}, statuses=(200,)),
    Row("counter:page", CLERK, {**ONE, "page": "account/"}, statuses=(403,)),
    # Without the bond of its own page a form is refused: tests/counter/test_visits.py goes on.
    Row("counter:page", CLERK, {**ONE, "page": "messages/new/"}, method="post", statuses=(403,)),
    Row("counter:mine", frozenset({"amelie"}), ONE),
    Row("counter:act", CLERK, {**ONE, "act": "prolong"}, method="post"),
    Row("counter:act", CLERK, {**ONE, "act": "end"}, method="post"),
]
