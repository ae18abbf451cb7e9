"""Who may propose, compare and ask why something is missing."""

from tests.access.row import Row

HERS = {"jobseeker_id": "jobseeker"}
VACANCY = {"vacancy_id": "vacancy"}
HER_COUNSELLOR = {"bruno"}
COUNSELLORS = {"bruno", "dario"}
CHOOSE = {"step": "choose", "chosen": "1"}

ROWS = [
    Row("proposing:to_many", COUNSELLORS, method="post", data={"chosen": "1"}),
    Row("proposing:proposed", COUNSELLORS),
    Row("proposing:to_person", HER_COUNSELLOR, HERS),
    Row("proposing:to_person", HER_COUNSELLOR, HERS, method="post", data=CHOOSE),
    Row("proposing:find_vacancy", HER_COUNSELLOR, HERS, query="?q=boulanger"),
    Row("proposing:missing", HER_COUNSELLOR, HERS | VACANCY),
    Row("proposing:to_people", COUNSELLORS, VACANCY),
    Row("proposing:to_people", COUNSELLORS, VACANCY, method="post", data=CHOOSE),
    Row("proposing:find_person", COUNSELLORS, VACANCY),
    Row("proposing:find_person", COUNSELLORS, VACANCY, method="post"),
    # Without two numbers there is nothing to compare: tests/proposing/test_proposing.py.
    Row("proposing:compare_vacancies", set(), HERS),
    Row("proposing:compare_people", set(), VACANCY),
]
