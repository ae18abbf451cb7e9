"""Who may open the home pages."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

ROWS = [
    Row("portal:door", EVERYBODY),
    Row("portal:home", SIGNED_IN),
    Row("portal:privacy", EVERYBODY),
    Row("portal:accessibility", EVERYBODY),
    Row("demo:door", EVERYBODY),
    Row("demo:as", EVERYBODY, {"role": "reception"}),
]
