"""What the score learns from: answers of both sides to introductions, and the reasons of a no.

Only an answer counts: silence, a closed vacancy or work found elsewhere is no "no". Who began an introduction
said yes by beginning it, and is not counted for it: hers are answers to what was proposed to her, the
employer's to people put to him. His are asked only of people who said yes, so that the product of both
chances is the chance that both say yes.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import batched

import numpy as np
from django.db import transaction
from django.db.models import Max, Q

from visavis.introductions.enums import Reason, Side, State
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import market, past, reading, scoring
from visavis.matches.bridge.lists import turn_within
from visavis.matches.bridge.scoring import LEAST_ANSWERS
from visavis.matches.models import Run, ScoreModel
from visavis.matches.models.match import Tier
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

# The last answers that are read: older ones are of another labour market.
MOST_ANSWERS = 20_000
# Two versions differ by so many answers, and by so large a part: nobody is read in the difference.
MORE_ANSWERS, MORE_PART = 20, 0.02
READ_AT_ONCE = 1_000
# Of so many people the lists are compared before a version is used, and of each so many places.
MOST_LISTS, FIRST = 500, 5

# The part of the score that a reason speaks of. Reasons that speak of none still say no.
PARTS_OF_HERS = {
    Reason.TOO_FAR: "distance",
    Reason.PAY: "pay",
    Reason.OCCUPATION: "occupation",
    Reason.SKILLS: "skills",
}
PARTS_OF_THEIRS = {
    Reason.SKILLS: "skills",
    Reason.EXPERIENCE: "experience",
    Reason.LANGUAGE: "languages",
}
# These end it without saying anything of the pair.
SAYS_NOTHING = frozenset({Reason.FOUND_WORK, Reason.NO_MORE_POSITION, Reason.MISTAKE})


@dataclass(frozen=True)
class Answer:
    """One side's answer: to which introduction, when it was given, yes or no, and the part a no speaks of."""

    introduction: Introduction
    at: dt.datetime
    is_yes: bool
    why: str = ""


type Heard = tuple[list[Answer], list[Answer]]


# Reading ---------------------------------------------------------------------------------------------


def hers(row: Introduction) -> Answer | None:
    """Return her answer to a proposal; None when she began it herself or has not answered."""
    if row.origin == Side.JOBSEEKER:
        return None
    said_no = row.closed_by == Side.JOBSEEKER and row.employer_yes_at is None
    said_no |= row.state == State.DECLINED and row.closed_by == Side.JOBSEEKER
    return _answer(row, row.jobseeker_yes_at, PARTS_OF_HERS, said_no=said_no)


def theirs(row: Introduction) -> Answer | None:
    """Return the employer's answer to somebody put to him; None when he asked himself or has not answered."""
    if row.origin == Side.EMPLOYER or row.put_at is None:
        return None
    said_no = row.state == State.DECLINED and row.closed_by == Side.EMPLOYER
    return _answer(row, row.employer_yes_at, PARTS_OF_THEIRS, said_no=said_no)


def _answer(
    row: Introduction, yes_at: dt.datetime | None, parts: dict[Reason, str], *, said_no: bool
) -> Answer | None:
    if said_no and row.closed_at is not None:
        if row.reason in SAYS_NOTHING:
            return None
        return Answer(row, row.closed_at, False, parts.get(Reason(row.reason), "other") if row.reason else "")
    return Answer(row, yes_at, True) if yes_at is not None else None


def answered() -> Heard:
    """Return the last answers of both sides, each side's oldest first."""
    said = Q(jobseeker_yes_at__isnull=False) | Q(closed_by__in=[Side.JOBSEEKER, Side.EMPLOYER])
    rows = list(Introduction.objects.filter(said).order_by("-opened_at", "-pk")[:MOST_ANSWERS])
    return _in_order(hers, rows), _in_order(theirs, rows)


def _in_order(read: Callable[[Introduction], Answer | None], rows: list[Introduction]) -> list[Answer]:
    found = [answer for row in rows if (answer := read(row)) is not None]
    return sorted(found, key=lambda one: (one.at, one.introduction.pk))


# Laying out ------------------------------------------------------------------------------------------


def laid_out(answers: list[Answer]) -> scoring.Answered:
    """Lay answers out with the parts of their pairs: the person as she was when the introduction began."""
    rows = [answer.introduction for answer in answers]
    return scoring.Answered(
        parts=parts_of(rows),
        people=np.array([row.jobseeker_id for row in rows], np.int64),
        work=np.array([row.vacancy_id for row in rows], np.int64),
        began=np.array([row.opened_at.timestamp() for row in rows]),
        is_yes=np.array([answer.is_yes for answer in answers], np.bool_),
        why=[answer.why for answer in answers],
    )


def parts_of(rows: list[Introduction]) -> scoring.Parts:
    """Return the parts of pairs, shape (n, P), in a fixed number of queries a thousand."""
    vacancies = Vacancy.objects.filter(pk__in={row.vacancy_id for row in rows}).order_by("pk")
    found = list(past.parts_as_of(list(vacancies), _people(rows)))
    return np.concatenate(found) if found else np.zeros((0, scoring.PARTS))


