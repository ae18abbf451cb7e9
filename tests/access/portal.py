"""Who may open the home pages."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

HERS = {"jobseeker_id": "jobseeker"}
VACANCY = {"vacancy_id": "vacancy"}
HER_COUNSELLOR = {"bruno"}
COUNSELLORS = {"bruno", "dario"}
CHOOSE = {"step": "choose", "chosen": "1"}

ROWS = [
    Row("portal:door", EVERYBODY),
    Row("portal:home", SIGNED_IN),
    Row("portal:privacy", EVERYBODY),
    Row("portal:accessibility", EVERYBODY),
    Row("portal:desk", COUNSELLORS),
    Row("portal:desk", COUNSELLORS, query="?show=no-opening&sort=-name&page=2&open=1"),
    Row("portal:desk", COUNSELLORS, method="post", data={"q": "a"}),
    Row("portal:desk_beside", HER_COUNSELLOR, HERS),
    Row("portal:desk_propose_many", COUNSELLORS, method="post", data={"chosen": "1"}),
    Row("portal:desk_proposed", COUNSELLORS),
    Row("portal:desk_person", HER_COUNSELLOR, HERS),
    Row("portal:desk_propose_to", HER_COUNSELLOR, HERS),
    Row("portal:desk_propose_to", HER_COUNSELLOR, HERS, method="post", data=CHOOSE),
    Row("portal:desk_find_vacancy", HER_COUNSELLOR, HERS, query="?q=boulanger"),
    Row("portal:desk_missing", HER_COUNSELLOR, HERS | VACANCY),
    Row("portal:desk_propose", COUNSELLORS, VACANCY),
    Row("portal:desk_propose", COUNSELLORS, VACANCY, method="post", data=CHOOSE),
    Row("portal:desk_find_person", COUNSELLORS, VACANCY),
    Row("portal:desk_find_person", COUNSELLORS, VACANCY, method="post"),
    # Without two numbers there is nothing to compare: tests/portal/test_comparing.py.
    Row("portal:desk_compare_vacancies", set(), HERS),
    Row("portal:desk_compare_people", set(), VACANCY),
    Row("demo:entrance", EVERYBODY),
    Row("demo:messages", EVERYBODY),
    Row("demo:as", EVERYBODY, {"role": "reception"}),
]
