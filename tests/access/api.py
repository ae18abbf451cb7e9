"""Who may open the service for programs: a session opens nothing there, only tokens do (tests/api/test_rights.py)."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row
from visavis.api.operations.all import SERVICE
from visavis.api.service import addresses

OPEN = {"list_vacancies", "read_vacancy", "list_agencies", "read_agency"}
ARGUMENTS: dict[str, str | int] = {
    "agency_id": "agency",
    "vacancy_id": "vacancy",
    "person_id": "jobseeker",
    "uid": "7d0f0bf4-6f0c-4f7e-9d5b-0d6a2d3f5c11",
    "purpose": "interests",
    "code": "abc",
}


def arguments(route: str) -> dict[str, str | int]:
    """Return what an address of the service is filled with."""
    names = [part.rpartition(":")[2] for piece in route.split("<")[1:] for part in [piece.split(">")[0]]]
    return {name: ARGUMENTS.get(name, 1) for name in names}


# Without a token: 401, or 405 where the address takes no GET, whoever is signed in.
OPERATIONS = [
    Row(
        str(found.name),
        EVERYBODY,
        arguments(str(found.pattern)),
        statuses=(200,) if found.name in OPEN else (401, 405),
    )
    for found in addresses(SERVICE)
]
ROWS = [
    *(Row(f"api:{row.name}", row.allowed, row.arguments, statuses=row.statuses) for row in OPERATIONS),
    Row("api:openapi", EVERYBODY),
    Row("api:docs", EVERYBODY),
    Row("api:docs_group", EVERYBODY, {"group": "vacancies"}),
    Row("api:errors", EVERYBODY),
    Row("api:unknown", EVERYBODY, statuses=(404,)),
    Row("api:tokens", SIGNED_IN),
    Row("api:new_token", SIGNED_IN),
    Row("api:new_token", SIGNED_IN, method="post"),
    Row("api:revoke_token", frozenset(), {"token_id": 1}),
    Row("api:revoke_token", frozenset(), {"token_id": 1}, method="post"),
]
