"""Who may open the lists."""

from tests.access.row import SIGNED_IN, Row

HERS = {"jobseeker_id": "jobseeker"}
VACANCY = {"vacancy_id": "vacancy"}
FOLLOW = frozenset({"amelie", "bruno"})
PEOPLE = frozenset({"amelie", "gael"})
COUNSELLORS = frozenset({"bruno", "dario"})
BAKER = {"code": "D1102"}
WATCH = frozenset({"bruno", "dario", "hugo"})

ROWS = [
    Row("matches:openings", PEOPLE),
    Row("matches:more", PEOPLE),
    Row("matches:more", PEOPLE, method="post", data={"undo": "yes"}),
    Row("matches:opening", PEOPLE, VACANCY),
    Row("matches:opinion", PEOPLE, VACANCY, method="post", data={"kind": "kept"}),
    Row("matches:openings_of", FOLLOW, HERS),
    Row("matches:more_of", FOLLOW, HERS),
    Row("matches:more_of", FOLLOW, HERS, method="post", data={"undo": "yes"}),
    Row("matches:opening_of", FOLLOW, HERS | VACANCY),
    Row("matches:opinion_of", FOLLOW, HERS | VACANCY, method="post", data={"kind": "kept"}),
    Row("matches:candidates", WATCH | {"chloe"}, VACANCY),
    Row("matches:ideal_profile", SIGNED_IN, BAKER),
    Row("matches:ideal_profile_of", FOLLOW, HERS | BAKER),
    Row("matches:ideal_fairness", SIGNED_IN, BAKER),
    Row("matches:ideal_stages", SIGNED_IN, BAKER),
    Row("matches:ideal_versions", SIGNED_IN, BAKER),
    Row("matches:ideal_correct", COUNSELLORS, BAKER),
    Row("matches:ideal_correct", COUNSELLORS, BAKER, method="post", data={"trait": "skill:S1"}),
    Row("matches:ideal_take_back", COUNSELLORS, BAKER | {"correction_id": "correction"}, method="post"),
    Row("matches:runs", WATCH),
    Row("matches:runs", WATCH, method="post"),
    Row("matches:progress", WATCH),
    Row("matches:learned", WATCH),
]
