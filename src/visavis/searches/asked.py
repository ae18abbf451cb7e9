"""What somebody asks of a search: words and filters, as they stand in an address."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

LONGEST_WORDS = 250
"""Characters of the words that are read; the page says so."""

USUAL_REACH_KM = 20
MOST_REACH_KM = 500
MOST_PAGES = 500
MOST_VALUES = 30


class Order(StrEnum):
    FIT = "fit"
    DATE = "date"
    DISTANCE = "distance"


class Hours(StrEnum):
    ANY = ""
    FULL = "full"
    PART = "part"


class Days(StrEnum):
    """Days and nights. The first two leave out what says so, the others keep what says so."""

    NO_WEEKENDS = "no-weekends"
    NO_NIGHTS = "no-nights"
    WEEKENDS = "weekends"
    NIGHTS = "nights"


NO_LICENCE = "none"


@dataclass(frozen=True)
class Asked:
    """One search. Everything is a code or a number, so that it can be kept, compared and put into an address.

    `has` are the licences she has, or `NO_LICENCE` alone: what demands another is left out; empty is "not said".
    `literally` names what was understood in the words and is not meant: "place", "contract" …
    `in_limits` is for somebody who has a profile: keep what her own limits allow.
    """

    words: str = ""
    commune: str = ""
    department: str = ""
    reach_km: int = USUAL_REACH_KM
    occupation: str = ""
    contracts: tuple[str, ...] = ()
    hours: str = ""
    days: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    pay_least: float | None = None
    since_days: int | None = None
    in_limits: bool = False
    literally: tuple[str, ...] = ()
    order: str = Order.FIT
    page: int = 1

    def but(self, **changed: Any) -> Self:
        """Return the search with something changed, from its first page on."""
        # A page of results asks for a hundred: `replace` would look through all fields for each.
        if not changed.keys() <= NAMES.keys():
            raise TypeError(f"a search has no {', '.join(changed.keys() - NAMES.keys())}")
        made = object.__new__(type(self))
        vars(made).update({**vars(self), "page": 1, **changed})
        return made

    def params(self) -> list[tuple[str, str]]:
        """Return what differs from the empty search, as pairs of an address; `from_params` reads them."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            several = value if isinstance(value, tuple) else (value,)
            pairs += [(NAMES[field.name], _written(one)) for one in several]
        return pairs

    @classmethod
    def from_params(cls, pairs: Mapping[str, Iterable[str]]) -> Self:
        """Read an address, `dict(request.GET.lists())`; what makes no sense counts as not asked. Never fails."""
        said: dict[str, Any] = {}
        for field in fields(cls):
            values = [str(one).replace("\0", " ").strip() for one in pairs.get(NAMES[field.name], ())]
            values = [one for one in values if one][:MOST_VALUES]
            if values and (value := _READ[field.name](values)) is not None:
                said[field.name] = value
        return cls(**said)


NAMES = {
    "words": "q", "commune": "commune", "department": "department", "reach_km": "km", "occupation": "occupation",
    "contracts": "contract", "hours": "hours", "days": "days", "has": "licence", "pay_least": "pay",
    "since_days": "since", "in_limits": "mine", "literally": "not", "order": "order", "page": "page",
}  # fmt: skip
"""How each field is called in an address."""


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "1"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(values: list[str], least: float, most: float) -> float | None:
    try:
        number = float(values[-1].replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) and least <= number <= most else None


def _whole(values: list[str], least: int, most: int) -> int | None:
    number = _number(values, least, most)
    return None if number is None else int(number)


def _code(values: list[str]) -> str:
    return values[-1][:12].upper()


def _codes(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:20] for value in values))


def _among(kind: type[StrEnum]) -> Any:
    return lambda values: next((one.value for one in kind if one.value == values[-1]), None)


_READ: dict[str, Any] = {
    "words": lambda values: values[-1],
    "commune": _code,
    "department": _code,
    "reach_km": lambda values: _whole(values, 0, MOST_REACH_KM),
    "occupation": lambda values: values[-1][:20],
    "contracts": _codes,
    "hours": _among(Hours),
    "days": lambda values: tuple(one for one in _codes(values) if one in set(Days)),
    "has": _codes,
    "pay_least": lambda values: _number(values, 0.01, 1000),
    "since_days": lambda values: _whole(values, 1, 366),
    "in_limits": lambda values: values[-1] == "1",
    "literally": _codes,
    "order": _among(Order),
    "page": lambda values: _whole(values, 1, MOST_PAGES),
}
