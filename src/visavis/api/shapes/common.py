"""What every shape starts from."""

from dataclasses import dataclass
from enum import Enum
from operator import getitem
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema


class Sent(Schema):
    """Something sent to us: exactly the fields that are known, of exactly their types."""

    model_config = ConfigDict(extra="forbid", strict=True)


def filled[Shape: Schema](shape: type[Shape], row: object, **others: Any) -> Shape:
    """Fill a shape with what is given, and with what the row holds under the names of its other fields."""
    return shape(**{name: getattr(row, name) for name in shape.model_fields.keys() - others.keys()}, **others)


@dataclass(frozen=True)
class OneOf:
    """One of the values of an enumeration, written out where it stands: enumerations of several apps share names."""

    kind: type[Enum]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> Any:
        return handler.generate_schema(getitem(Literal, tuple(one.value for one in self.kind)))


class Answer(Sent):
    """An answer that takes the place of the stored one, if that is still the one of `version`."""

    version: Annotated[str, Field(max_length=64, min_length=1)]


# A day is sent as text; what reads it is the same form as on the page.
Day = Annotated[
    str,
    Field(max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Code = Annotated[str, Field(max_length=80)]
# Amounts go as numbers or as text: "12.50" stays exact.
Amount = float | int | Annotated[str, Field(max_length=20)] | None
Searched = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Cursor = Annotated[str, Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=100)]


class Paging(Schema):
    """Where a page of a list begins, and how long it is."""

    cursor: Cursor = ""
    limit: Limit = 20


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Data = dict[str, Any]


class StoredAnswer(Schema):
    """An answer as it is kept: in words, as data, and the version to send with a change."""

    question: str
    title: str
    words: list[str]
    data: Data
    version: str
