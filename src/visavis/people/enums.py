"""Roles and channels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be in the service, by a membership."""

    JOBSEEKER = "jobseeker", _("Jobseeker")
    COUNSELLOR = "counsellor", _("Counsellor")
    RECEPTION = "reception", _("Reception")
    HEAD = "head", _("Agency head")
    EMPLOYER = "employer", _("Employer")
    PROTECTION = "protection", _("Data protection officer")
    HELPER = "helper", _("Helper")


class Capacity(models.TextChoices):
    """As what somebody acts for a person (`acting.py`)."""

    HERSELF = "herself"
    COUNSELLOR = "counsellor"
    COUNTER = "counter"
    SUBSTITUTE = "substitute"
    MET = "met-today"
    AT_DESK = "at-desk"
    ADMITTED = "admitted"


STAFF_ROLES = frozenset({Role.COUNSELLOR, Role.RECEPTION, Role.HEAD, Role.PROTECTION})


class Channel(models.TextChoices):
    """How a person wants to be reached. Every function obeys it."""

    WEB = "web", _("The site and e-mail")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Phone call")
    POST = "post", _("Letter")
    COUNTER = "counter", _("At the counter")
