"""The end of a follow-up, in words: why, where it stands, what is done, and how it was said."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a follow-up may end: a closed list, read by the person too."""

    AT_WORK = "at-work", _("At work")
    TRAINING = "training", _("In training")
    MOVED = "moved", _("Lives elsewhere now")
    RETIRED = "retired", _("Retired")
    NO_WISH = "no-wish", _("Does not wish to be followed")
    SILENT = "silent", _("No answer for a long time")
    OTHER = "other", _("Something else")


TO_HER: dict[str, Promise] = {
    Reason.AT_WORK: _("you work"),
    Reason.TRAINING: _("you are in training"),
    Reason.MOVED: _("you live elsewhere now"),
    Reason.RETIRED: _("you are retired"),
    Reason.NO_WISH: _("you do not wish to be followed"),
    Reason.SILENT: _("you have not answered us for a long time"),
}
"""The same, as it is said to her; what is of no list has its own words."""


class State(models.TextChoices):
    """Where the end of a follow-up stands."""

    PROPOSED = "proposed", _("The end is proposed")
    STAYS = "stays", _("The follow-up goes on, as the person wants")
    WITHDRAWN = "withdrawn", _("The follow-up goes on: the agency took its proposal back")
    ENDED = "ended", _("The follow-up has ended")
    AGAIN = "again", _("The follow-up was taken up again")


UNRESOLVED = (State.PROPOSED, State.ENDED)
"""Those of which a person has one at most."""


class Act(models.TextChoices):
    """What is done."""

    PROPOSE = "propose", _("The end of the follow-up was proposed")
    MOVE = "move", _("The day was moved: the person did not know yet")
    STAY = "stay", _("The person wants the follow-up to go on")
    WITHDRAW = "withdraw", _("The proposal was taken back")
    END = "end", _("The follow-up ended")
    AGAIN = "again", _("The follow-up was taken up again")
    UNDO = "undo", _("The end was taken back")


class Side(models.TextChoices):
    """Whose word it is."""

    PERSON = "person"
    AGENCY = "agency"
    SERVICE = "service"


class Way(models.TextChoices):
    """How it was said."""

    SITE = "site", _("on the site")
    LINK = "link", _("by the link of a message")
    LETTER = "letter", _("by the code of a letter")
    SMS = "sms", _("by text message")
    HELPER = "helper", _("by a helper, under a mandate")
    PHONE = "phone", _("by phone")
    COUNTER = "counter", _("at the agency")
    PAPER = "paper", _("on paper")
    PROGRAM = "program", _("by a program")
    TIME = "time", _("its day had come")


NOTED = (Way.PHONE, Way.COUNTER, Way.PAPER)
"""How somebody of the service hears her word."""
