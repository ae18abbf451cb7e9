"""What an appointment is for, how one meets, where it stands, and who moves it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nature(models.TextChoices):
    """What an appointment is for; a follow-up is only with one's own counsellor, or who stands in."""

    FIRST = "first", _("First meeting")
    FOLLOW_UP = "follow-up", _("Follow-up with one’s own counsellor")
    CALL = "call", _("A call")
    WORKSHOP = "workshop", _("Workshop for several people")


class Channel(models.TextChoices):
    """How one meets."""

    AGENCY = "agency", _("At the agency")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    HOME = "home", _("At the person’s home")


class Books(models.TextChoices):
    """Who may book a kind."""

    ANYBODY = "anybody", _("Anybody, on the site")
    INVITED = "invited", _("Who is invited, and the agency")
    AGENCY = "agency", _("The agency only")


class Way(models.TextChoices):
    """By what way it was booked."""

    WEB = "web", _("on the site")
    LETTER = "letter", _("by the code of a letter")
    COUNTER = "counter", _("by the agency")
    PROGRAM = "program", _("by a program")


class State(models.TextChoices):
    """Where an appointment stands; what is held is nobody's yet."""

    HELD = "held", _("Held for ten minutes")
    BOOKED = "booked", _("To come")
    SEEN = "seen", _("Took place")
    EXCUSED = "excused", _("Cancelled by the person")
    REVOKED = "revoked", _("Cancelled by the agency")
    NO_SHOW = "no-show", _("The person did not come")


class Act(models.TextChoices):
    """What is done to an appointment."""

    BOOK = "book"
    MOVE = "move"
    GIVE = "give"
    EXCUSE = "excuse"
    REVOKE = "revoke"
    SEE = "see"
    MISS = "miss"


class Side(models.TextChoices):
    """Who does it."""

    PERSON = "person"
    AGENCY = "agency"
    SERVICE = "service"
