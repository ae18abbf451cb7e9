"""Who may open which page of profiles."""

from tests.access.row import JOBSEEKERS, Row

HER_OWN = {"amelie"}
HER_COUNSELLOR = {"bruno"}
HER_DESK = {"bruno", "rosa", "hugo"}
DESKS = {"bruno", "dario", "rosa", "hugo"}
HERS = {"jobseeker_id": "jobseeker"}
JOB: dict[str, str | int] = {"item_id": "job"}
WISH: dict[str, str | int] = {"item_id": "wish"}
# The pack of a card that the town has; there is none until a test asks.
PACK: dict[str, str | int] = {"pack": "pack"}

ROWS = [
    Row("jobseekers:profile", JOBSEEKERS),
    Row("jobseekers:print", JOBSEEKERS),
    Row("jobseekers:download", JOBSEEKERS),
    Row("jobseekers:question", JOBSEEKERS, {"question": "pay"}),
    Row("jobseekers:question", JOBSEEKERS, {"question": "pay"}, method="post"),
    Row("jobseekers:looking", JOBSEEKERS),
    Row("jobseekers:looking", JOBSEEKERS, method="post"),
    Row("jobseekers:add_job", JOBSEEKERS),
    Row("jobseekers:add_job", JOBSEEKERS, method="post", data={"title": "soudeuse"}),
    Row("jobseekers:job", HER_OWN, JOB),
    Row("jobseekers:job", HER_OWN, JOB, method="post", data={"title": "soudeuse"}),
    Row("jobseekers:remove_job", HER_OWN, JOB),
    Row("jobseekers:remove_job", HER_OWN, JOB, method="post"),
    Row("jobseekers:choose_job", HER_OWN, JOB),
    Row("jobseekers:choose_job", HER_OWN, JOB, method="post", data={"occupation": "none"}),
    Row("jobseekers:choose_wish", HER_OWN, WISH),
    Row("jobseekers:choose_wish", HER_OWN, WISH, method="post", data={"occupation": "none"}),
    Row("jobseekers:cards", JOBSEEKERS),
    Row("jobseekers:cards_pack", JOBSEEKERS, PACK),
    Row("jobseekers:cards_pack", JOBSEEKERS, PACK, method="post", data={"card_10": "2"}),
    Row("jobseekers:cards_drawing", JOBSEEKERS),
    Row("jobseekers:cards_approve", JOBSEEKERS),
    Row("jobseekers:cards_approve", JOBSEEKERS, method="post"),
    Row("jobseekers:cards_undo", JOBSEEKERS, method="post"),
    Row("jobseekers:cards_forget", JOBSEEKERS, method="post"),
    Row("jobseekers:cards_paper", JOBSEEKERS),
    Row("jobseekers:cards_pdf", JOBSEEKERS, {"language": "fr"}),
    Row("jobseekers:sheet_pdf", JOBSEEKERS, {"language": "en"}),
    Row("jobseekers:people", DESKS),
    Row("jobseekers:people", DESKS, method="post", data={"q": "a"}),
    Row("jobseekers:person_new", {"bruno", "dario", "rosa"}),
    Row("jobseekers:person_new", {"bruno", "dario", "rosa"}, method="post"),
    Row("jobseekers:find_sheet", {"bruno", "dario"}),
    Row("jobseekers:find_sheet", {"bruno", "dario"}, method="post", data={"code": "00042-69"}),
    Row("jobseekers:person", HER_DESK, HERS),
    Row("jobseekers:choose_counsellor", {"rosa", "hugo"}, HERS),
    Row("jobseekers:choose_counsellor", {"rosa", "hugo"}, HERS, method="post", data={"counsellor": "nobody"}),
    Row("jobseekers:person_leaving", {"rosa", "hugo", "bruno"}, HERS),
    Row("jobseekers:person_leaving", {"rosa", "hugo", "bruno"}, HERS, method="post"),
    Row("jobseekers:person_data", HER_COUNSELLOR, HERS, method="post"),
    Row("jobseekers:person_profile", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_print", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_download", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_looking", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_looking", HER_COUNSELLOR, HERS, method="post"),
    Row("jobseekers:person_question", HER_COUNSELLOR, HERS | {"question": "pay"}),
    Row("jobseekers:person_question", HER_COUNSELLOR, HERS | {"question": "pay"}, method="post"),
    Row("jobseekers:person_add_job", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_add_job", HER_COUNSELLOR, HERS, method="post", data={"title": "soudeuse"}),
    Row("jobseekers:person_job", HER_COUNSELLOR, HERS | JOB),
    Row("jobseekers:person_remove_job", HER_COUNSELLOR, HERS | JOB),
    Row("jobseekers:person_remove_job", HER_COUNSELLOR, HERS | JOB, method="post"),
    Row("jobseekers:person_choose_job", HER_COUNSELLOR, HERS | JOB),
    Row("jobseekers:person_choose_wish", HER_COUNSELLOR, HERS | WISH),
    Row("jobseekers:person_cards", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_cards_pack", HER_COUNSELLOR, HERS | PACK),
    Row("jobseekers:person_cards_pack", HER_COUNSELLOR, HERS | PACK, method="post"),
    Row("jobseekers:person_cards_drawing", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_cards_approve", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_cards_approve", HER_COUNSELLOR, HERS, method="post"),
    Row("jobseekers:person_cards_undo", HER_COUNSELLOR, HERS, method="post"),
    Row("jobseekers:person_cards_forget", HER_COUNSELLOR, HERS, method="post"),
    Row("jobseekers:person_cards_paper", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_cards_pdf", HER_COUNSELLOR, HERS | {"language": "en"}),
    Row("jobseekers:person_sheet_pdf", HER_COUNSELLOR, HERS | {"language": "fr"}),
    Row("jobseekers:person_sheet", HER_COUNSELLOR, HERS),
    Row("jobseekers:person_sheet", HER_COUNSELLOR, HERS, method="post", data={"channel": "post"}),
]
