"""Answers of a made-up market whose truth is known, as the engine sees them."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from visavis.commands.market_files import Fields, Report, jobseeker, vacancy
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.learned.fit import NO_REASON, Answers
from visavis.engine.learned.model import FEATURES, features_of
from visavis.engine.lists.topk import parts_of, top_vacancies
from visavis.engine.market.market import Market
from visavis.synthetic import history, past, rows, truth
from visavis.synthetic.dice import Dice
from visavis.synthetic.history import Affair, Opening, Seeker
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.people import Jobseeker
from visavis.synthetic.truth import Truth
from visavis.synthetic.vacancies import Vacancy

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
DAYS = 730

PART_OF_HERS = {"too-far": "distance", "pay": "pay", "occupation": "occupation", "skills": "skills"}
PART_OF_THEIRS = {"skills": "skills", "experience": "experience", "language": "languages"}
NOT_AN_ANSWER = frozenset({"found-work", "mistake", "no-more-position"})


@dataclass(frozen=True)
class Side:
    """Answers of one side, the oldest first, with the chance of a yes that the truth gave each."""

    answers: Answers
    truth: np.ndarray
    affair: np.ndarray


@dataclass(frozen=True)
class Listed:
    """What lists would hold: the best pairs of the experts' score, and the truth of each."""

    jobseeker: np.ndarray
    parts: np.ndarray
    truth: np.ndarray


@dataclass(frozen=True)
class Drawn:
    """Both sides' answers, and the pairs where it is known whether both said yes."""

    hers: Side
    theirs: Side
    both: np.ndarray
    both_yes: np.ndarray
    features: np.ndarray
    hers_truth: np.ndarray
    theirs_truth: np.ndarray
    listed: Listed


def draw(seed: int, vacancies: int, people: int) -> Drawn:
    """Draw two years of a town and read its answers."""
    rng = np.random.default_rng(seed)
    market, dice = SyntheticMarket(rng, NOW.date(), ("26", "07", "38")), Dice(rng.spawn(1)[0])
    wanted = past.Wanted(
        NOW.date() - dt.timedelta(days=DAYS), NOW.date() - dt.timedelta(days=10), vacancies, people
    )
    openings = past.openings(market, dice, market.employers(max(20, vacancies // 12)), wanted)
    codes = frozenset(one.vacancy.occupation for one in openings)
    seekers = past.seekers(market, dice, codes, wanted, after=0, is_near=lambda _one: True)
    hidden = Truth(dice, market.setting.catalogue, sorted(codes))
    drawn = history.draw(dice, NOW, hidden, seekers, openings)
    affairs = sorted(drawn.affairs, key=lambda one: one.course.events[0].at)
    return read(affairs, seekers, openings, market)


def read(
    affairs: list[Affair], seekers: list[Seeker], openings: list[Opening], market: SyntheticMarket
) -> Drawn:
    """Score the introductions, part by part, and say who answered what."""
    report = Report()
    people = jobseeker_columns(
        jobseeker(Fields(_texts(rows.of_jobseeker(one.person)), place, report))
        for place, one in enumerate(seekers)
    )
    work = vacancy_columns(
        vacancy(Fields(_texts(rows.of_vacancy(one.vacancy)), place, report))
        for place, one in enumerate(openings)
    )
    interests = {
        code: market.setting.catalogue.interests_of.get(code, ())
        for code in {one.vacancy.occupation for one in openings}
    }
    links = [(one.source, one.target, one.kind) for one in market.setting.catalogue.mobility]
    laid_out = Market(
        people,
        work,
        today=(NOW.date() - dt.date(1970, 1, 1)).days,
        occupation_links=links,
        occupation_interests=interests,
    )
    who, where = (np.array([getattr(one, name) for one in affairs]) for name in ("seeker", "opening"))
    features = features_of(parts_of(laid_out, who, where))
    chances = [true_chances(seekers[a.seeker].person, openings[a.opening].vacancy) for a in affairs]
    hers_truth, theirs_truth = (np.array(column) for column in zip(*chances, strict=True))
    hers = _side([her_answer(one) for one in affairs], PART_OF_HERS, features, hers_truth)
    theirs = _side([their_answer(one) for one in affairs], PART_OF_THEIRS, features, theirs_truth)
    known = [(place, yes) for place, one in enumerate(affairs) if (yes := both_answer(one)) is not None]
    both, both_yes = (np.array(column) for column in zip(*known, strict=True))
    listed = lists(laid_out, seekers, openings)
    return Drawn(hers, theirs, both, both_yes.astype(bool), features, hers_truth, theirs_truth, listed)


def lists(
    market: Market, seekers: list[Seeker], openings: list[Opening], people: int = 400, k: int = 50
) -> Listed:
    """Give some people their best vacancies, whoever was introduced or not."""
    found = top_vacancies(market, k, jobseekers=np.linspace(0, len(seekers) - 1, people).astype(np.int64))
    chances = [
        true_chances(seekers[one].person, openings[other].vacancy)
        for one, other in zip(found.jobseeker.tolist(), found.vacancy.tolist(), strict=True)
    ]
    return Listed(found.jobseeker, found.parts, np.array([hers * theirs for hers, theirs in chances]))


def true_chances(person: Jobseeker, work: Vacancy) -> tuple[float, float]:
    """Return how likely each side says yes, as the made-up market draws it for who is not chosen beforehand."""
    hers = min(0.1 + 0.06 * sum(truth.her_gaps(person, work).values()), 0.75)
    theirs = min(0.25 + 0.1 * sum(truth.their_gaps(person, work).values()), 0.8)
    return 1 - hers, 1 - theirs


def _texts(row: object) -> dict[str, str]:
    def text(value: object) -> str:
        return "" if value is None else ("yes" if value is True else "" if value is False else str(value))

    return {key: text(value) for key, value in dict(row).items()}


def her_answer(affair: Affair) -> tuple[bool, str] | None:
    """Return whether she said yes to a proposal, and why not; None when she was not asked or did not answer."""
    if affair.origin == "jobseeker":
        return None
    for event in affair.course.events:
        if event.side == "jobseeker" and event.act in {"accept", "decline"}:
            return None if event.reason in NOT_AN_ANSWER else (event.act == "accept", event.reason)
    return None


def their_answer(affair: Affair) -> tuple[bool, str] | None:
    """Return whether the employer said yes to somebody put to him, and why not."""
    for event in affair.course.events:
        if event.side == "employer" and event.act in {"agree", "refuse"}:
            return None if event.reason in NOT_AN_ANSWER else (event.act == "agree", event.reason)
    return None


def both_answer(affair: Affair) -> bool | None:
    """Return whether both said yes to what a counsellor proposed; None when somebody did not answer."""
    if affair.origin != "counsellor" or (hers := her_answer(affair)) is None:
        return None
    if not hers[0]:
        return False
    theirs = their_answer(affair)
    return None if theirs is None else theirs[0]


def _side(
    said: list[tuple[bool, str] | None], parts: dict[str, str], features: np.ndarray, chance: np.ndarray
) -> Side:
    rows_ = np.array([place for place, one in enumerate(said) if one is not None])
    told = [one for one in said if one is not None]
    reason = [
        NO_REASON if yes else FEATURES.index(parts[why]) if why in parts else len(FEATURES)
        for yes, why in told
    ]
    answers = Answers(features[rows_], np.array([yes for yes, _why in told]), np.array(reason))
    return Side(answers, chance[rows_], rows_)
