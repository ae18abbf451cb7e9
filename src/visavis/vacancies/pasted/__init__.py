"""Understand the text of a vacancy that somebody pastes: its title and place here, all else by `ads`. Pure."""

import datetime as dt
from dataclasses import dataclass

from visavis.catalog.pointing import PlaceFound
from visavis.vacancies import ads
from visavis.vacancies.ads.facts import Facts, Found
from visavis.vacancies.ads.text import Text
from visavis.vacancies.feeds.records.vacancy import Places
from visavis.vacancies.pasted import place, title
from visavis.vacancies.words.text import clean


@dataclass(frozen=True)
class Understood:
    """What a text says."""

    title: Found[str] | None
    place: Found[PlaceFound] | None
    facts: Facts


def understand(text: str, *, places: Places, today: dt.date) -> Understood:
    page = Text(ads.plain(clean(text, ads.MOST)))
    facts = ads.read(title="", text=page.original, today=today)
    return Understood(title.title_in(page), place.place_in(page, places), facts)
