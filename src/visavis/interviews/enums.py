"""Where an interview and a seat stand, who sits, and who moves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who moves an interview or a seat."""

    PERSON = "person"
    AGENCY = "agency"
    SERVICE = "service"


class State(models.TextChoices):
    """Where an interview stands."""

    TO_COME = "to-come", _("To come")
    RUNNING = "running", _("In course")
    ENDED = "ended", _("Ended")


class Act(models.TextChoices):
    """What happens to an interview."""

    OPEN = "open"
    BEGIN = "begin"
    END = "end"
    RESUME = "resume"


class Sitter(models.TextChoices):
    """Who sits in a seat."""

    COUNSELLOR = "counsellor", _("Counsellor")
    PERSON = "person", _("Person received")
    INTERPRETER = "interpreter", _("Interpreter")
    HELPER = "helper", _("Helper")
    COLLEAGUE = "colleague", _("Colleague")


class SeatState(models.TextChoices):
    """Where a seat stands: who is admitted hears and is heard, nobody else."""

    INVITED = "invited", _("has not come yet")
    WAITING = "waiting", _("waits to be let in")
    ADMITTED = "admitted", _("is in the room")
    LEFT = "left", _("has left")
    OUT = "out", _("was put out")


class SeatAct(models.TextChoices):
    """What happens to a seat."""

    INVITE = "invite"
    AGREE = "agree"
    ARRIVE = "arrive"
    ADMIT = "admit"
    LEAVE = "leave"
    PUT_OUT = "put-out"


# Whose seat asks for the person's own yes, and who of the service signs in to sit down.
BESIDE = (Sitter.INTERPRETER, Sitter.HELPER, Sitter.COLLEAGUE)
OF_THE_SERVICE = (Sitter.COUNSELLOR, Sitter.COLLEAGUE)


class Why(models.TextChoices):
    """Why somebody is called in place of an interview by video."""

    RATHER = "rather", _("would rather be called")
    CAMERA = "camera", _("no camera works")
    MICROPHONE = "microphone", _("nobody hears her")
    NETWORK = "network", _("sound and picture do not get through")
    LATE = "late", _("came after the hour")
    ABSENT = "absent", _("did not come")


# What she says herself; that she did not come is said of her.
HER_REASONS = (Why.RATHER, Why.CAMERA, Why.MICROPHONE, Why.NETWORK, Why.LATE)


class CallState(models.TextChoices):
    """Where a call stands."""

    WANTED = "wanted", _("to be called")
    REACHED = "reached", _("reached")
    UNREACHED = "unreached", _("not reached")
    NEW_TIME = "new-time", _("another time agreed")
    TAKEN_BACK = "taken-back", _("no need any more")


class CallAct(models.TextChoices):
    """What happens to a call."""

    ASK = "ask"
    REACH = "reach"
    MISS = "miss"
    GIVE_UP = "give-up"
    RENEW = "renew"
    TAKE_BACK = "take-back"
