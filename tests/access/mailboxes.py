"""Who may open what is written: the person, her counsellor, and nobody else."""

from tests.access.row import JOBSEEKERS, Row

ONE = {"thread_id": "thread"}
HER = {"jobseeker_id": "jobseeker"}
BOTH = frozenset({"amelie", "bruno"})
COUNSELLORS = frozenset({"bruno", "dario"})

ROWS: list[Row] = [
    Row("mailboxes:mine", JOBSEEKERS),
    Row("mailboxes:new", JOBSEEKERS),
    Row("mailboxes:new", JOBSEEKERS, method="post", data={"subject": "Mardi", "body": "Je viens."}),
    Row("mailboxes:thread", BOTH, ONE),
    Row("mailboxes:thread", BOTH, ONE, method="post", data={"body": "Bien reçu.", "act": "send"}),
    Row("mailboxes:move", frozenset({"bruno"}), ONE, method="post", data={"act": "done"}),
    # Nothing hangs on what she wrote on the site.
    Row("mailboxes:piece", frozenset(), {**ONE, "number": 1, "place": 1}),
    Row("mailboxes:tray", COUNSELLORS | {"rosa"}),
    Row("mailboxes:sort", COUNSELLORS | {"rosa"}, {"incoming_id": "incoming"}),
    Row(
        "mailboxes:sort",
        COUNSELLORS | {"rosa"},
        {"incoming_id": "incoming"},
        method="post",
        data={"q": "Amélie"},
    ),
    # The provider's door: nobody has its token here.
    Row("mailboxes:text", frozenset(), method="post"),
    Row("mailboxes:text_state", frozenset(), method="post"),
    Row("mailboxes:text_state", frozenset()),
    Row("mailboxes:box", COUNSELLORS),
    Row("mailboxes:box", COUNSELLORS, method="post", data={"q": "mardi"}),
    Row("mailboxes:ready", COUNSELLORS),
    Row(
        "mailboxes:ready",
        COUNSELLORS,
        method="post",
        data={"title": "Papiers", "body": "Venez avec vos papiers."},
    ),
    Row("mailboxes:several", COUNSELLORS),
    Row("mailboxes:to_several", COUNSELLORS),
    Row("mailboxes:to_several", COUNSELLORS, method="post", data={"chosen": "1"}),
    Row("mailboxes:broadcast", frozenset({"bruno"}), {"broadcast_id": "broadcast"}),
    Row("mailboxes:to_person", frozenset({"bruno"}), HER),
    Row("mailboxes:receipt", frozenset({"bruno", "rosa"}), HER),
    Row("mailboxes:receipt", frozenset({"bruno", "rosa"}), HER, method="post"),
    Row("mailboxes:receipt_pdf", frozenset({"bruno", "rosa"}), HER),
    Row("mailboxes:said", frozenset({"bruno", "rosa"}), HER),
]
