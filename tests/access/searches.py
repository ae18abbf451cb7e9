"""Who may look for openings: anybody; for somebody else, who acts for her."""

from tests.access.row import EVERYBODY, JOBSEEKERS, Row

HERS = {"jobseeker_id": "jobseeker"}
HER_ALERT = {"alert_id": "alert"}
HER_OWN = {"amelie", "bruno"}

ROWS = [
    Row("searches:jobs", EVERYBODY),
    Row("searches:jobs", EVERYBODY, query="?q=boulanger&place=Valence&km=20&view=map"),
    Row("searches:feed", EVERYBODY, query="?q=boulanger"),
    Row("searches:jobs_of", HER_OWN, HERS),
    Row("searches:alerts", JOBSEEKERS),
    Row("searches:alert_new", JOBSEEKERS, query="?q=boulanger"),
    Row("searches:alert_new", JOBSEEKERS, query="?q=boulanger", method="post", data={"rhythm": "daily"}),
    Row("searches:alert", {"amelie"}, HER_ALERT),
    Row("searches:alert", {"amelie"}, HER_ALERT, method="post", data={"do": "stop"}),
    Row("searches:alerts_of", HER_OWN, HERS),
    Row("searches:alert_new_of", HER_OWN, HERS, query="?q=boulanger"),
    Row("searches:alert_new_of", HER_OWN, HERS, method="post", data={"rhythm": "weekly"}),
    Row("searches:alert_of", HER_OWN, HERS | HER_ALERT),
    Row("searches:alert_of", HER_OWN, HERS | HER_ALERT, method="post", data={"do": "weekly"}),
    # Reception keeps a search for who stands at the counter, and reads none of hers.
    Row("searches:alert_counter", {"rosa"}, HERS),
    Row("searches:alert_counter", {"rosa"}, HERS, method="post", data={"q": "boulanger", "rhythm": "weekly"}),
    # The link of a message is its own proof: whoever has it may stop the messages, and nothing else.
    Row("searches:stop", EVERYBODY, {"token": "stop_link"}),
    Row("searches:stop", EVERYBODY, {"token": "stop_link"}, method="post"),
    Row("searches:stop", frozenset(), {"token": "1:forged"}),
]
