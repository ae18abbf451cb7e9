"""A vacancy of a feed as it comes to stand in the table: what the feed gave, and what title, text and fields say."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from visavis.vacancies.ads import values
from visavis.vacancies.feeds.records.vacancy import VacancyRead

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


def laid_out(read: VacancyRead | None) -> Any:
    assert read is not None
    facts = read.understood(NOW)
    languages = [(code, one.value.level, one.value.is_required) for code, one in facts.languages.items()]
    return SimpleNamespace(
        **vars(read), **values.columns(facts), facts=facts, languages=languages, skills=facts.skills
    )
