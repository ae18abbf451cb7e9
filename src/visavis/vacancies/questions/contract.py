"""Question 3: contract and pay."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.catalog.enums import ContractKind
from visavis.vacancies.ads.facts import FULL_TIME_HOURS, Pay
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.form import Number, QuestionForm
from visavis.vacancies.questions.place import plain

# An apprentice of sixteen earns about a quarter of the lowest pay; nobody hires by the hour above this.
LEAST_HOUR, MOST_HOUR = 3, 150
PERIODS = [
    ("hour", pgettext_lazy("pay", "an hour")),
    ("month", pgettext_lazy("pay", "a month")),
    ("year", pgettext_lazy("pay", "a year")),
]


class ContractForm(QuestionForm):
    title = _("Which contract, and which pay?")
    hint = _("Vacancies that say the pay receive more answers.")
    without = _("Without it, people who want another contract or more pay find your vacancy too.")

    contract = forms.ChoiceField(
        label=_("Contract"), choices=ContractKind.choices, required=False, widget=forms.RadioSelect
    )
    contract_months = forms.IntegerField(
        label=_("For how many months?"),
        help_text=_("Leave it empty for a permanent contract."),
        required=False,
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("Write a number of months, for example 6.")},
    )
    pay_low = Number(label=_("Gross pay in euros, from"), min_value=1, max_value=1_000_000, decimal_places=2)
    pay_high = Number(label=_("Gross pay in euros, to"), min_value=1, max_value=1_000_000, decimal_places=2)
    pay_period = forms.ChoiceField(label=_("This pay is for"), choices=PERIODS, required=False)

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        said = vacancy.pay_said or {
            "low": plain(vacancy.pay_min_hour),
            "high": plain(vacancy.pay_max_hour),
            "period": "month" if vacancy.pay_min_hour is None else "hour",
        }
        return {
            "contract": vacancy.contract,
            "contract_months": vacancy.contract_months,
            "pay_low": said["low"],
            "pay_high": said["high"],
            "pay_period": said["period"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = cleaned.get("pay_low"), cleaned.get("pay_high")
        if low and high and high < low:
            self.add_error("pay_high", _("This is less than the lowest pay. Exchange the two."))
        hourly = self._hourly(low or high)
        if hourly is not None and not LEAST_HOUR <= hourly <= MOST_HOUR:
            self.add_error(
                "pay_low", _("This makes an unlikely pay per hour. Check the amount and the period.")
            )
        return cleaned

    def _hourly(self, amount: Decimal | None) -> Decimal | None:
        return hourly_of(self.vacancy, amount, self.cleaned_data.get("pay_period") or "month")

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        low, high = cleaned.get("pay_low"), cleaned.get("pay_high")
        is_permanent = cleaned.get("contract") == ContractKind.PERMANENT
        said = {"low": plain(low), "high": plain(high), "period": cleaned.get("pay_period") or "month"}
        return {
            "contract": cleaned.get("contract", ""),
            "contract_months": None if is_permanent else cleaned.get("contract_months"),
            "pay_min_hour": self._hourly(low or high),
            "pay_max_hour": self._hourly(high or low),
            "pay_said": said if low or high else {},
        }


def hourly_of(vacancy: Vacancy, amount: Decimal | None, period: str) -> Decimal | None:
    """Count an amount per hour, with the hours of the vacancy."""
    if not amount:
        return None
    hours = float(vacancy.hours_min or vacancy.hours_max or FULL_TIME_HOURS)
    return Decimal(str(Pay(float(amount), None, period).per_hour(hours)[0]))


def per_hour_of(vacancy: Vacancy) -> tuple[Decimal | None, Decimal | None]:
    """Count again what the employer typed, when the hours change."""
    said = vacancy.pay_said
    low, high = (Decimal(said[name]) if said.get(name) else None for name in ("low", "high"))
    return hourly_of(vacancy, low or high, said["period"]), hourly_of(vacancy, high or low, said["period"])
