"""Where a thread is looked for, whose a message is, and how it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voice(models.TextChoices):
    """Whose a message is."""

    THEIRS = "theirs", _("From the person")
    OURS = "ours", _("From the service")
    NOTE = "note", _("Note between colleagues")
    AUTOMATIC = "automatic", _("Automatic message")


class Way(models.TextChoices):
    """How a message came in, or was said."""

    WEB = "web", _("on the site")
    MAIL = "mail", _("by e-mail")
    SMS = "sms", _("by text message")
    PHONE = "phone", _("by phone")
    COUNTER = "counter", _("at the counter")
    STATION = "station", _("at a station")
    POST = "post", _("by post")
    PAPER = "paper", _("on paper")
    PROGRAM = "program", _("by a program")


class Box(models.TextChoices):
    """A part of the letterbox of somebody of the service."""

    WAITING = "waiting", _("Waiting for us")
    AWAITED = "awaited", _("Waiting for the person")
    TEAM = "team", _("The team’s")
    SNOOZED = "snoozed", _("Put off")
    DRAFTS = "drafts", _("My drafts")
    ALL = "all", _("All")


class Mark(models.TextChoices):
    """What has to be said of a message that came from outside."""

    FORGED = "forged", _("Somebody else may have sent this: the check of the sender failed")
    UNCHECKED = "unchecked", _("The sender could not be checked")
    OTHER_ADDRESS = "other-address", _("Sent from an address that is not the person’s")
    TOO_LARGE = "too-large", _("What hangs on it was too large and did not arrive")
    NOT_TAKEN = "not-taken", _("Something hangs on it that cannot be opened here")
    AUTOMATIC = "automatic", _("This looks like the answer of a program: perhaps nobody has read our message")
    SEALED = "sealed", _("The message is encrypted and cannot be read here: ask for it in another way")
