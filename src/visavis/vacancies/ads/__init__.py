"""One reader of ads: title, text and structured fields together, each value with the words it was read in. Pure.

In reading order: facts, text, then a file for each thing that is read: `terms` of the work, what is asked of
the `person`, `phrases` on tasks; fields, columns, merging, values.
"""

import datetime as dt

from visavis.vacancies.ads import phrases
from visavis.vacancies.ads.facts import Facts
from visavis.vacancies.ads.merging import merged
from visavis.vacancies.ads.person import education, experience, languages, licences
from visavis.vacancies.ads.terms import around, conditions, contract, hours, start
from visavis.vacancies.ads.terms import pay as pays
from visavis.vacancies.ads.text import Text

__all__ = ["Facts", "read"]

MOST = 20_000
# Counted up when ads are read otherwise: feeds then read their vacancies again, though these did not change.
EDITION = 6
# Each becomes one space, so that places in the text stay what they are.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, 13, *range(14, 32), 127], " ")


def read(*, title: str, text: str, fields: Facts | None = None, today: dt.date) -> Facts:
    """Read one ad; `fields` is what its structured fields say, `today` the day it was published."""
    page, head = Text(plain(text)[:MOST]), Text(plain(title)[:250], "title")
    return merged(fields or Facts(), said_in(head, page, today), page, head)


def plain(text: str) -> str:
    """Put spaces for what is no sign."""
    return text.translate(_CONTROLS)


def said_in(title: Text, text: Text, today: dt.date) -> Facts:
    """Return what title and text say."""
    kind, months = experience.experience_in(text)
    return Facts(
        contract=contract.contract_in(text) or contract.contract_in(title),
        starts=start.start_in(text, today) or start.start_in_title(title, today),
        ends=start.end_in(text, today),
        hours=hours.hours_in(text) or hours.hours_in(title),
        working_time=hours.working_time_in(text) or hours.working_time_in(title),
        pay=pays.pay_in(text) or pays.pay_in(title),
        positions=around.positions_in(title, text),
        experience=kind,
        experience_months=months,
        beginner=experience.beginner_in(text) or experience.beginner_in(title),
        education=education.education_in(text),
        licences={**licences.licences_in(title), **licences.licences_in(text)},
        languages={**languages.languages_in(title), **languages.languages_in(text)},
        conditions={**conditions.conditions_in(title), **conditions.conditions_in(text)},
        own_vehicle=around.own_vehicle_in(text),
        remote=around.remote_in(text) or around.remote_in(title),
        skills=phrases.skills_in(text),
    )
