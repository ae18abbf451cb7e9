"""Which of her limits an opening breaks, and by how much, in words said to herself."""

import datetime as dt
from collections.abc import Callable
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.catalog import travel
from visavis.catalog.enums import Condition, ContractKind, LanguageLevel, Licence
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.matches.bridge import in_memory, one_person
from visavis.matches.bridge.one_person import Clash
from visavis.matches.pages import missing
from visavis.ui.dates import day
from visavis.vacancies.models import Vacancy

EPOCH = dt.date(1970, 1, 1)


def broken(owner: Opened, vacancy: Vacancy) -> list[str]:
    """Return each limit that the opening passes; to who acts for her in the words of the desk."""
    person = owner.jobseeker
    clashes = one_person.clashes_of(in_memory.WORK.at_hand(), person, vacancy)
    if not owner.is_hers:
        return [missing.clash_words(clash, person, [], alone=False).sentence for clash in clashes]
    return [SAY[clash.kind](clash, person) for clash in clashes]


def amount(value: object) -> float:
    return float(str(value))


def _distance(clash: Clash, person: Jobseeker) -> str:
    hers, theirs = amount(clash.hers), amount(clash.theirs)
    if person.radius_km is None and person.minutes is not None:
        there = travel.said_minutes(theirs, person.transport, person.commune_id, enough=True)
        minutes = {"more": max(there - person.minutes, 5), "hers": person.minutes}
        return _("A way %(more)s minutes longer than the %(hers)s minutes that you accept") % minutes
    words = {"more": max(1, ceil(theirs - hers)), "hers": missing.number(hers)}
    if person.radius_km is None:
        return _("%(more)s km farther than people usually go; you have not said how far you go") % words
    return _("%(more)s km farther than the %(hers)s km that you accept") % words


def _pay(clash: Clash, person: Jobseeker) -> str:
    less = ceil((amount(clash.hers) - amount(clash.theirs)) * 100 - 1e-6) / 100
    words = {"less": number_format(less, 2), "hers": number_format(amount(clash.hers), 2)}
    return _("Pays €%(less)s an hour less than the €%(hers)s that you ask") % words


def _hours(clash: Clash, person: Jobseeker) -> str:
    hers, theirs = amount(clash.hers), amount(clash.theirs)
    words = {"by": missing.number(abs(theirs - hers)), "hers": missing.number(hers)}
    if theirs > hers:
        return _("%(by)s h a week more than your maximum of %(hers)s h") % words
    return _("%(by)s h a week fewer than your minimum of %(hers)s h") % words


def _start(clash: Clash, person: Jobseeker) -> str:
    hers, theirs = int(amount(clash.hers)), int(amount(clash.theirs))
    sentence = ngettext(
        "Begins on %(theirs)s, %(number)s day before you can",
        "Begins on %(theirs)s, %(number)s days before you can",
        hers - theirs,
    )
    return sentence % {"theirs": day(EPOCH + dt.timedelta(days=theirs)), "number": hers - theirs}


def _contract(clash: Clash, person: Jobseeker) -> str:
    named = missing.names(clash.theirs, lambda code: str(ContractKind(code).label))
    return _("A contract that you did not choose: %(names)s") % {"names": named}


def _licences(clash: Clash, person: Jobseeker) -> str:
    named = missing.names(clash.theirs, lambda code: str(Licence(code).label))
    return _("It takes a licence that you have not told (%(names)s)") % {"names": named}


def _conditions(clash: Clash, person: Jobseeker) -> str:
    named = missing.names(clash.theirs, lambda code: str(Condition(code).label))
    return _("What you wish to avoid: %(names)s") % {"names": named}


def _languages(clash: Clash, person: Jobseeker) -> str:
    hers = dict(code.split(":") for code in clash.hers) if isinstance(clash.hers, tuple) else {}

    def named(code: str) -> str:
        asked, level = missing.language(code), hers.get(code.partition(":")[0])
        if level is None:
            return asked
        return _("%(language)s, you said %(level)s") % {
            "language": asked,
            "level": LanguageLevel(int(level)).name,
        }

    return _("A language asked that you have not told, or not at this level: %(names)s") % {
        "names": missing.names(clash.theirs, named)
    }


def _unrelated(clash: Clash, person: Jobseeker) -> str:
    return _("Another kind of work than what you told us")


SAY: dict[str, Callable[[Clash, Jobseeker], str]] = {
    "distance": _distance,
    "pay": _pay,
    "hours": _hours,
    "start": _start,
    "contract": _contract,
    "licences": _licences,
    "conditions": _conditions,
    "languages": _languages,
    "unrelated": _unrelated,
}
