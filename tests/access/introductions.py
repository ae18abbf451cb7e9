"""Who may open introductions: herself, her counsellor, the employer it was put to; nobody else."""

from tests.access.row import EVERYBODY, Row

ONE = {"introduction_id": "introduction"}
HIRED = {"introduction_id": "hired", "months": 1}
VACANCY = {"vacancy_id": "vacancy"}
BOTH_SIDES = frozenset({"amelie", "bruno", "chloe"})
PEOPLE = frozenset({"amelie", "gael"})
CLERKS = frozenset({"bruno", "dario", "rosa"})
COUNSELLORS = frozenset({"bruno", "dario"})
AGENCY = frozenset({"bruno", "dario", "rosa", "hugo"})

ROWS = [
    Row("introductions:mine", PEOPLE),
    Row("introductions:page", BOTH_SIDES, ONE),
    Row("introductions:page", BOTH_SIDES, ONE, query="?for=employer"),
    Row(
        "introductions:page",
        BOTH_SIDES,
        ONE,
        method="post",
        data={"act": "withdraw", "reason": "pay"},
        statuses=(200, 302, 409),
    ),
    # Nobody has agreed on a time yet.
    Row("introductions:calendar", frozenset(), ONE),
    Row("introductions:still_there", BOTH_SIDES, HIRED),
    Row("introductions:still_there", BOTH_SIDES, HIRED, method="post", data={"answer": "still-there"}),
    Row("introductions:figures", frozenset({"hugo"})),
    Row("introductions:figures", frozenset({"hugo"}), query="?as=csv&of=introductions"),
    Row("introductions:to_second", AGENCY),
    # Hers waits for nobody's second word.
    Row("introductions:to_second", frozenset(), method="post", data={"introduction": "1"}, statuses=(404,)),
    Row("introductions:of_vacancy", frozenset({"chloe"}), VACANCY),
    Row("news:to_tell", COUNSELLORS),
    Row("news:post", CLERKS),
    # Nothing waits to be posted: it says so, and leads back.
    Row("news:post", CLERKS, method="post"),
    Row("news:post_pdf", frozenset({"bruno"}), {"batch_id": "batch"}),
    Row("news:post_posted", frozenset({"bruno"}), {"batch_id": "batch"}, method="post"),
    Row("news:post_returned", CLERKS, method="post", data={"code": ""}),
    Row("news:by_code", EVERYBODY),
    Row("news:by_code", EVERYBODY, method="post", data={"code": ""}),
    Row("news:by_code_of", EVERYBODY, {"code": "K7P3-9QXM"}),
    # Only the browser in which the code was typed: tests/news/test_post.py goes on.
    Row("news:by_code_read", EVERYBODY, {"envelope_id": "envelope"}, statuses=(302,)),
    Row("news:by_code_done", EVERYBODY, method="post"),
    Row("news:told", frozenset({"bruno"}), {"news_id": "news"}, method="post"),
    Row("cvs:introduction", BOTH_SIDES, ONE),
    Row("matches:introduce", PEOPLE, VACANCY, method="post"),
    Row(
        "matches:introduce_of",
        frozenset({"amelie", "bruno"}),
        {"jobseeker_id": "jobseeker", **VACANCY},
        method="post",
    ),
    Row("matches:ask", frozenset({"chloe"}), {**VACANCY, "match_id": "match"}, method="post"),
]
