"""Who gives, sorts and opens scans of paper: the counter and counsellors of its agency. Who prints whose sheets."""

from tests.access.row import JOBSEEKERS, Row

HER = {"user_id": "amelies_account"}
SCAN = {"scan_id": "scan"}
PART = {"part_id": "part"}
SHEET = {"part_id": "sheet_part"}
AGENCY = frozenset({"bruno", "rosa"})
CLERKS = frozenset({"bruno", "dario", "rosa"})

ROWS: list[Row] = [
    Row("scans:tray", CLERKS),
    Row("scans:tray", CLERKS, method="post"),
    Row("scans:scan", AGENCY, SCAN),
    # The file of the page is not there: tests/scans goes on.
    Row("scans:picture", frozenset(), {**SCAN, "number": 1}),
    Row("scans:small", frozenset(), {**SCAN, "number": 1}),
    Row("scans:seen", AGENCY, SCAN, method="post"),
    Row("scans:part", AGENCY, PART),
    Row("scans:part", AGENCY, PART, method="post", data={"act": "aside"}),
    Row("scans:sheet", frozenset({"bruno"}), SHEET),
    Row("scans:sheet", frozenset({"bruno"}), SHEET, method="post", data={"channel": "post"}),
    Row("scans:take_back", AGENCY, PART, method="post"),
    Row("scans:cover", JOBSEEKERS),
    Row("scans:cover", JOBSEEKERS, method="post", data={"purpose": "message"}),
    Row("scans:cover_of", AGENCY, HER),
    Row("scans:cover_of", AGENCY, HER, method="post", data={"purpose": "message"}),
    Row("scans:cover_pdf", frozenset({"amelie", "bruno", "rosa"}), {"cover_id": "cover"}),
]
