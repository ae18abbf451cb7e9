"""Understand the text of a vacancy that somebody pastes, French or English. Pure; places and skills are given.

In reading order: page, title, place, terms, person.
"""

import datetime as dt
from collections.abc import Mapping

from visavis.vacancies.feeds.vacancy import Places
from visavis.vacancies.pasted import person, place, terms, title
from visavis.vacancies.pasted.page import Found, Page, Understood
from visavis.vacancies.words.text import clean

__all__ = ["Found", "Understood", "understand"]

MOST = 20_000


def understand(text: str, *, places: Places, skills: Mapping[str, str], today: dt.date) -> Understood:
    """Read a whole text; `skills` maps a code to its label in the language of the text, or in several."""
    page = Page(clean(text, MOST))
    return Understood(
        title=title.title_in(page),
        place=place.place_in(page, places),
        contract=terms.contract_in(page),
        hours=terms.hours_in(page),
        pay=terms.pay_in(page),
        experience=person.experience_in(page),
        education=person.education_in(page),
        starts_on=terms.start_in(page, today),
        positions=terms.positions_in(page),
        licences=person.licences_in(page),
        languages=person.languages_in(page),
        conditions=terms.conditions_in(page),
        skills=person.skills_in(page, skills),
    )
