"""Employers, their vacancies, and the feeds that bring others."""

from visavis.vacancies.models.employer import Employer
from visavis.vacancies.models.feed import Feed, FeedAddress, FeedFall, FeedRun, FeedRunNote, FeedUpload
from visavis.vacancies.models.vacancy import LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.models.watched import Hiding, Report, Why

__all__ = [
    "Employer",
    "Feed",
    "FeedAddress",
    "FeedFall",
    "FeedRun",
    "FeedRunNote",
    "FeedUpload",
    "Hiding",
    "LanguageAsked",
    "Report",
    "SkillAsked",
    "Vacancy",
    "Why",
]
