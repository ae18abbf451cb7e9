"""What is kept, until when and by which law, in words: the same list by which the night deletes."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from visavis.common import keeping
from visavis.common.keeping import Erased, Kept

# What is said where no other law is; the apps' own words are extracted from their `keeping.toml`.
LAWS: dict[str, Promise] = {keeping.PUBLIC_TASK: gettext_lazy("GDPR art. 6(1)(e), a public task")}
ENDS: dict[Erased, Promise] = {
    Erased.WITH_ACCOUNT: gettext_lazy("Erased with the account."),
    Erased.FORGETS_AUTHOR: gettext_lazy("Stays after the account is erased; whose it was is forgotten."),
    Erased.BY_TIME: gettext_lazy("Stays after the account is erased, until its own time is over."),
    Erased.NEVER: gettext_lazy("Nothing in it says whose it is."),
}


@dataclass(frozen=True)
class Row:
    """One class of data in words."""

    what: str
    until: str
    why: str
    law: str
    ends: str


def until(one: Kept) -> str:
    """Say how long, with the hours that a session lasts here."""
    hours = f"{settings.VISAVIS_SESSION_HOURS:g}"
    return gettext(one.until).replace("`VISAVIS_SESSION_HOURS`", hours)


def law(one: Kept) -> str:
    return str(LAWS.get(one.law) or gettext(one.law))


def rows(*, about_people: bool) -> list[Row]:
    """Return the classes of data that are about people, or those that are about nobody."""
    return [
        Row(capfirst(gettext(one.what)), until(one), gettext(one.why), law(one), str(ENDS[one.erased]))
        for one in keeping.kept()
        if (one.law != keeping.NOBODY) == about_people
    ]
