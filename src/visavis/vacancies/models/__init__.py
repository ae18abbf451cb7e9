"""Employers, their vacancies, and the feeds that bring others."""

from visavis.vacancies.models.employer import Employer
from visavis.vacancies.models.feed import Feed, FeedRun, FeedRunNote, FeedUpload
from visavis.vacancies.models.vacancy import LanguageAsked, SkillAsked, Vacancy

__all__ = [
    "Employer",
    "Feed",
    "FeedRun",
    "FeedRunNote",
    "FeedUpload",
    "LanguageAsked",
    "SkillAsked",
    "Vacancy",
]
