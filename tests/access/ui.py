"""The style page is public and keeps nothing."""

from tests.access.row import EVERYBODY, Row

ROWS = [
    Row("ui:style", EVERYBODY),
    Row("ui:suggestions", EVERYBODY, query="?q=cook"),
    Row("ui:sample", EVERYBODY, arguments={"name": "question"}),
    Row("ui:sample", EVERYBODY, arguments={"name": "question"}, method="post", data={"transport": "bike"}),
    Row("ui:sample", EVERYBODY, arguments={"name": "list"}),
]
