"""States, acts, sides and reasons: closed lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where the account of an employer stands."""

    ASKED = "asked", _("Asked for")
    CHECKING = "checking", _("Being checked")
    OPEN = "open", pgettext_lazy("account", "Open")
    REFUSED = "refused", pgettext_lazy("account", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("account", "Taken back")
    DOWN = "down", _("Taken down")


# Nobody else asks for the same SIRET meanwhile: he joins.
LIVING = frozenset({State.ASKED, State.CHECKING, State.OPEN})
TO_CHECK = frozenset({State.ASKED, State.CHECKING})


class Side(models.TextChoices):
    """For whom an act is done."""

    EMPLOYER = "employer", _("The employer")
    AGENCY = "agency", _("The agency")


class Act(models.TextChoices):
    """What can happen to an account."""

    ASK = "ask", _("asked for an account")
    TAKE_UP = "take-up", _("began the check")
    CHECK = "check", _("wrote down a check")
    OPEN = "open", _("opened the account")
    REFUSE = "refuse", _("refused the account")
    WITHDRAW = "withdraw", _("took the request back")
    TAKE_DOWN = "take-down", _("took the account down")
    UNDO = "undo", _("took the last decision back")


class Kind(models.TextChoices):
    """What an employer is. Those without a SIRET are opened by the agency only."""

    COMPANY = "company", _("With a SIRET: a firm, a shop, an association, a public body")
    HOUSEHOLD = "household", _("A private person who employs at home")
    ASSOCIATION = "setting-up", _("An association or a firm that is being set up")


class Way(models.TextChoices):
    """How the agency checked."""

    CALL = "call", _("I called the establishment")
    PAPERS = "papers", _("I saw the papers at the counter")


class Found(models.TextChoices):
    """Where the number that was called was found. Never in the request."""

    DIRECTORY = "directory", _("In a telephone directory")
    WEBSITE = "website", _("On the establishment’s own site, found by its name")
    REGISTER = "register", _("In the register of companies or a public body’s list")
    KNOWN = "known", _("The agency has known it for a long time")
    OTHER = "other", _("Elsewhere (say where)")


class Outcome(models.TextChoices):
    """What the check said."""

    CONFIRMED = "confirmed", _("Yes: this person may ask for it in its name")
    DENIED = "denied", _("No: nobody there asked for it")
    NO_ANSWER = "no-answer", _("Nobody answered, or nobody who could say")


class Reason(models.TextChoices):
    """Why an account is refused or taken down; what the employer reads of it: sentences.toml."""

    DENIED = "denied", _("The establishment says that it did not ask for it")
    NOT_REACHED = "not-reached", _("The establishment could not be reached at a number that we found")
    NOT_FOUND = "not-found", _("No such establishment was found")
    TWICE = "twice", _("The employer has an account already")
    NOT_HIRING = "not-hiring", _("It does not employ people")
    MONEY = "money", _("It asked candidates for money or bank details")
    FORBIDDEN = "forbidden", _("Its vacancies are not real or not lawful")
    ENDED = "ended", _("The establishment no longer exists")
    OTHER = "other", _("Another reason")


OF_REFUSING = (
    Reason.DENIED,
    Reason.NOT_REACHED,
    Reason.NOT_FOUND,
    Reason.TWICE,
    Reason.NOT_HIRING,
    Reason.OTHER,
)
OF_TAKING_DOWN = (Reason.DENIED, Reason.MONEY, Reason.FORBIDDEN, Reason.ENDED, Reason.OTHER)
