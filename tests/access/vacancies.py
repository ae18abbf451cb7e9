"""Who may open which page of vacancies."""

from tests.access.row import EMPLOYERS, EVERYBODY, SIGNED_IN, STAFF, Row

WRITERS = EMPLOYERS | {"bruno", "dario", "hugo"}
HEAD = frozenset({"hugo"})
FEED_READERS = frozenset({"bruno", "dario", "hugo"})
EDITORS = frozenset({"chloe", "bruno", "dario", "hugo"})
OPEN, DRAFT = {"vacancy_id": "vacancy"}, {"vacancy_id": "draft"}
BY_AGENCY = {"vacancy_id": "by_agency"}
PUBLISH = {"closes_on": "2000-01-01"}

ROWS = [
    Row("vacancies:mine", WRITERS),
    Row("vacancies:new", WRITERS),
    Row("vacancies:new", WRITERS, method="post"),
    Row("vacancies:paste", WRITERS),
    Row("vacancies:paste", WRITERS, method="post", data={"text": ""}),
    Row("vacancies:page", SIGNED_IN, OPEN),
    Row("vacancies:page", STAFF | {"chloe"}, DRAFT),
    Row("vacancies:understood", EDITORS, DRAFT),
    Row("vacancies:question", EDITORS, {**DRAFT, "question": "work"}),
    Row(
        "vacancies:question",
        EDITORS,
        {**DRAFT, "question": "work"},
        method="post",
        data={"name": "Boulanger"},
    ),
    Row("vacancies:question", frozenset(), {**DRAFT, "question": "nothing"}),
    Row("vacancies:check", EDITORS, DRAFT),
    Row("vacancies:check", EDITORS, DRAFT, method="post", data=PUBLISH),
    Row("vacancies:confirm", EDITORS, BY_AGENCY),
    Row("vacancies:confirm", EDITORS, BY_AGENCY, method="post"),
    Row("vacancies:confirm", frozenset(), OPEN),
    Row("vacancies:letter", FEED_READERS, BY_AGENCY),
    Row("vacancies:close", EDITORS, OPEN),
    Row("vacancies:close", EDITORS, OPEN, method="post", data={"is_filled": "yes"}),
    Row("vacancies:copy", EDITORS, OPEN, method="post"),
    Row("vacancies:report", EVERYBODY, OPEN),
    Row("vacancies:report", EVERYBODY, OPEN, method="post", data={"why": "money"}),
    Row("vacancies:report", frozenset(), DRAFT),
    Row("vacancies:reports", FEED_READERS),
    Row("vacancies:hide", FEED_READERS, OPEN),
    Row("vacancies:hide", FEED_READERS, OPEN, method="post", data={"why": "money"}),
    Row("vacancies:show_again", FEED_READERS, OPEN, method="post"),
    Row("vacancies:leave", FEED_READERS, OPEN, method="post"),
    Row("vacancies:ask_agency", EDITORS, DRAFT, method="post", data={"words": "Rôle d’actrice"}),
    Row("vacancies:feeds", FEED_READERS),
    Row("vacancies:feed_run", FEED_READERS, {"run_id": "feed_run"}),
    Row("vacancies:feed_fall", FEED_READERS, {"run_id": "fallen_run"}),
    Row("vacancies:feed_fall", FEED_READERS, {"run_id": "fallen_run"}, method="post", data={"do": "keep"}),
    Row("vacancies:feed_new", FEED_READERS),
    Row("vacancies:feed_new", FEED_READERS, method="post", data={"name": ""}),
    Row("vacancies:feed_address_new", HEAD),
    Row("vacancies:feed_address_new", HEAD, method="post", data={"name": ""}),
    Row("vacancies:feed_address", HEAD, {"address_id": "feed_address"}),
    Row("vacancies:feed_address", HEAD, {"address_id": "feed_address"}, method="post", data={"address": ""}),
    Row("vacancies:feed_address_now", HEAD, {"address_id": "feed_address"}, method="post"),
    Row("vacancies:feed_address_stop", HEAD, {"address_id": "feed_address"}),
    Row("vacancies:feed_address_stop", HEAD, {"address_id": "feed_address"}, method="post"),
    Row("vacancies:feed_upload", FEED_READERS, {"upload_id": "feed_upload"}),
    Row(
        "vacancies:feed_upload",
        FEED_READERS,
        {"upload_id": "feed_upload"},
        method="post",
        data={"do": "columns"},
    ),
    Row(
        "vacancies:feed_upload",
        FEED_READERS,
        {"upload_id": "feed_upload"},
        method="post",
        data={"do": "read"},
    ),
    Row("vacancies:feed_upload_progress", FEED_READERS, {"upload_id": "feed_upload"}),
    Row("vacancies:public", EVERYBODY, OPEN),
    Row("vacancies:public", frozenset(), DRAFT),
    Row("vacancies:public_feed", EVERYBODY),
    Row("vacancies:sitemap", EVERYBODY),
    Row("vacancies:robots", EVERYBODY),
]
