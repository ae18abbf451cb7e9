"""Who may look for a second file, merge two, and undo it."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

DESK = frozenset({"rosa", "hugo"})
FILE: dict[str, str | int] = {"jobseeker_id": "jobseeker"}
OTHER: dict[str, str | int] = {"jobseeker_id": "other_jobseeker"}
BOTH: dict[str, str | int] = FILE | {"other_id": "twin"}
APART: dict[str, str | int] = FILE | {"other_id": "other_jobseeker"}
MERGE: dict[str, str | int] = {"merge_id": "merge"}
WANTED = {
    "why": "paper",
    "looked": "on",
    "form": "0b0f5c3e-9f3c-4f8e-9a53-3d4f2f2b7c33",
    "fact_email": "stays",
}

ROWS: list[Row] = [
    Row("merging:list", DESK),
    Row("merging:search", DESK, FILE),
    Row("merging:search", frozenset(), OTHER),
    Row("merging:search", DESK, FILE, method="post", data={"q": "Gaël"}),
    Row("merging:compare", DESK, BOTH),
    Row("merging:compare", frozenset(), APART),
    Row("merging:compare", DESK, BOTH, method="post", data=WANTED, statuses=(200, 302, 400)),
    Row("merging:compare", frozenset(), APART, method="post", data=WANTED),
    Row("merging:one", DESK | {"bruno", "amelie"}, MERGE),
    Row("merging:one", DESK | {"bruno", "amelie"}, MERGE, method="post"),
    Row("merging:mine", JOBSEEKERS),
    Row("merging:mine", JOBSEEKERS, method="post"),
    Row("merging:by_link", EVERYBODY, {"code": "merge_link"}),
    Row("merging:by_link", EVERYBODY, {"code": "merge_link"}, method="post"),
]
