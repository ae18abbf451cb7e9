"""Who may open which page of CVs."""

from tests.access.row import JOBSEEKERS, Row

HER_COUNSELLOR = {"bruno"}
HERS = {"jobseeker_id": "jobseeker"}
READING: dict[str, str | int] = {"reading_id": "cv_reading"}
HER_OWN = {"amelie"}
PASTED = {"text": "Serveuse, Le Central, depuis mars 2019"}
CHOSEN = "?format=json&language=fr&identity=no"

ROWS = [
    Row("cvs:read", JOBSEEKERS),
    Row("cvs:read", JOBSEEKERS, method="post", data=PASTED),
    Row("cvs:check", HER_OWN, READING),
    Row("cvs:check", HER_OWN, READING, method="post", data={"on_0": "on", "title_0": "Serveuse"}),
    Row("cvs:undo", HER_OWN, READING, method="post"),
    Row("cvs:discard", HER_OWN, READING, method="post"),
    Row("cvs:read_of", HER_COUNSELLOR, HERS),
    Row("cvs:read_of", HER_COUNSELLOR, HERS, method="post", data=PASTED),
    Row("cvs:check_of", HER_COUNSELLOR, HERS | READING),
    Row("cvs:check_of", HER_COUNSELLOR, HERS | READING, method="post"),
    Row("cvs:undo_of", HER_COUNSELLOR, HERS | READING, method="post"),
    Row("cvs:discard_of", HER_COUNSELLOR, HERS | READING, method="post"),
    Row("cvs:out", JOBSEEKERS),
    Row("cvs:download", JOBSEEKERS, query=CHOSEN),
    Row("cvs:out_of", HER_COUNSELLOR, HERS),
    Row("cvs:download_of", HER_COUNSELLOR, HERS, query=CHOSEN),
]
