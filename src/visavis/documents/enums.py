"""Kinds of documents, ways in which they come, states, and why one is not accepted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a document is; how long it is kept depends on it."""

    IDENTITY = "identity", _("Identity card, passport or residence permit")
    DIPLOMA = "diploma", _("Diploma or certificate")
    LICENCE = "licence", _("Driving licence")
    WORK = "work", _("Certificate of work, pay slip or contract")
    CV = "cv", _("CV or letter")
    ADDRESS = "address", _("Proof of address")
    OTHER = "other", _("Another document")


class Way(models.TextChoices):
    """By what way it came."""

    WEB = "web", _("on the site")
    COUNTER = "counter", _("at the counter")
    POST = "post", _("by letter")
    LETTER = "letter", _("by the code of a letter")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by a link on a phone")
    MAIL = "mail", _("by e-mail")
    PROGRAM = "program", _("by a program")


class Side(models.TextChoices):
    """Who moves a document."""

    SERVICE = "service"
    PERSON = "person"
    AGENCY = "agency"


class State(models.TextChoices):
    """Where a document stands."""

    RECEIVED = "received", _("Received: being looked at")
    TO_CHECK = "to-check", _("To be checked by the agency")
    CHECKED = "checked", _("Checked")
    REFUSED = "refused", _("Not accepted")
    UNSAFE = "unsafe", _("Cannot be opened")
    WITHDRAWN = "withdrawn", _("Taken back")


class Act(models.TextChoices):
    """What happens to a document."""

    SEND = "send", _("sent")
    DRAW = "draw", _("drawn page by page")
    STOP = "stop", _("stopped: it cannot be opened")
    CHECK = "check", _("checked")
    REFUSE = "refuse", _("not accepted")
    WITHDRAW = "withdraw", _("taken back")


class Why(models.TextChoices):
    """Why a document is not accepted, or cannot be opened."""

    UNREADABLE = "unreadable", _("It cannot be read: too dark, blurred or cut.")
    WRONG = "wrong", _("It is not the document that was asked for.")
    OLD = "old", _("It is too old, or no longer valid.")
    MISSING = "missing", _("A page or a side is missing.")
    OTHER = "other", _("Another reason, said below.")
    VIRUS = "virus", _("It holds something dangerous. We did not open it.")
    KIND = "kind", _("This kind of file is not taken. Send a photo, a scan or a PDF file.")
    PASSWORD = "password", _("It is locked by a password. Send a copy without one.")
    DAMAGED = "damaged", _("It is damaged or not whole. Send it again.")
    HUGE = "huge", _("It takes too long to be opened, or has more than sixty pages. Send it in parts.")
    PIXELS = (
        "pixels",
        _(
            "The picture has too many points. Set the camera to 24 megapixels at most, or the scanner to 300 dpi."
        ),
    )
    PROGRAM = (
        "program",
        _(
            "Only the program that made this form can show it. Print it there, as a PDF or on paper, and send that."
        ),
    )


# What a colleague says; the others are found by the service.
OF_PEOPLE = (Why.UNREADABLE, Why.WRONG, Why.OLD, Why.MISSING, Why.OTHER)
