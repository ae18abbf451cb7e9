"""By what reception knew that a person stood there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """What a visit at the counter stands on."""

    TICKET = "ticket", _("the ticket called to this desk")
    CARD = "card", _("the card for the stations")
    PAPER = "paper", _("an identity paper that reception looked at")
