"""By what a station is opened, and why a sitting ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """What opened a station: only a badge says who sits there."""

    TICKET = "ticket", _("with a ticket")
    BADGE = "badge", _("with a card")
    GUEST = "guest", _("as a guest")


class End(models.TextChoices):
    """Why a sitting is over."""

    FINISHED = "finished", _("finished by the person")
    IDLE = "idle", _("nobody was there any more")
    TIME = "time", _("its time was over")
    CLOSING = "closing", _("the agency closed")
    AGENCY = "agency", _("ended by the agency")
    LOST = "lost", _("the browser stopped")
