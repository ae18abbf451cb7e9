"""Propose one or several vacancies to one or several people, and report each: nothing is half done in silence."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import beginning, limits, services
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.followed import followed, person_url
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import missing
from visavis.matches.pages.missing import Cause
from visavis.news import services as news
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

MOST_AT_ONCE = 30
# The same proposal sent again within this time is the same click: it is not made twice, and not refused.
SAME_CLICK = dt.timedelta(minutes=10)
# The version of an introduction of which nothing more was said.
JUST_PROPOSED = 1

type Pair = tuple[Jobseeker, Vacancy]


@dataclass(frozen=True)
class Outcome:
    """What became of one proposal: the introduction, or the sentence of the refusal."""

    jobseeker_id: int
    vacancy_id: int
    introduction_id: int | None = None
    refusal: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True)
class Preview:
    """What one person will read, of one vacancy, how the news reaches her, and what stands against it.

    `cannot` is why it cannot be proposed; `against` is why one may rather not, and how much is amiss.
    """

    number: int
    person: int
    name: str
    title: str
    lines: list[str]
    channel: str
    is_by_hand: bool
    cannot: str = ""
    against: list[Cause] = field(default_factory=list)

    @property
    def is_plain(self) -> bool:
        return not self.cannot and not self.against


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
    found = Introduction.objects.filter(
        jobseeker=pair[0],
        vacancy=pair[1],
        state=State.PROPOSED,
        origin=Side.COUNSELLOR,
        answer_by=answer_by,
        opened_at__gte=clock.now() - SAME_CLICK,
    )
    # The words rest sealed: they are compared here.
    return next((one for one in found if one.note == note.strip()[:500]), None)


def previews(pairs: Sequence[Pair], number: Callable[[Pair], int]) -> list[Preview]:
    """Return what each will read, before anything is sent: who may, who may with a reserve, who cannot.

    `number` gives what is ticked of a pair: its person or its vacancy.
    """
    cannot, against = beginning.obstacles(pairs), reserves(pairs)
    shown = []
    for pair in pairs:
        person, vacancy = pair
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
                number(pair),
                person.pk,
                person.user.name,
                vacancy.title,
                [line for line in lines if line],
                str(Channel(channel).label),
                channel in news.BY_HAND,
                cannot.get(key(pair), ""),
                against.get(key(pair), []),
            )
        )
    return sorted(shown, key=lambda one: (bool(one.cannot), bool(one.against)))


def reserves(pairs: Sequence[Pair]) -> dict[tuple[int, int], list[Cause]]:
    """Say what speaks against some pairs: she said no, or a limit of hers is broken, and by how much.

    What stands in a list breaks no limit.
    """
    found: dict[tuple[int, int], list[Cause]] = {}
    for row in Opinion.objects.filter(
        jobseeker__in={person.pk for person, _vacancy in pairs},
        vacancy__in={vacancy.pk for _person, vacancy in pairs},
        kind=Opinion.Kind.NOT_FOR_ME,
    ):
        found[row.jobseeker_id, row.vacancy_id] = [missing.put_aside(row)]
    listed = scores_of(list(pairs))
    apart: dict[int, tuple[Vacancy, list[Jobseeker]]] = {}
    for person, vacancy in pairs:
        if (person.pk, vacancy.pk) not in listed:
            apart.setdefault(vacancy.pk, (vacancy, []))[1].append(person)
    for vacancy, people in apart.values():
        for pk, causes in missing.limits_of(vacancy, people).items():
            found[pk, vacancy.pk] = [*found.get((pk, vacancy.pk), []), *causes]
    return found


def crowd(pairs: Sequence[Pair], shown: Sequence[Preview], number: Callable[[Pair], int]) -> list[str]:
    """Say of each vacancy how many people are in course for it, and would be with those that can be proposed."""
    vacancies = {vacancy.pk: vacancy for _person, vacancy in pairs}
    rows = Introduction.objects.open().filter(vacancy__in=vacancies).order_by()
    before = Counter(rows.values_list("vacancy", flat=True))
    may = {one.number for one in shown if not one.cannot}
    added = Counter(pair[1].pk for pair in pairs if number(pair) in may)
    return [
        ngettext(
            "“%(title)s”: %(positions)s position. People in course: %(before)s today, %(after)s with these"
            " proposals. The employer reads %(at_once)s at a time.",
            "“%(title)s”: %(positions)s positions. People in course: %(before)s today, %(after)s with these"
            " proposals. The employer reads %(at_once)s at a time.",
            vacancy.positions,
        )
        % {
            "title": vacancy.title,
            "before": before[pk],
            "after": before[pk] + added[pk],
            "positions": vacancy.positions,
            "at_once": limits.AT_ONCE,
        }
        for pk, vacancy in vacancies.items()
    ]


def kept(outcomes: list[Outcome], answer_by: dt.date) -> dict[str, Any]:
    """Return a report as the session keeps it: numbers and sentences, no name."""
    return {"answer_by": answer_by.isoformat(), "rows": [asdict(outcome) for outcome in outcomes]}


def report(told: dict[str, Any], actor: User) -> dict[str, Any]:
    """Return a report in words: to whom it was proposed, to whom not, and why; and how each is told."""
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
            "introduction": row.introduction_id,
            "is_taken_back": row.is_taken_back,
            "channel": news.channel_of(people[row.jobseeker_id].user),
        }
        for row in rows
        if row.jobseeker_id in people
    ]
    done = [line for line in lines if line["introduction"] and not line["is_taken_back"]]
    by_channel = Counter(str(line["channel"]) for line in done)
    return {
        "proposed": done,
        "taken_back": [line for line in lines if line["is_taken_back"]],
        "refused": [line for line in lines if not line["introduction"]],
        "told": [f"{Channel(channel).label} ({number})" for channel, number in by_channel.items()],
        "by_hand": sum(number for channel, number in by_channel.items() if channel in news.BY_HAND),
        "answer_by": dt.date.fromisoformat(told["answer_by"]),
    }


def take_back(told: dict[str, Any], numbers: Collection[int], *, by: User) -> tuple[dict[str, Any], int]:
    """Take proposals of a report back; return the report as it stands then, and how many were taken back.

    One that has been answered since, or changed, stays: an answer is not ours to take back.
    """
    rows = [Outcome(**row) for row in told["rows"]]
    asked = [row.introduction_id or 0 for row in rows if not row.is_taken_back]
    found = {
        row.pk: row for row in Introduction.objects.visible_to(by).filter(pk__in=set(asked) & set(numbers))
    }
    after, back = [], 0
    for row in rows:
        mine = found.get(row.introduction_id or 0)
        if mine is not None:
            refusal = undo(mine, by)
            back += not refusal
            after.append(replace(row, refusal=refusal, is_taken_back=not refusal))
        else:
            after.append(row)
    return told | {"rows": [asdict(row) for row in after]}, back


def undo(introduction: Introduction, by: User) -> str:
    """Take one proposal back, or return why not."""
    try:
        services.undo(introduction=introduction, by=by, seen=JUST_PROPOSED)
    except services.Moved:
        return _("The person has answered, or something else happened since: it stays.")
    except Refused as refusal:
        return str(refusal)
    return ""
