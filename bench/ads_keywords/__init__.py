"""The keyword rules that read pasted texts until November 2026: what `bench/ads.py` compares the reader with."""

import datetime as dt
from collections.abc import Mapping

from bench.ads_keywords import person, terms
from bench.ads_keywords.page import Page, Understood
from visavis.vacancies.words.text import clean

MOST = 20_000


def understand(text: str, *, skills: Mapping[str, str], today: dt.date) -> Understood:
    page = Page(clean(text, MOST))
    return Understood(
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
