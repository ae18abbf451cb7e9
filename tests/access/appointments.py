"""Who may open appointments: the person, her counsellor, who stands in, her counter; free times are for everybody."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

ONE = {"appointment_id": "appointment"}
HER = {"user_id": "amelies_account"}
KIND = {"kind_id": "appointment_kind"}
HELD = {"uid": "held"}
RECEIVING = frozenset({"bruno", "rosa"})
HANDLING = frozenset({"amelie", *RECEIVING})
COUNSELLORS = frozenset({"bruno", "dario"})

ROWS: list[Row] = [
    Row("appointments:mine", JOBSEEKERS),
    Row("appointments:kinds", EVERYBODY, {"agency_id": "agency"}),
    Row("appointments:times", EVERYBODY, KIND),
    Row("appointments:times", EVERYBODY, KIND, method="post", data={"at": "1"}, statuses=(302, 409)),
    Row("appointments:held", JOBSEEKERS | {"visitor"}, HELD),
    Row("appointments:held", JOBSEEKERS | {"visitor"}, HELD, method="post"),
    Row("appointments:code", EVERYBODY, HELD),
    Row("appointments:name", EVERYBODY, HELD),
    Row("appointments:let_go", EVERYBODY, HELD, method="post"),
    Row("appointments:one", HANDLING, ONE),
    Row("appointments:one", HANDLING, ONE, method="post", data={"act": "cancel"}),
    Row("appointments:move", HANDLING, ONE),
    Row("appointments:move", HANDLING, ONE, method="post", data={"at": "1"}, statuses=(302, 409)),
    Row("appointments:earlier", HANDLING, ONE, method="post", data={"act": "end"}),
    Row("appointments:settle", RECEIVING, ONE, method="post", data={"act": "see"}),
    Row("appointments:file", frozenset({"amelie"}), ONE),
    Row("appointments:calendar_address", COUNSELLORS, method="post", data={"act": "new"}),
    Row("appointments:outside", COUNSELLORS),
    Row("appointments:outside", COUNSELLORS, method="post", data={"act": "end"}),
    Row("appointments:feed", frozenset(), {"secret": "nobodys"}),
    Row("appointments:of", RECEIVING, HER),
    Row("appointments:book", RECEIVING, HER | KIND),
    Row("appointments:book", RECEIVING, HER | KIND, method="post", data={"at": "1"}, statuses=(302, 409)),
    Row("appointments:agenda", COUNSELLORS | {"rosa"}),
    Row("appointments:receiving", frozenset({"bruno"}), {"agency_id": "agency"}),
    Row(
        "appointments:receiving",
        frozenset({"bruno"}),
        {"agency_id": "agency"},
        method="post",
        data={"act": "day"},
    ),
    Row("appointments:agency_kinds", frozenset({"hugo"}), {"agency_id": "agency"}),
    Row(
        "appointments:agency_kinds",
        frozenset({"hugo"}),
        {"agency_id": "agency"},
        method="post",
        data={"name": "x"},
    ),
    Row("appointments:workshop", RECEIVING | {"hugo"}, {"kind_id": "workshop_kind"}),
    Row(
        "appointments:workshop",
        RECEIVING | {"hugo"},
        {"kind_id": "workshop_kind"},
        method="post",
        data={"places": "3"},
    ),
    Row("appointments:invite_one", RECEIVING, HER | KIND),
    Row("appointments:invite_one", RECEIVING, HER | KIND, method="post", data={"step": "check"}),
    Row("appointments:invited", HANDLING | {"hugo"}, {"invitation_id": "to_choose"}),
    Row("appointments:invite", COUNSELLORS),
    Row("appointments:invite", COUNSELLORS, method="post", data={"step": "check"}),
    Row("appointments:invitations", COUNSELLORS | {"rosa", "hugo"}),
    Row("appointments:times_asked", frozenset({"bruno", "hugo"}), {"asked_id": "times_asked"}),
    Row(
        "appointments:times_asked",
        frozenset({"bruno", "hugo"}),
        {"asked_id": "times_asked"},
        method="post",
        data={"day": "x"},
    ),
    Row("appointments:enough", frozenset({"bruno", "hugo"}), {"asked_id": "times_asked"}, method="post"),
    Row("appointments:figures", frozenset({"hugo"}), {"agency_id": "agency"}),
]
