"""Gross pay per hour, month and year, and the legal minimum."""

from decimal import ROUND_HALF_UP, Decimal

from visavis.catalog import least_pay
from visavis.catalog.least_pay import MinimumWage
from visavis.common import clock
from visavis.jobseekers.enums import PayUnit

CENT = Decimal("0.01")
HOURS_PER_UNIT = {
    PayUnit.HOUR: Decimal(1),
    PayUnit.MONTH: Decimal("151.67"),
    PayUnit.YEAR: Decimal(1820),
}


def minimum_wage() -> MinimumWage:
    """Return the SMIC of today."""
    return least_pay.minimum_wage(clock.today())


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
