"""Who may open which page of CVs."""

from tests.access.row import JOBSEEKERS, Row

HER_COUNSELLOR = {"bruno"}
HERS = {"jobseeker_id": "jobseeker"}
CHOSEN = "?format=json&language=fr&identity=no"

ROWS = [
    Row("cvs:out", JOBSEEKERS),
    Row("cvs:download", JOBSEEKERS, query=CHOSEN),
    Row("cvs:out_of", HER_COUNSELLOR, HERS),
    Row("cvs:download_of", HER_COUNSELLOR, HERS, query=CHOSEN),
]
