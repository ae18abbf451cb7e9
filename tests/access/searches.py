"""Who may look for openings: anybody; for somebody else, who acts for her."""

from tests.access.row import EVERYBODY, Row

HERS = {"jobseeker_id": "jobseeker"}

ROWS = [
    Row("searches:jobs", EVERYBODY),
    Row("searches:jobs", EVERYBODY, query="?q=boulanger&place=Valence&km=20&view=map"),
    Row("searches:feed", EVERYBODY, query="?q=boulanger"),
    Row("searches:jobs_of", {"amelie", "bruno"}, HERS),
]
