"""What a cover sheet is for, how a scan came, where its parts stand, and why somebody has to look."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What lies behind a cover sheet."""

    DOCUMENT = "document", _("A document")
    MESSAGE = "message", _("A letter to the agency")
    CARDS = "cards", _("An answer sheet of the cards")


class Way(models.TextChoices):
    """How a scan came."""

    DROPPED = "dropped", _("given on the page")
    FOLDER = "folder", _("from the scanner")


class ScanState(models.TextChoices):
    """Where a scan stands."""

    RECEIVED = "received", _("Being drawn")
    SPLIT = "split", _("Split at its sheets")
    STOPPED = "stopped", _("Cannot be opened")


class PartState(models.TextChoices):
    """Where a part of a scan is."""

    TO_SORT = "to-sort", _("To be sorted")
    FILED = "filed", _("Filed")
    ASIDE = "aside", _("Put aside")


class Doubt(models.TextChoices):
    """Why somebody has to say where a part belongs."""

    NO_CODE = "no-code", _("No sheet lay before these pages.")
    UNKNOWN = "unknown", _("The code of the sheet is not known here.")
    UNREAD = "unread", _("The code of the sheet cannot be read: something lies on it.")
    EXPIRED = "expired", _("The day printed on the sheet is past.")
    CLOSED = "closed", _("What the sheet was for is no longer asked for.")
    TWO = "two", _("Two codes stand on one page.")
    EMPTY = "empty", _("Nothing lay behind the sheet.")
    BROKEN = "broken", _("A page could not be drawn: scan it again.")
    BLANK = "blank", _("These sides are blank.")
    EMPLOYER = "employer", _("An employer wrote on our letter: enter the answer.")
    TAKEN_BACK = "taken-back", _("It was filed, then taken back.")


class Why(models.TextChoices):
    """Why a scan cannot be opened."""

    KIND = "kind", _("It is neither a PDF nor a picture.")
    PASSWORD = "password", _("It opens only with a password.")
    DAMAGED = "damaged", _("The file is damaged.")
    HUGE = "huge", _("It has more than 400 pages, or takes too long to be opened.")
    PIXELS = "pixels", _("A page has too many points. Scan it again at 300 dpi or less.")
    PROGRAM = (
        "program",
        _("Only the program that made this form can show it. Print it there, then scan the paper."),
    )
    VIRUS = "virus", _("The virus scanner knows something in it.")
    UNCHECKED = "unchecked", _("It is larger than the virus scanner takes: scan fewer pages at once.")
