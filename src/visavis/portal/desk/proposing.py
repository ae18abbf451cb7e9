"""Propose one or several vacancies to one or several people, and report each: nothing is half done in silence."""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import services
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match
from visavis.news import services as news
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.portal.desk.people import followed, person_url
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

MOST_AT_ONCE = 30
# The same proposal sent again within this time is the same click: it is not made twice, and not refused.
SAME_CLICK = dt.timedelta(minutes=10)

type Pair = tuple[Jobseeker, Vacancy]


@dataclass(frozen=True)
class Outcome:
    """What became of one proposal: the introduction, or the sentence of the refusal."""

    jobseeker_id: int
    vacancy_id: int
    introduction_id: int | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Preview:
    """What one person will read, of one vacancy, and how the news reaches her."""

    name: str
    title: str
    lines: list[str]
    channel: str
    is_by_hand: bool


def propose_all(pairs: Iterable[Pair], *, answer_by: dt.date, note: str, by: User) -> list[Outcome]:
    """Propose each pair by itself: one refusal, or one failure, stops none of the others."""
    found = list(pairs)
    scores = scores_of(found)
    return [propose(pair, scores.get(key(pair)), answer_by=answer_by, note=note, by=by) for pair in found]


def key(pair: Pair) -> tuple[int, int]:
    return pair[0].pk, pair[1].pk


def scores_of(pairs: list[Pair]) -> dict[tuple[int, int], float]:
    """Return the score of each pair that stands in a list."""
    rows = Match.objects.filter(
        jobseeker__in=[person.pk for person, _vacancy in pairs],
        vacancy__in=[vacancy.pk for _person, vacancy in pairs],
    )
    return {(match.jobseeker_id, match.vacancy_id): match.score for match in rows}


def propose(pair: Pair, score: float | None, *, answer_by: dt.date, note: str, by: User) -> Outcome:
    """Propose one vacancy to one person, and return what became of it."""
    person, vacancy = pair
    try:
        row = services.propose(
            jobseeker=person, vacancy=vacancy, by=by, answer_by=answer_by, note=note, score=score
        )
    except services.AlreadyIntroduced as refusal:
        same = just_proposed(pair, answer_by, note)
        return Outcome(person.pk, vacancy.pk, same.pk if same else None, "" if same else str(refusal))
    except Refused as refusal:
        return Outcome(person.pk, vacancy.pk, refusal=str(refusal))
    except DatabaseError:
        log.exception("a proposal was not written")
        return Outcome(person.pk, vacancy.pk, refusal=_("It could not be written. Please propose it again."))
    return Outcome(person.pk, vacancy.pk, row.pk)


def just_proposed(pair: Pair, answer_by: dt.date, note: str) -> Introduction | None:
    """Return this very proposal when it was made a moment ago: the button was pressed twice."""
    return Introduction.objects.filter(
        jobseeker=pair[0],
        vacancy=pair[1],
        state=State.PROPOSED,
        origin=Side.COUNSELLOR,
        answer_by=answer_by,
        note=note.strip()[:500],
        opened_at__gte=clock.now() - SAME_CLICK,
    ).first()


def previews(pairs: Iterable[Pair]) -> list[Preview]:
    """Return what each will read, before anything is sent."""
    shown = []
    for person, vacancy in pairs:
        channel = news.channel_of(person.user)
        employer = vacancy.employer.name if vacancy.employer else ""
        lines = (
            employer,
            facts.place(vacancy),
            facts.contract(vacancy),
            facts.hours(vacancy),
            facts.pay_words(vacancy),
        )
        shown.append(
            Preview(
                person.user.name,
                vacancy.title,
                [line for line in lines if line],
                str(Channel(channel).label),
                channel in news.BY_HAND,
            )
        )
    return shown


def kept(outcomes: list[Outcome], answer_by: dt.date) -> dict[str, Any]:
    """Return a report as the session keeps it: numbers and sentences, no name."""
    return {"answer_by": answer_by.isoformat(), "rows": [asdict(outcome) for outcome in outcomes]}


def report(told: dict[str, Any], actor: User) -> dict[str, Any]:
    """Return a report in words: to whom it was proposed, to whom not, and why."""
    rows = [Outcome(**row) for row in told["rows"]]
    seen = followed(actor).filter(pk__in=[row.jobseeker_id for row in rows]).select_related("user")
    people = {person.pk: person for person in seen}
    work = Vacancy.objects.visible_to(actor).filter(pk__in=[row.vacancy_id for row in rows])
    titles = dict(work.values_list("pk", "title"))
    begun = Introduction.objects.visible_to(actor).filter(pk__in=[row.introduction_id or 0 for row in rows])
    links = {row.pk: row.url for row in begun}
    lines = [
        {
            "name": people[row.jobseeker_id].user.name,
            "url": links.get(row.introduction_id or 0) or person_url(people[row.jobseeker_id]),
            "title": titles.get(row.vacancy_id, ""),
            "refusal": row.refusal,
        }
        for row in rows
        if row.jobseeker_id in people
    ]
    return {
        "proposed": [line for line in lines if not line["refusal"]],
        "refused": [line for line in lines if line["refusal"]],
        "answer_by": dt.date.fromisoformat(told["answer_by"]),
    }
