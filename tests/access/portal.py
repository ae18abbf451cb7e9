"""Who may open the home pages."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

HERS = {"jobseeker_id": "jobseeker"}
HER_COUNSELLOR = {"bruno"}
COUNSELLORS = {"bruno", "dario"}

ROWS = [
    Row("portal:door", EVERYBODY),
    Row("portal:home", SIGNED_IN),
    Row("portal:privacy", EVERYBODY),
    Row("portal:accessibility", EVERYBODY),
    Row("portal:desk", COUNSELLORS),
    Row("portal:desk", COUNSELLORS, query="?show=no-opening&sort=-name&page=2&open=1"),
    Row("portal:desk", COUNSELLORS, method="post", data={"q": "a"}),
    Row("portal:desk_beside", HER_COUNSELLOR, HERS),
    Row("portal:desk_person", HER_COUNSELLOR, HERS),
    Row("demo:entrance", EVERYBODY),
    Row("demo:messages", EVERYBODY),
    Row("demo:as", EVERYBODY, {"role": "reception"}),
]
