"""States of a ticket, who moves it, what happens to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who moves a ticket."""

    SERVICE = "service"
    PERSON = "person"
    AGENCY = "agency"


class State(models.TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", _("waits")
    CALLED = "called", _("is called")
    SERVING = "serving", _("is at the desk")
    ON_HOLD = "on-hold", _("is put on hold")
    FINISHED = "finished", _("is finished")
    MISSED = "missed", _("did not come")
    LEFT = "left", _("has left")


class Act(models.TextChoices):
    """What happens to a ticket."""

    COME_IN = "come-in", _("came in")
    CALL = "call", _("called")
    BEGIN = "begin", _("came to the desk")
    HOLD = "hold", _("put on hold")
    PASS = "pass", _("passed to a colleague")
    LONGER = "longer", _("takes longer")
    FINISH = "finish", _("finished")
    MISS = "miss", _("did not come")
    BACK = "back", _("is back in line")
    LEAVE = "leave", _("left")


class Priority(models.IntegerChoices):
    """Who comes first: then whoever came first."""

    FIRST = 1, _("Cannot wait standing, or comes back to a colleague")
    EXPECTED = 2, _("Has an appointment")
    USUAL = 3, _("Without an appointment")


AT_A_DESK = (State.CALLED, State.SERVING)
HERE = (State.WAITING, *AT_A_DESK, State.ON_HOLD)
OVER = (State.FINISHED, State.LEFT)


class Light(models.TextChoices):
    """How full a door is, in one word and never by its colour alone."""

    GREEN = "green", _("Green: there is little wait.")
    AMBER = "amber", _("Amber: there is some wait.")
    RED = "red", _("Red: the wait is long. Come at another hour if you can.")


class Ended(models.TextChoices):
    """How an alarm ended: one word, nothing written of anybody."""

    CALM = "calm", _("All is calm again")
    MISTAKE = "mistake", _("Pressed by mistake")
    RESCUE = "rescue", _("Police or rescue have come")
