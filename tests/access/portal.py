"""Who may open the home pages."""

from tests.access.row import EVERYBODY, JOBSEEKERS, SIGNED_IN, Row

HERS = {"jobseeker_id": "jobseeker"}
HER_COUNSELLOR = {"bruno"}
COUNSELLORS = {"bruno", "dario"}

ROWS = [
    Row("portal:door", EVERYBODY),
    Row("portal:home", SIGNED_IN),
    Row("portal:everything", JOBSEEKERS),
    Row("portal:everything", JOBSEEKERS, query="?kind=messages&days=31&from=9"),
    Row("portal:desk_everything", HER_COUNSELLOR, HERS),
    Row("portal:privacy", EVERYBODY),
    Row("portal:accessibility", EVERYBODY),
    Row("portal:how", EVERYBODY),
    Row("portal:how_to", EVERYBODY, {"slug": "appointments"}),
    Row("portal:desk", COUNSELLORS),
    Row("portal:desk", COUNSELLORS, query="?show=no-opening&sort=-name&page=2&open=1"),
    Row("portal:desk", COUNSELLORS, method="post", data={"q": "a"}),
    Row("portal:desk_day", COUNSELLORS),
    Row("portal:desk_day", COUNSELLORS, query="?on=2026-12-01"),
    Row("portal:desk_beside", HER_COUNSELLOR, HERS),
    Row("portal:desk_person", HER_COUNSELLOR, HERS),
    Row("demo:entrance", EVERYBODY),
    Row("demo:messages", EVERYBODY),
    Row("demo:station", EVERYBODY, method="post", statuses=(302,)),
    Row("demo:as", EVERYBODY, {"role": "reception"}),
]
