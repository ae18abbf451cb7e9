"""Who may open the pages of an answer to an opening."""

from tests.access.row import EVERYBODY, Row

OPENING = {"vacancy_id": "vacancy"}
COUNTER = frozenset({"bruno", "dario", "rosa"})
HERS = {**OPENING, "jobseeker_id": "jobseeker"}

ROWS = [
    Row("applying:answer", EVERYBODY, OPENING),
    Row("applying:answer", EVERYBODY, OPENING, method="post"),
    Row("applying:answer", frozenset(), {"vacancy_id": "draft"}),
    Row("applying:code", EVERYBODY, OPENING),
    Row("applying:needed", EVERYBODY, OPENING),
    Row("applying:needed", EVERYBODY, OPENING, method="post", data={"skip": "yes"}),
    Row("applying:paper", EVERYBODY, OPENING),
    Row("applying:number", COUNTER),
    Row("applying:people", COUNTER, OPENING),
    Row("applying:people", COUNTER, OPENING, method="post", data={"q": "a"}),
    # Her own counsellor and the reception of her agency; nobody of another agency.
    Row("applying:person", frozenset({"bruno", "rosa"}), HERS),
    Row("applying:person", frozenset({"bruno", "rosa"}), HERS, method="post"),
]