def _people(rows: list[Introduction]) -> Iterator[list[tuple[Jobseeker, dt.date, int]]]:
    for some in batched(rows, READ_AT_ONCE, strict=False):
        wanted = Jobseeker.objects.filter(pk__in={row.jobseeker_id for row in some})
        people = {one.pk: one for one in past.with_everything(wanted)}
        yield [(people[row.jobseeker_id], row.opened_at.date(), row.vacancy_id) for row in some]


# Learning --------------------------------------------------------------------------------------------


def learn(heard: Heard | None = None, *, even_if_not_due: bool = False) -> ScoreModel | None:
    """Make the next version when enough answers came since the last one, else nothing. Safe to repeat."""
    of_hers, of_theirs = heard or answered()
    counts = len(of_hers), len(of_theirs)
    if not (even_if_not_due or is_due(ScoreModel.objects.newest(), *counts)) or max(counts) < LEAST_ANSWERS:
        return None
    answers = {"hers": laid_out(of_hers), "theirs": laid_out(of_theirs)}
    weights, figures, lessons = scoring.taught(answers)
    if (both := _both(answers, lessons, of_hers, of_theirs)) is not None:
        figures["both"] = both
    figures["lists"] = begins_as_asked({"experts": scoring.BY_EXPERTS, "learned": scoring.by(weights)})
    with transaction.atomic():
        last = ScoreModel.objects.aggregate(last=Max("version"))["last"] or 0
        return ScoreModel.objects.create(
            version=last + 1,
            hers=counts[0],
            theirs=counts[1],
            is_used=is_worth_it(lessons) and holds_the_lists(figures["lists"]),
            weights=weights,
            figures=figures,
            engine_version=scoring.BY_EXPERTS.engine_version,
        )


def is_due(last: ScoreModel | None, hers: int, theirs: int) -> bool:
    """Say whether enough answers came since the last version."""
    if last is None:
        return True
    before = last.hers + last.theirs
    return abs(hers + theirs - before) >= max(MORE_ANSWERS, MORE_PART * before)


def is_worth_it(lessons: dict[str, scoring.Lesson]) -> bool:
    """Say whether later answers were foreseen no worse than by one chance for everybody, both sides together."""
    gain = sum(
        (one.same_for_all - one.check.log_loss) * one.check.answers for one in lessons.values()
    )  # in nats, over all answers held out
    return gain >= 0


def begins_as_asked(ways: dict[str, scoring.Scoring]) -> dict[str, list[int]]:
    """Count in some people's lists by each way: whose first opening is what they asked for, and those in all firsts."""
    looking = Jobseeker.objects.looking().order_by("pk").values_list("pk", flat=True)[:MOST_LISTS]
    people = market.people_of(reading.records_of_people(Jobseeker.objects.filter(pk__in=list(looking))))
    # Laid out apart: what serves pages keeps the scoring in use.
    work = market.work_of(reading.records_of_work(Vacancy.objects.open()))
    found = {}
    for name, way in ways.items():
        lists = market.best_work(replace(work, scoring=way), people, FIRST)
        asked, turn = lists.tier <= Tier.SAME, turn_within(lists.person)
        found[name] = [int((asked & (turn == 0)).sum()), int(asked.sum()), len(people)]
    return found


def holds_the_lists(figures: dict[str, list[int]]) -> bool:
    """Say whether lists by what answers taught begin as asked no less than by the experts' weights."""
    return all(one >= other for one, other in zip(figures["learned"], figures["experts"], strict=True))


def _both(
    sides: dict[str, scoring.Answered],
    lessons: dict[str, scoring.Lesson],
    of_hers: list[Answer],
    of_theirs: list[Answer],
) -> dict[str, object] | None:
    """Check the chance of both yeses on proposals of which both answers are known, or hers is no."""
    if set(lessons) != set(sides):
        return None
    began_after = max(
        float(sides[name].began[lesson.first_held_out :].min()) for name, lesson in lessons.items()
    )
    his = {answer.introduction.pk: answer.is_yes for answer in of_theirs}
    yes = [place for place, answer in enumerate(of_hers) if answer.is_yes]
    followed = [place for place in yes if of_hers[place].introduction.pk in his]
    no = np.array([place for place, answer in enumerate(of_hers) if not answer.is_yes], np.int64)
    # Silent employers hide some of her yeses: as large a part of her noes is left out, by chance.
    kept = np.random.default_rng(len(no)).random(len(no)) * len(yes) < len(followed)
    places = np.sort(np.concatenate([np.array(followed, np.int64), no[kept]]))
    said = [of_hers[place].is_yes and his[of_hers[place].introduction.pk] for place in places.tolist()]
    return scoring.check_both(lessons, sides["hers"].at(places), began_after, np.array(said, np.bool_))


def learn_by_night(run: Run) -> None:
    """Learn if it is due, and note with the run how many answers there are, for whoever reads of it by day.

    A failure costs the new version, never the night's lists.
    """
    try:
        heard = answered()
        run.hers, run.theirs = map(len, heard)
        run.save(update_fields=["hers", "theirs"])
        learn(heard)
    except Exception:
        log.exception("the score could not be learned; the last version stays in use")
