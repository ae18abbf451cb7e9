"""What an address asks: words, filters, and a place as people write it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from visavis.catalog.models import Commune
from visavis.catalog.places import How, commune_for, commune_with, gazetteer, search_communes
from visavis.folding import fold
from visavis.searches import wording
from visavis.searches.asked import NAMES, Asked
from visavis.vacancies.words.text import clean

LONGEST_PLACE = 120
LIKELY = 4


@dataclass(frozen=True)
class Asking:
    """One search as it was asked; `wrong` says why the place was not understood, `likely` what it may be."""

    asked: Asked
    words: str = ""
    place: str = ""
    wrong: str = ""
    likely: tuple[Commune, ...] = ()


def read(pairs: Mapping[str, Iterable[str]], *, has_profile: bool) -> Asking:
    """Read an address. Who comes with a profile and asks nothing yet is shown what her own limits allow."""
    said = {name: [clean(one) for one in values] for name, values in pairs.items()}
    asked = Asked.from_params(said)
    if not set(said) & {*NAMES.values(), "place"}:
        asked = Asked(in_limits=has_profile)
    if "said" in said and last(said, "said") != asked.words:
        # The words are others now: what was understood of the former ones is forgotten.
        asked = replace(asked, literally=())
    words = last(said, NAMES["words"])
    if "place" not in said:
        return Asking(asked, words, place_said(asked))
    return placed(asked, words, last(said, "place")[:LONGEST_PLACE])


def last(said: Mapping[str, list[str]], name: str) -> str:
    return said[name][-1].strip() if said.get(name) else ""


def placed(asked: Asked, words: str, typed: str) -> Asking:
    """Find the place that was typed: what was chosen among suggestions, else a commune or a department."""
    nowhere = replace(asked, commune="", department="")
    if not typed:
        return Asking(nowhere, words)
    chosen = commune_with(asked.commune)
    if chosen and fold(chosen.name) in fold(typed):
        return Asking(replace(asked, department=""), words, typed)
    found = commune_for(name=typed)
    if found.how == How.DEPARTMENT and found.commune:
        return Asking(replace(nowhere, department=found.commune.department_id), words, typed)
    if found.commune is None or found.how == How.REGION:
        wrong = _("We know no town and no department by this name. Check the spelling, or try the postcode.")
        if found.how == How.REGION:
            wrong = _("This is a whole region. Write one of its towns, or one of its departments.")
        return Asking(nowhere, words, typed, wrong, tuple(search_communes(typed, LIKELY)))
    return Asking(replace(nowhere, commune=found.commune.pk), words, str(found.commune))


def place_said(asked: Asked) -> str:
    """Return the place of a search as its field shows it."""
    if found := commune_with(asked.commune):
        return str(found)
    department = gazetteer().departments.get(asked.department)
    return department.name if department else ""


def reach(km: int) -> str:
    return _("within %(km)s km") % {"km": km} if km else _("in the town itself")


def query(asked: Asked, **more: str) -> str:
    """Return the query of an address; the words always stand in it, so that it is never taken for a first visit."""
    pairs = asked.params()
    words = [] if any(name == NAMES["words"] for name, _value in pairs) else [(NAMES["words"], "")]
    return "?" + urlencode([*words, *pairs, *((name, value) for name, value in more.items() if value)])


def told(asked: Asked) -> list[str]:
    """Return the filters of a search in words, the place but its name left out."""
    said = [reach(asked.reach_km)] if asked.commune else []
    for name in ("contracts", "hours", "days", "has", "pay_least", "since_days", "in_limits"):
        value = getattr(asked, name)
        values = value if isinstance(value, tuple) else (value,)
        said += [wording.choice(name, "1" if one is True else one) for one in values if one]
    return said
