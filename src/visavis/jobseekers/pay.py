"""Gross pay per hour, month and year, and the legal minimum."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from visavis.jobseekers.enums import PayUnit

CENT = Decimal("0.01")
HOURS_PER_UNIT = {
    PayUnit.HOUR: Decimal(1),
    PayUnit.MONTH: Decimal("151.67"),
    PayUnit.YEAR: Decimal(1820),
}


@dataclass(frozen=True)
class MinimumWage:
    """The legal minimum per hour, gross, and the day from which it holds."""

    per_hour: Decimal
    since: dt.date


def minimum_wage() -> MinimumWage:
    """Return the SMIC as the site is set: VISAVIS_MINIMUM_WAGE and VISAVIS_MINIMUM_WAGE_SINCE."""
    return MinimumWage(
        Decimal(str(getattr(settings, "VISAVIS_MINIMUM_WAGE", "12.02"))),
        dt.date.fromisoformat(str(getattr(settings, "VISAVIS_MINIMUM_WAGE_SINCE", "2026-01-01"))),
    )


def per_hour(amount: Decimal, unit: PayUnit) -> Decimal:
    """Turn an amount into euros per hour, to the cent."""
    return (amount / HOURS_PER_UNIT[unit]).quantize(CENT, ROUND_HALF_UP)


def in_every_unit(amount: Decimal, unit: PayUnit) -> dict[PayUnit, Decimal]:
    """Return the amount per hour, month and year; the one she gave stays as she gave it."""
    hourly = amount / HOURS_PER_UNIT[unit]
    return {
        other: amount if other == unit else (hourly * hours).quantize(CENT, ROUND_HALF_UP)
        for other, hours in HOURS_PER_UNIT.items()
    }
