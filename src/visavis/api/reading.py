"""Read the description of the service for its documentation."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

JSON = "application/json"
# Deeper than this an example says nothing more.
DEEPEST = 5


@dataclass(frozen=True)
class Field:
    """One parameter or one field of what is sent."""

    name: str
    kind: str
    is_needed: bool
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One operation on a line."""

    code: str
    method: str
    path: str
    summary: str
    scope: str
    is_open: bool

    @property
    def steps(self) -> list[str]:
        """Return the path in pieces: a narrow page breaks between them."""
        return self.path.strip("/").split("/")


@dataclass(frozen=True)
class Operation:
    """One operation in full."""

    row: Row
    parameters: list[Field]
    sent: list[Field]
    statuses: list[tuple[str, str]]
    fields: list[Field]
    curl: str


def found(schema: dict[str, Any], group: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, one)
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
        if group in one["tags"]
    ]


def rows(schema: dict[str, Any], group: str) -> list[Row]:
    """Return the operations of a part, a line each."""
    return [row(path, method, one) for path, method, one in found(schema, group)]


def row(path: str, method: str, one: dict[str, Any]) -> Row:
    needed = one["security"]
    scopes = [scope for way in needed for scope in way.get("token", [])]
    return Row(
        one["operationId"], method.upper(), path, one["summary"], ", ".join(scopes), is_open={} in needed
    )


def operations(schema: dict[str, Any], group: str) -> list[Operation]:
    """Return the operations of a part in full."""
    return [operation(schema, path, method, one) for path, method, one in found(schema, group)]


def operation(schema: dict[str, Any], path: str, method: str, one: dict[str, Any]) -> Operation:
    (kind_sent, body), *_ = [
        *((kind, one["schema"]) for kind, one in one.get("requestBody", {}).get("content", {}).items()),
        (JSON, None),
    ]
    done = next(answer for status, answer in one["responses"].items() if status < "400")
    answered = done.get("content", {}).get("application/json", {}).get("schema")
    head = row(path, method, one)
    return Operation(
        row=head,
        parameters=[
            Field(told["name"], kind(schema, told["schema"]), told["required"], told["description"])
            for told in one["parameters"]
        ],
        sent=fields(schema, body) if body else [],
        statuses=[(status, answer["description"]) for status, answer in sorted(one["responses"].items())],
        fields=fields(schema, answered) if answered else [],
        curl=curl(head, example(schema, body) if body else None, is_form=kind_sent != JSON),
    )


def resolved(schema: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to where it stands."""
    while "$ref" in found:
        found = schema["components"]["schemas"][found["$ref"].rpartition("/")[2]]
    return found


def fields(schema: dict[str, Any], found: dict[str, Any]) -> list[Field]:
    whole = resolved(schema, found)
    needed = whole.get("required", [])
    return [
        Field(name, kind(schema, one), name in needed) for name, one in whole.get("properties", {}).items()
    ]


def kind(schema: dict[str, Any], found: dict[str, Any]) -> str:
    """Say in a few signs what a value is."""
    whole = resolved(schema, found)
    if ways := whole.get("anyOf"):
        return " | ".join(dict.fromkeys(kind(schema, way) for way in ways))
    if values := whole.get("enum"):
        return " | ".join(json.dumps(value) for value in values)
    if whole.get("type") == "array":
        return f"[{kind(schema, whole.get('items', {}))}]"
    if whole.get("properties"):
        return "{" + ", ".join(whole["properties"]) + "}"
    limits = " ".join(
        f"{sign}{whole[name]}"
        for name, sign in (("minimum", "≥"), ("maximum", "≤"), ("maxLength", "≤"))
        if whole.get(name) is not None and abs(whole[name]) < 10**9
    )
    return " ".join(part for part in (str(whole.get("format") or whole.get("type", "any")), limits) if part)


def example(schema: dict[str, Any], found: dict[str, Any], depth: int = 0) -> Any:
    """Make up the least that may be sent."""
    whole = resolved(schema, found)
    if ways := whole.get("anyOf"):
        return example(schema, ways[0], depth + 1)
    if values := whole.get("enum"):
        return values[0]
    match whole.get("type"):
        case "object" if depth < DEEPEST:
            needed = whole.get("required", [])
            shown = {name: one for name, one in whole.get("properties", {}).items() if name in needed}
            return {name: example(schema, one, depth + 1) for name, one in shown.items()}
        case "array":
            return [example(schema, whole["items"], depth + 1)]
        case "integer" | "number":
            return whole.get("minimum", 1)
        case "boolean":
            return True
        case "string" if whole.get("format") == "date":
            return "2027-01-15"
        case "string":
            return "…"
    return None


def curl(head: Row, body: Any, *, is_form: bool = False) -> str:
    """Write the command that does it."""
    lines = [f"curl {settings.SITE_URL}{head.path}"]
    if head.method not in {"GET", "POST"} or (head.method == "POST" and body is None):
        lines[0] = f"curl -X {head.method} {settings.SITE_URL}{head.path}"
    if not head.is_open:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if is_form:
        lines += [
            f"-F {name}=@my-file.pdf" if name == "file" else f"-F {name}={value}"
            for name, value in body.items()
        ]
    elif body is not None:
        lines += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False)}'"]
    return " \\\n  ".join(lines)
