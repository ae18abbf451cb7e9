"""Who may open the addresses of catalog: whoever is signed in; the names of towns, anybody."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

ROWS = [
    Row("catalog:occupations", SIGNED_IN),
    Row("catalog:occupations", SIGNED_IN, query="?q=boulanger"),
    Row("catalog:occupation", SIGNED_IN, {"code": "D1102"}),
    Row("catalog:suggest_occupations", SIGNED_IN, query="?q=boul"),
    Row("catalog:suggest_skills", SIGNED_IN, query="?q=pétrir"),
    Row("catalog:suggest_communes", EVERYBODY, query="?q=valence"),
]
