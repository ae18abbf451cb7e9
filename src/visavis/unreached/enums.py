"""Why nothing reaches somebody, and what became of it: closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """Why nothing got through, as it is known for sure; the order is that in which it is shown."""

    NO_WAY = "no-way", _("There is no way to reach the person")
    FAILED = "failed", _("Nothing that was sent arrived")
    UNTOLD = "untold", _("Something waits and nobody has told it")
    UNANSWERED = "unanswered", _("It was sent, and nothing came back")
    NOTHING = "nothing", _("Nothing was sent and nothing was heard")


class Outcome(models.TextChoices):
    """What became of it."""

    REACHED = "reached", _("The person was reached")
    NEW_ADDRESS = "new-address", _("There is a new address or number")
    WRONG_NUMBER = "wrong-number", _("The number or address is not the person’s")
    MOVED = "moved", _("The person has moved away")
    DECEASED = "deceased", _("The person has died")
    LATER = "later", _("Not reached: try again on a day")
    HEARD = "heard", _("The person was heard from meanwhile")
    GONE = "gone", _("The file is closed")


# What somebody chooses; the night alone notes the others.
CHOSEN = tuple(one for one in Outcome if one not in (Outcome.HEARD, Outcome.GONE))


class Way(models.TextChoices):
    """How somebody tried."""

    PHONE = "phone", _("by phone")
    VISIT = "visit", _("at the agency")
    HOME = "home", _("at the person’s home")
    LETTER = "letter", _("by letter")
    MAIL = "mail", _("by e-mail or text message")
    OTHER = "other", _("through somebody else")
