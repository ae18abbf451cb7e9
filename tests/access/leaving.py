"""Who may take everything away, close an account, open it again."""

from tests.access.row import EVERYBODY, SIGNED_IN, Row

ROWS: list[Row] = [
    Row("leaving:kept", EVERYBODY),
    Row("leaving:data", SIGNED_IN),
    Row("leaving:data", SIGNED_IN, method="post"),
    Row("leaving:close", SIGNED_IN),
    Row("leaving:close", SIGNED_IN, method="post"),
    Row("leaving:reopen", frozenset(), {"token": "forged"}),
    Row("leaving:reopen", frozenset(), {"token": "forged"}, method="post"),
]
