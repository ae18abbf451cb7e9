"""The least that work may be paid: a dated table by territory, age and kind of contract (`data/least_pay.toml`)."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from visavis.catalog.enums import ContractKind

CENT = Decimal("0.01")
# A month has the twelfth part of fifty-two weeks.
WEEKS_A_YEAR, MONTHS = 52, 12
# Paid otherwise than by the hour, or not an employment.
WITHOUT = frozenset({ContractKind.SELF_EMPLOYED, ContractKind.OTHER})


@dataclass(frozen=True)
class MinimumWage:
    """The least for an hour, gross, in euros, and the day from which it holds."""

    per_hour: Decimal
    since: dt.date


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("data").joinpath("least_pay.toml").read_text("utf-8"))


def minimum_wage(on: dt.date, department: str = "") -> MinimumWage:
    """Return the minimum wage of a day in a department (INSEE code); before the table begins, its first."""
    tables = _table()["least"]
    row = next((one for one in reversed(tables) if one["since"] <= on), tables[0])
    return MinimumWage(Decimal(row["elsewhere"].get(department, row["hour"])), row["since"])


def share(kind: str, age: int, column: int) -> int:
    """Return hundredths of the minimum wage, for a kind of the table, by an age.

    The column is the year, from 0, of an "apprentice"; in "work_study" it is 1 for who has a degree.
    """
    rows = {int(least): shares for least, shares in _table()[kind].items()}
    held = rows[max((least for least in rows if least <= age), default=min(rows))]
    return int(held[min(column, len(held) - 1)])


def least_of(contract: str, on: dt.date, department: str = "") -> MinimumWage | None:
    """Return the least that anybody may be paid under a contract, none where the law has none.

    An ad may not ask for an age: of an apprenticeship it is what the youngest has in the first year.
    """
    if contract in WITHOUT:
        return None
    legal = minimum_wage(on, department)
    if contract != ContractKind.APPRENTICESHIP:
        return legal
    hundredths = share("apprentice", age=0, column=0)
    return MinimumWage((legal.per_hour * hundredths / 100).quantize(CENT, ROUND_HALF_UP), legal.since)


def of_hours(per_hour: Decimal, hours_a_week: float, period: str) -> Decimal:
    """Return what so much an hour makes in an "hour", a "month" or a "year" of so many hours a week."""
    hours = Decimal(str(hours_a_week))
    per_year = per_hour * hours * WEEKS_A_YEAR
    sums = {"hour": per_hour, "month": per_year / MONTHS, "year": per_year}
    return sums[period].quantize(CENT, ROUND_HALF_UP)
