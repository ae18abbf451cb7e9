"""The second part of the bridge: the score that answers taught, from rows to the engine and back.

A version holds what was learned; while there is none, or none is in use, the experts' weights rank alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from visavis.engine.ideal.traits import wilson
from visavis.engine.learned.check import check
from visavis.engine.learned.fit import NO_REASON, Answers, Fitted, fit
from visavis.engine.learned.lesson import EXPERTS, FOLDS, WAYS, Lesson, learn
from visavis.engine.learned.model import FEATURES, HISTORY, PRIOR_WEIGHT, Learned, features_of
from visavis.engine.learned.scoring import Past, Scoring
from visavis.engine.score.score import PART_NAMES
from visavis.introductions.models import Introduction
from visavis.matches.models.score import ScoreModel

__all__ = [
    "EXPERTS",
    "FEATURES",
    "HISTORY",
    "Answered",
    "Lesson",
    "Past",
    "Scoring",
    "check_both",
    "current",
    "taught",
]

# So much more a hire says than a wish of where somebody's kind goes.
HIRE_WEIGHT = 2.0
PARTS = len(PART_NAMES)
EXPERT_WEIGHT = PRIOR_WEIGHT
# A fold of learning holds a fifth of the answers; fewer than these say too little to choose by.
LEAST_ANSWERS = 200

type Parts = npt.NDArray[np.floating]
type Numbers = npt.NDArray[np.int64]
type Values = npt.NDArray[np.float64]


# History ---------------------------------------------------------------------------------------------


def wishes() -> tuple[Numbers, Numbers, Values, Values]:
    """Return who wished for what: people, vacancies, weights, and when, in seconds."""
    rows = Introduction.objects.filter(jobseeker_yes_at__isnull=False).order_by("pk")
    names = "jobseeker_id", "vacancy_id", "hire__confirmed_at", "jobseeker_yes_at"
    columns = [(one, other, hired, at) for one, other, hired, at in rows.values_list(*names) if at]
    people = np.array([row[0] for row in columns], np.int64)
    work = np.array([row[1] for row in columns], np.int64)
    weight = np.array([HIRE_WEIGHT if row[2] else 1.0 for row in columns])
    return people, work, weight, np.array([row[3].timestamp() for row in columns])


# The version in use ----------------------------------------------------------------------------------


BY_EXPERTS = Scoring()
"""How pairs are scored where nobody has answered yet."""


def by(weights: dict[str, Any]) -> Scoring:
    """Return how pairs would be scored by weights just learned, with what history says now."""
    heads = Learned.from_dict(weights)
    people, work, weight, _when = wishes()
    return Scoring(0, heads, Past.of(people, work, weight))


def current() -> Scoring:
    """Return how pairs are scored now, in one query; what history says is laid out once a version."""
    row = ScoreModel.objects.in_use()
    if row is None:
        return Scoring()
    heads = Learned.from_dict(row.weights)
    reads_past = any(head.weights[FEATURES.index(HISTORY)] > 0 for head in (heads.hers, heads.theirs))
    return Scoring(row.version, heads, _past(row.pk, row.made_at.timestamp()) if reads_past else None)


@lru_cache(maxsize=2)
def _past(_pk: int, made_at: float) -> Past:
    """Lay out what had happened when a version was made: the same all day, in every process."""
    people, work, weight, when = wishes()
    before = when < made_at
    return Past.of(people[before], work[before], weight[before])


# Learning --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """Answers of one side, the oldest first: parts, rows' numbers, when it began, what was said and why not.

    `why` is the name of the part a reason speaks of, "other" for a reason that speaks of none, "" for none.
    """

    parts: Parts
    people: Numbers
    work: Numbers
    began: Values
    is_yes: npt.NDArray[np.bool_]
    why: Sequence[str]

    def __len__(self) -> int:
        return len(self.is_yes)

    def at(self, places: Numbers) -> "Answered":
        """Give some of them."""
        return Answered(
            self.parts[places],
            self.people[places],
            self.work[places],
            self.began[places],
            self.is_yes[places],
            [self.why[place] for place in places.tolist()],
        )

    def answers(self) -> Answers:
        """Lay them out for the engine; history as it stood when the fold of each began."""
        places = {"": NO_REASON, "other": len(FEATURES)}
        reason = [places[one] if one in places else FEATURES.index(one) for one in self.why]
        told = np.where(self.is_yes, NO_REASON, np.array(reason, np.int64))
        return Answers(features_of(self.parts, self.past()), self.is_yes, told)

    def past(self) -> Values:
        """Return what history said of each pair before the first answer of its fold; nothing in the first fold."""
        people, work, weight, when = wishes()
        found = np.zeros(len(self))
        cuts = [len(self) * fold // FOLDS for fold in range(1, FOLDS + 1)]
        for first, last in pairwise(cuts):
            before = when < self.began[first:last].min(initial=np.inf)
            known = Past.of(people[before], work[before], weight[before])
            found[first:last] = known.says(self.people[first:last], self.work[first:last])
        return found


def taught(sides: dict[str, Answered]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Lesson]]:
    """Learn both sides; return weights and figures as plain data, and the lessons of sides with enough answers."""
    weights, figures, lessons = {}, {}, {}
    for name, side in sides.items():
        answers = side.answers()
        if len(side) < LEAST_ANSWERS:
            fitted, way = fit(answers, WAYS[EXPERTS]), EXPERTS
        else:
            lesson = learn(answers, np.random.default_rng(len(side)))
            lessons[name], fitted, way = lesson, lesson.fitted, lesson.way
            figures[name] = _figures(lesson)
        weights[name] = _as_dict(fitted) | {"way": way}
    return weights, figures, lessons


def _as_dict(fitted: Fitted) -> dict[str, Any]:
    ends = {"low": fitted.low, "high": fitted.high}
    return fitted.head.as_dict() | {
        name: dict(zip(FEATURES, values.tolist(), strict=True)) for name, values in ends.items()
    }


def _figures(lesson: Lesson) -> dict[str, Any]:
    found = asdict(lesson.check)
    return found | {"experts_log_loss": lesson.experts.log_loss, "same_log_loss": lesson.same_for_all}


def interval(share: float, many: int) -> tuple[float, float]:
    """Return where the true share very likely lies."""
    return wilson(round(share * many), many)


def check_both(
    lessons: dict[str, Lesson], side: Answered, began_after: float, both: npt.NDArray[np.bool_]
) -> dict[str, Any] | None:
    """Check the product on pairs that no head had seen: began after the last fold of both did; None when few."""
    late = side.began >= began_after
    if set(lessons) != {"hers", "theirs"} or late.sum() < LEAST_ANSWERS // 10:
        return None
    heads = Learned(lessons["hers"].earlier, lessons["theirs"].earlier)
    people, work, weight, when = wishes()
    past = Past.of(people[when < began_after], work[when < began_after], weight[when < began_after])
    found = heads.rescored(side.parts[late], past.says(side.people[late], side.work[late]))
    return asdict(check(found.hers * found.theirs, both[late], np.random.default_rng(int(late.sum()))))
