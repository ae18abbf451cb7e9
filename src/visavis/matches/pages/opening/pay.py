"""What an opening pays, beside what openings of the same occupation usually pay: on one axis, in euros an hour."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from statistics import quantiles

from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy

# Fewer than this do not tell what is usual; more than that tell no more.
LEAST, MOST = 8, 500
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_TICKS = 6
# The axis in the units of the drawing.
LEFT, RIGHT = 24.0, 332.0


@dataclass(frozen=True)
class Tick:
    x: str
    value: float


@dataclass(frozen=True)
class Usual:
    """Half of the openings pay from `low` to `high`; places on the axis are in the units of the drawing."""

    low: float
    middle: float
    high: float
    number: int
    ticks: list[Tick]
    low_x: str
    middle_x: str
    wide: str
    here_x: str
    here_wide: str
    asked_x: str


def of(vacancy: Vacancy, jobseeker: Jobseeker) -> Usual | None:
    """Compare with the open vacancies of the occupation that name their pay; nothing where these are few."""
    here = [float(one) for one in (vacancy.pay_min_hour, vacancy.pay_max_hour) if one is not None]
    if not here or not vacancy.occupation_id:
        return None
    paid = [middle(low, high) for low, high in rows(vacancy)]
    if len(paid) < LEAST:
        return None
    low, half, high = quantiles(paid, n=4, method="inclusive")
    asked = None if jobseeker.lowest_pay_hour is None else float(jobseeker.lowest_pay_hour)
    shown = [low, high, *here, *([] if asked is None else [asked])]
    step = next((one for one in STEPS if (max(shown) - min(shown)) / one <= MOST_TICKS - 2), STEPS[-1])
    start, end = floor(min(shown) / step) * step, ceil(max(shown) / step + 1e-9) * step
    end = max(end, start + step)

    def at(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - start) / (end - start)

    return Usual(
        low=low,
        middle=half,
        high=high,
        number=len(paid),
        ticks=[Tick(f"{at(one):.1f}", one) for one in axis(start, end, step)],
        low_x=f"{at(low):.1f}",
        middle_x=f"{at(half):.1f}",
        wide=f"{max(at(high) - at(low), 3):.1f}",
        here_x=f"{at(min(here)) - 6:.1f}",
        here_wide=f"{at(max(here)) - at(min(here)) + 12:.1f}",
        asked_x="" if asked is None else f"{at(asked):.1f}",
    )


PAID = Prepared(
    lambda occupation: (
        Vacancy.objects.open()
        .filter(occupation=occupation)
        .exclude(pay_min_hour=None, pay_max_hour=None)
        .order_by("-pk")
        .values_list("pay_min_hour", "pay_max_hour")[:MOST]
    )
)


def rows(vacancy: Vacancy) -> list[tuple[Decimal | None, Decimal | None]]:
    return PAID(vacancy.occupation_id) if vacancy.occupation_id else []


def middle(low: Decimal | None, high: Decimal | None) -> float:
    said = [float(one) for one in (low, high) if one is not None]
    return sum(said) / len(said)


def axis(start: float, end: float, step: float) -> list[float]:
    return [round(start + number * step, 2) for number in range(round((end - start) / step) + 1)]
