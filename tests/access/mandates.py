"""Who may open mandates: the person who gives them, her helper within them, her counsellor and her counter."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

ONE = {"mandate_id": "mandate"}
HER = {"user_id": "amelies_account"}
HELPER = frozenset({"ines"})
AGENCY = frozenset({"bruno", "rosa"})
COVERED, HERS_ALONE = {**ONE, "page": "messages/"}, {**ONE, "page": "account/"}

ROWS: list[Row] = [
    Row("mandates:person", HELPER, ONE),
    Row("mandates:page", HELPER, COVERED, statuses=(200,)),
    # The mandate does not name it: a page says so to the helper, and to nobody else.
    Row("mandates:page", HELPER, HERS_ALONE, statuses=(403,)),
    # Without the bond of its own page a form is refused: tests/mandates/test_passage.py goes on.
    Row("mandates:page", HELPER, {**ONE, "page": "messages/new/"}, method="post", statuses=(403,)),
    Row("mandates:take", EVERYBODY),
    Row("mandates:take", EVERYBODY, method="post", data={"code": ""}),
    Row("mandates:give_back", HELPER, ONE),
    Row("mandates:mine", JOBSEEKERS),
    Row("mandates:new", JOBSEEKERS),
    Row("mandates:new", JOBSEEKERS, method="post", data={"days": "31"}),
    Row("mandates:one", frozenset({"amelie"}), ONE),
    Row("mandates:of", AGENCY, HER),
    Row("mandates:new_of", AGENCY, HER),
    Row("mandates:new_of", AGENCY, HER, method="post", data={"days": "31"}),
    Row("mandates:one_of", AGENCY, HER | ONE),
    Row("mandates:one_of", AGENCY, HER | ONE, method="post", data={"act": "end"}),
    Row("mandates:paper", AGENCY, HER | ONE),
    Row("mandates:one", frozenset({"amelie"}), ONE, method="post"),
    # Inès comes last, and ends it.
    Row("mandates:give_back", HELPER, ONE, method="post"),
]
