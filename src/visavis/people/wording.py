"""What the journal's codes are called in front of people. Apps above add their own with `name_thing`."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.journal.models import Entry

type Words = str | Promise

WRONG_CODE = _("This is not the code we expect. Check it and try again.")

THINGS: dict[str, Words] = {
    "account": _("the account"),
    "membership": _("a role"),
    "second-factor": _("a second factor"),
    "identity": _("an identity of another service"),
    "table": _("a table that was taken away"),
    "jobseeker": _("the file"),
    "profile": _("the profile"),
    "timeline": _("all that happened"),
    "assignment": _("the counsellor of the file"),
    "openings": _("the list of openings found"),
    "opinion": _("what was said of a vacancy"),
    "candidate": _("the profile for a vacancy, without the name"),
    "named-candidate": _("the name, and why this person suits, in a list for a vacancy"),
    "vacancy": _("a vacancy"),
    "employer": _("an employer"),
    "feed_run": _("an import of openings"),
    "demo": _("the demonstration"),
    "journal": _("the journal"),
    "agency": _("an agency"),
    "letter": _("a letter to sign in with"),
}

ACTIONS: dict[str, Words] = {
    "read": pgettext_lazy("done", "read"),
    "created": pgettext_lazy("done", "added"),
    "changed": pgettext_lazy("done", "changed"),
    "deleted": pgettext_lazy("done", "removed"),
    "signed-in": pgettext_lazy("done", "signed in"),
    "signed-out": pgettext_lazy("done", "signed out"),
    "refused": pgettext_lazy("done", "was refused"),
    "ran": pgettext_lazy("done", "ran"),
}


WHYS: list[Callable[[Sequence[Entry]], Mapping[int, str]]] = []
"""Why somebody did what entries of the journal say, by their number: an app above that knows it adds itself."""


def whys(entries: Sequence[Entry]) -> dict[int, str]:
    """Return why entries were done, of those that somebody was asked about."""
    return {number: words for ask in WHYS for number, words in ask(entries).items()}


def name_thing(code: str, words: Words) -> None:
    """Say how a thing of another app is called in the journal's pages."""
    THINGS[code] = words


def thing(code: str) -> str:
    return str(THINGS.get(code, _("a part of the file")))


def action(code: str) -> str:
    return str(ACTIONS.get(code, code))
