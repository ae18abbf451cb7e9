"""Whether a vacancy pays what the law asks for its hours, place and contract."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from visavis.catalog import least_pay
from visavis.catalog.least_pay import MinimumWage
from visavis.common import clock
from visavis.ui import dates
from visavis.vacancies.ads.facts import FULL_TIME_HOURS
from visavis.vacancies.models import Vacancy

# What is told of a month is rounded to the euro by many.
ROUNDED = {"hour": Decimal("0.005"), "month": Decimal("0.5"), "year": Decimal("6")}


@dataclass(frozen=True)
class Shortfall:
    """Pay below the law: what is offered, for which hours, and the least for them, in the employer's own period."""

    offered: Decimal
    period: str
    hours: float
    least: Decimal
    legal: MinimumWage

    @property
    def sentence(self) -> str:
        """Say the sum that the law asks for these hours."""
        said = {
            "offered": _sum(self.offered),
            "least": _sum(self.least),
            "hour": _sum(self.legal.per_hour),
            "hours": number_format(self.hours, 0 if self.hours == int(self.hours) else 1),
            "since": dates.day(self.legal.since),
        }
        if self.period == "hour":
            return (
                _(
                    "€%(offered)s an hour is below the legal minimum: at least €%(least)s gross an hour "
                    "since %(since)s."
                )
                % said
            )
        if self.period == "month":
            return (
                _(
                    "€%(offered)s a month is below the legal minimum: for %(hours)s hours a week it is at least "
                    "€%(least)s gross a month (€%(hour)s an hour since %(since)s)."
                )
                % said
            )
        return (
            _(
                "€%(offered)s a year is below the legal minimum: for %(hours)s hours a week it is at least "
                "€%(least)s gross a year (€%(hour)s an hour since %(since)s)."
            )
            % said
        )


def _sum(amount: Decimal) -> str:
    """Write an amount as people do: cents where there are some, thousands apart."""
    return str(number_format(amount, 0 if amount == int(amount) else 2, force_grouping=True))


def shortfall(vacancy: Vacancy) -> Shortfall | None:
    """Return by how much the lowest pay of a vacancy is below the law today; nothing where it is not, or not told."""
    # A department may ask for less, none for more: where most vacancies are lawful, no place is looked up.
    if (found := _shortfall(vacancy, "")) is None:
        return None
    department = vacancy.commune.department_id if vacancy.commune else vacancy.department_id
    return _shortfall(vacancy, department) if department else found


def _shortfall(vacancy: Vacancy, department: str) -> Shortfall | None:
    legal = least_pay.least_of(vacancy.contract, clock.today(), department)
    offered, period = _offered(vacancy)
    if legal is None or offered is None:
        return None
    hours = float(vacancy.hours_min or vacancy.hours_max or FULL_TIME_HOURS)
    least = least_pay.of_hours(legal.per_hour, hours, period)
    return None if offered + ROUNDED[period] >= least else Shortfall(offered, period, hours, least, legal)


def _offered(vacancy: Vacancy) -> tuple[Decimal | None, str]:
    """Return the lowest pay as the employer typed it, else an hour's."""
    said = vacancy.pay_said or {}
    if amount := said.get("low") or said.get("high"):
        return Decimal(str(amount)), str(said.get("period", "hour"))
    least = vacancy.pay_min_hour if vacancy.pay_min_hour is not None else vacancy.pay_max_hour
    return least, "hour"
