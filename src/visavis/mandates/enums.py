"""What a mandate can be in, who moves it, and by which way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.acts.models import SERVICE


class State(models.TextChoices):
    """Where a mandate stands."""

    OFFERED = "offered", _("prepared")
    GIVEN = "given", _("holds")
    ENDED = "ended", _("over")
    REVOKED = "revoked", _("ended before its time")
    DROPPED = "dropped", _("never begun")


class Act(models.TextChoices):
    """What happens to a mandate."""

    OFFER = "offer"
    GIVE = "give"
    REVOKE = "revoke"
    END = "end"
    DROP = "drop"


class Side(models.TextChoices):
    """Who does it: the person, the helper, somebody of the agency for her, or time itself."""

    PERSON = "person"
    HELPER = "helper"
    AGENCY = "agency"
    SERVICE = SERVICE


class Way(models.TextChoices):
    """By which way the person said it."""

    WEB = "web", _("on this site")
    COUNTER = "counter", _("at the agency")
    PHONE = "phone", _("by phone")
    POST = "post", _("by post")
    SMS = "sms", _("by text message")
    PROGRAM = "program", _("by a program")
    TIME = "time", _("by itself")


class Days(models.IntegerChoices):
    """How long a mandate holds."""

    ONE = 1, _("today only")
    MONTH = 31, _("31 days")
    HALF = 182, _("182 days: half a year")
    YEAR = 365, _("365 days: a year")
