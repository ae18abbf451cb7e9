"""Who may open introductions: herself, her counsellor, the employer it was put to; nobody else."""

from tests.access.row import Row

ONE = {"introduction_id": "introduction"}
HIRED = {"introduction_id": "hired", "months": 1}
VACANCY = {"vacancy_id": "vacancy"}
BOTH_SIDES = frozenset({"amelie", "bruno", "chloe"})
PEOPLE = frozenset({"amelie", "gael"})
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
    Row("introductions:to_second", AGENCY),
    # Hers waits for nobody's second word.
    Row("introductions:to_second", frozenset(), method="post", data={"introduction": "1"}, statuses=(404,)),
    Row("introductions:of_vacancy", frozenset({"chloe"}), VACANCY),
    Row("news:to_tell", COUNSELLORS),
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
