"""Why a file is opened outside one's own people: a closed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """The reasons, as who opens the file chooses one and as its owner reads it."""

    ASKED = "asked", _("The person asked for it: came, called or wrote")
    ABSENT = "absent", _("It cannot wait until the person’s counsellor is back")
    ADVICE = "advice", _("The person’s counsellor asked for advice")
    OPENING = "opening", _("To see whether an opening suits the person")
    WRONG = "wrong", _("To settle a mistake or a complaint")
    OTHER = "other", _("Something else")
