"""Words that only the profile uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PayUnit(models.TextChoices):
    """Gross pay, by the time it is paid for."""

    HOUR = "hour", _("An hour")
    MONTH = "month", _("A month, full time")
    YEAR = "year", _("A year, full time")


class HoursKind(models.TextChoices):
    """What she answers; the profile keeps the two bounds."""

    FULL = "full", _("Full time: 35 hours a week or more")
    PART = "part", _("Part time: less than 35 hours a week")
    BETWEEN = "between", _("Between two numbers of hours")
    ANY = "any", _("Full time or part time: both suit me")


class ReachUnit(models.TextChoices):
    MINUTES = "minutes", _("A travel time, in minutes")
    KM = "km", _("A distance, in kilometres")


class StartKind(models.TextChoices):
    NOW = "now", _("Now")
    DAY = "day", _("From a date")


class SheetChannel(models.TextChoices):
    """How a sheet of printed cards came. Scanned sheets will come through the letterbox."""

    COUNTER = "counter", _("Handed in at the counter")
    POST = "post", _("By post")

    @property
    def thing(self) -> str:
        """Return the journal's code: the channel is kept there, and she reads it."""
        return f"card-sheet-{self.value}"
