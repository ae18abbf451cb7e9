"""Anybody says that something is wrong with an ad; the agency reads it. Nothing is kept of who said it."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Hiding, Report, Vacancy, Why

# So many reports of one ad say it all: others are thanked, and nothing more is written.
MOST_WAITING = 20
KEPT = dt.timedelta(days=366)
# What is said by one button, on the ad itself too.
ONE_TAP = [(why.value, why.label) for why in Why if why != Why.OTHER]


class NothingSaid(Refused):
    """“Something else” needs words."""

    words = _("Say in a few words what is wrong.")


def can_settle(actor: User) -> bool:
    """Counsellors and heads: they read what is reported, hide an ad and show it again."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def report(*, vacancy: Vacancy, why: str, words: str = "") -> None:
    """Keep that somebody reports an ad, without who. Raises NothingSaid."""
    words = words.strip()[:500]
    if why == "other" and not words:
        raise NothingSaid
    if vacancy.reports.waiting().count() < MOST_WAITING:
        _add(Report(vacancy=vacancy, why=why, words=words), by=None)


def ask_agency(*, vacancy: Vacancy, words: str, by: User) -> None:
    """Ask the agency to let the words of an ad stand, once at a time."""
    if not vacancy.reports.waiting().filter(is_of_reading=True).exists():
        _add(Report(vacancy=vacancy, why="other", words=words.strip()[:500], is_of_reading=True), by=by)


def _add(row: Report, *, by: User | None) -> None:
    with transaction.atomic():
        row.save()
        note = f"vacancy-{row.vacancy_id} {row.why}"
        journal.record(
            journal.Act(Entry.Action.CREATED, "report", row.pk, note=note), by=by.pk if by else None
        )


def settled(now: dt.datetime) -> QuerySet[Report]:
    """Find the reports that were settled a year ago."""
    return Report.objects.filter(settled_at__lt=now - KEPT)


def ended(now: dt.datetime) -> QuerySet[Hiding]:
    """Find the hidings that ended a year ago."""
    return Hiding.objects.filter(ended_at__lt=now - KEPT)
