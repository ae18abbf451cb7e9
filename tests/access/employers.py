"""Who may open which page of employers who come."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

AGENCY = frozenset({"bruno", "dario", "hugo"})
ACCOUNT, ASKED = {"account_id": "employer_account"}, {"account_id": "asked_account"}
JOINING, MEMBER = {"joining_id": "joining"}, {"membership_id": "employer_membership"}

ROWS = [
    Row("employers:door", EVERYBODY),
    Row("employers:ask", EVERYBODY),
    Row("employers:ask", EVERYBODY, method="post", data={"name": ""}),
    Row("employers:join", EVERYBODY),
    Row("employers:join", EVERYBODY, method="post", data={"code": ""}),
    Row("employers:code", EVERYBODY),
    Row("employers:send", SIGNED_IN),
    Row("employers:send", SIGNED_IN, method="post"),
    Row("employers:mine", SIGNED_IN),
    Row("employers:withdraw", frozenset({"gael"}), ASKED, method="post"),
    Row("employers:invite", frozenset({"chloe"}), ACCOUNT, method="post"),
    Row("employers:joining", AGENCY | {"chloe"}, JOINING, method="post", data={"answer": "no"}),
    Row("employers:leave", AGENCY | {"chloe"}, MEMBER),
    Row("employers:desk", AGENCY),
    Row("employers:phone", AGENCY),
    Row("employers:phone", AGENCY, method="post", data={"name": ""}),
    Row("employers:account", AGENCY, ASKED),
    Row("employers:account", AGENCY, ASKED, method="post", data={"act": "check"}),
    Row("employers:account", AGENCY, ACCOUNT),
    Row("employers:add_person", AGENCY, ACCOUNT),
    Row("employers:add_person", AGENCY, ACCOUNT, method="post", data={"contact": ""}),
    Row("employers:add_person", frozenset(), ASKED),
]
