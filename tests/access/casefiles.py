"""Who may open case files: the person what was shared with her, her counsellor, and who stands in."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

A_FORM = "0b0f5c3e-9f3c-4f8e-9a53-3d4f2f2b7c11"
HERS = {"jobseeker_id": "jobseeker"}
MINUTES = {"minutes_id": "minutes"}
DRAFT = {"minutes_id": "draft_minutes"}
HER_COUNSELLOR = frozenset({"bruno"})


def plan_rows(
    suffix: str, whoever: frozenset[str], whose: frozenset[str] | set[str], of: dict[str, str | int]
) -> list[Row]:
    """Return the rows of a plan's pages: her own, or at the desk."""
    item: dict[str, str | int] = of | {"item_id": "plan_item"}
    wanted = {"words": "Appeler", "whose": "person", "way": "site"}
    return [
        Row(f"casefiles:add{suffix}", whoever, of | {"kind": "action"}),
        Row(f"casefiles:add{suffix}", whoever, of | {"kind": "goal"}, method="post", data=wanted),
        Row(f"casefiles:item{suffix}", whose, item),
        Row(f"casefiles:item{suffix}", whose, item, method="post", data={"act": "done"}),
        Row(f"casefiles:hurdles{suffix}", whoever, of),
        Row(f"casefiles:hurdles{suffix}", whoever, of, method="post", data={"shown": "travel"}),
        Row(f"casefiles:printed{suffix}", whoever, of),
    ]


ROWS: list[Row] = [
    Row("casefiles:mine", JOBSEEKERS),
    Row("casefiles:plan_of", HER_COUNSELLOR, HERS),
    Row("casefiles:agree", JOBSEEKERS, method="post", statuses=(302, 409)),
    Row("casefiles:agree_of", HER_COUNSELLOR, HERS, method="post", statuses=(302, 409)),
    *plan_rows("", JOBSEEKERS, {"amelie"}, {}),
    *plan_rows("_of", HER_COUNSELLOR, HER_COUNSELLOR, HERS),
    Row("casefiles:ending", JOBSEEKERS),
    Row("casefiles:ending", JOBSEEKERS, method="post", data={"act": "stay"}),
    Row("casefiles:ending_one", {"amelie", *HER_COUNSELLOR}, {"ending_id": "ending"}),
    Row("casefiles:ending_by_link", EVERYBODY, {"code": "ending_code"}),
    Row("casefiles:ending_by_link", EVERYBODY, {"code": "ending_code"}, method="post", data={"act": "stay"}),
    Row("casefiles:ending_of", HER_COUNSELLOR, HERS),
    Row("casefiles:ending_of", HER_COUNSELLOR, HERS, method="post", data={"act": "withdraw"}),
    Row("casefiles:mark", HER_COUNSELLOR, HERS),
    Row("casefiles:mark", HER_COUNSELLOR, HERS, method="post", data={"colour": "wait"}),
    Row("casefiles:notes", HER_COUNSELLOR, HERS),
    Row(
        "casefiles:notes",
        HER_COUNSELLOR,
        HERS,
        method="post",
        data={"purpose": "care", "words": "x", "form": A_FORM},
    ),
    Row("casefiles:note_away", HER_COUNSELLOR, HERS | {"note_id": "note"}, method="post"),
    Row("casefiles:of", HER_COUNSELLOR, HERS),
    Row("casefiles:of", HER_COUNSELLOR, HERS, method="post", data={"met": "phone", "day": "2026-01-05"}),
    Row("casefiles:minutes", HER_COUNSELLOR | {"amelie"}, MINUTES),
    Row(
        "casefiles:minutes",
        HER_COUNSELLOR | {"amelie"},
        MINUTES,
        method="post",
        data={"number": "1", "body": "x", "version": "99"},
        statuses=(302, 409),
    ),
    Row("casefiles:minutes", HER_COUNSELLOR, DRAFT),
    Row("casefiles:throw_away", HER_COUNSELLOR, DRAFT),
    Row("casefiles:throw_away", HER_COUNSELLOR, DRAFT, method="post"),
    Row("casefiles:begin", HER_COUNSELLOR, {"appointment_id": "appointment"}, method="post"),
]
