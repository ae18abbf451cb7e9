"""How filters, their choices and suggestions are called."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.catalog.enums import ContractKind, Licence
from visavis.searches.asked import NO_LICENCE, Days, Hours

FILTERS = {
    "place": gettext_lazy("Place"),
    "occupation": gettext_lazy("Occupation"),
    "contracts": gettext_lazy("Contract"),
    "hours": gettext_lazy("Hours"),
    "days": gettext_lazy("Days and nights"),
    "has": gettext_lazy("Licences you have"),
    "pay_least": gettext_lazy("Gross pay, at least"),
    "since_days": gettext_lazy("Published"),
    "in_limits": gettext_lazy("Your limits"),
}
CHOICES = {
    ("hours", Hours.FULL): gettext_lazy("Full time"),
    ("hours", Hours.PART): gettext_lazy("Part time"),
    ("days", Days.NO_WEEKENDS): gettext_lazy("Not at weekends"),
    ("days", Days.NO_NIGHTS): gettext_lazy("Not at night"),
    ("days", Days.WEEKENDS): gettext_lazy("At weekends"),
    ("days", Days.NIGHTS): gettext_lazy("At night"),
    ("has", NO_LICENCE): gettext_lazy("None"),
    ("in_limits", True): gettext_lazy("Only what your limits allow"),
}


def choice(name: str, value: Any) -> str:
    """Say a choice of a filter."""
    if name == "contracts":
        return str(ContractKind(value).label)
    if (name, value) in CHOICES:
        return str(CHOICES[name, value])
    if name == "has":
        return str(Licence(value).label)
    if name == "place":
        return _("Within %(km)s km") % {"km": value}
    if name == "pay_least":
        said = number_format(value, 0 if float(value).is_integer() else 2)
        return _("%(pay)s € an hour") % {"pay": said}
    return ngettext("In the last day", "In the last %(days)s days", int(value)) % {"days": value}
