"""Who may open documents: the person, her counsellor, her counter; nobody else."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

ONE = {"document_id": "document"}
HER = {"user_id": "amelies_account"}
PART = {"key": "partials_key"}
HANDLING = frozenset({"amelie", "bruno", "rosa"})
AGENCY = frozenset({"bruno", "rosa"})

ROWS: list[Row] = [
    Row("documents:mine", JOBSEEKERS),
    Row("documents:mine", JOBSEEKERS, method="post", data={"kind": "cv"}),
    # Without the header of the protocol it is refused: tests/documents/test_parts.py goes on.
    Row("documents:uploads_mine", JOBSEEKERS, method="post", statuses=(412,)),
    Row("documents:upload_mine", frozenset({"amelie"}), PART, method="delete", statuses=(412,)),
    Row("documents:uploads_of", AGENCY, HER, method="post", statuses=(412,)),
    Row("documents:upload_of", frozenset(), HER | PART, method="delete"),
    Row("documents:uploads_by_letter", frozenset(), {"envelope_id": "envelope"}, method="post"),
    Row("documents:upload_by_letter", frozenset(), {"envelope_id": "envelope"} | PART, method="delete"),
    Row("documents:of", AGENCY, HER),
    Row("documents:of", AGENCY, HER, method="post", data={"kind": "cv"}),
    Row("documents:ask", AGENCY, HER),
    Row("documents:ask", AGENCY, HER, method="post", data={"kind": "cv"}),
    Row("documents:end", AGENCY, {"expected_id": "expected"}, method="post"),
    Row("documents:phone", HANDLING, {"expected_id": "expected"}),
    Row("documents:by_phone", frozenset(), {"token": "nobodys"}),
    Row("documents:given_by_phone", frozenset(), {"expected_id": "expected"}),
    Row("documents:uploads_by_phone", frozenset(), {"expected_id": "expected"}, method="post"),
    Row("documents:upload_by_phone", frozenset(), {"expected_id": "expected"} | PART, method="delete"),
    Row("documents:phone_done", EVERYBODY, method="post"),
    Row("documents:search", frozenset({"bruno", "dario"})),
    Row("documents:search", frozenset({"bruno", "dario"}), method="post", data={"q": "attestation"}),
    Row("documents:page", HANDLING, ONE),
    # Nobody opens what was not looked at: tests/documents goes on.
    Row("documents:picture", frozenset(), {**ONE, "number": 1}),
    Row("documents:as_taken", frozenset(), {**ONE, "number": 1}, method="post"),
    Row("documents:pdf", frozenset(), ONE),
    Row("documents:decide", AGENCY, ONE, method="post", data={"act": "check"}),
    Row("documents:correct", AGENCY, ONE, method="post", data={"seen": "0"}),
    Row("documents:undo", AGENCY, ONE, method="post"),
    Row("documents:withdraw", HANDLING, ONE, method="post", statuses=(200, 302, 404)),
]
