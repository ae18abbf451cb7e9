"""What one change would open for a jobseeker, and what it would add to her chances; counted, not guessed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.explain.changes import BY_CONSTRAINT, TOUCHED, Change, neighbours, with_skills, with_wish
from visavis.engine.explain.trials import Trials
from visavis.engine.facts.geo import distance_km
from visavis.engine.facts.occupations import jobs, numbered
from visavis.engine.facts.rows import one_jobseeker, varied_columns
from visavis.engine.market.market import Market
from visavis.engine.ragged import expand
from visavis.engine.score.constraints import CONSTRAINTS
from visavis.engine.score.pairs import Pairs, similarity_of_one
from visavis.engine.score.people import People
from visavis.engine.score.related import by_occupation, related
from visavis.engine.score.score import PART_NAMES, PARTS, ideal_profile_of, rounded, score_parts
from visavis.engine.score.skill_gaps import all_gaps
from visavis.engine.score.tiers import DISCOVER, NEAR, SAME, SLIGHT, tiers
from visavis.engine.spread.serving import KEPT, SERVED, chance

SKILLS_TRIED, OCCUPATIONS_TRIED = 8, 6
"""How many skills are tried that her list asks for, and as many that would open most; how many occupations."""

WORTH_ALONE = ("skill", "occupation")
"""The kinds of change that may add a chance and open nothing."""

LEAST_CHANCE = 0.05
"""Under this chance that both say yes an opening is not worth reading: as `spread/serving.py` promises it."""

type Chances = Callable[[FloatArray, IntArray], FloatArray]
"""From parts (n, P) and vacancies (n,), the chances that both say yes, (n,)."""


@dataclass(frozen=True, slots=True)
class Trying:
    """What is tried of all that might be changed."""

    # how many skills are looked at, of those her list asks for and of those that would open most
    skills: int = SKILLS_TRIED
    # by kind, the only step that is counted, its amount as in `changes.py`, where it opens anything; the others where
    # it opens nothing
    first: Mapping[str, float] = field(default_factory=dict)


ALL = Trying()


@dataclass(frozen=True, slots=True)
class Unlock:
    """One change, what it opens and what it adds."""

    # ``radius``, ``licence``, ``language``, ``contract``, ``condition``, ``pay``, ``start``, ``hours_more``,
    # ``hours_fewer``, ``skill`` or ``occupation``
    kind: str
    code: str  # the licence, language, contract, condition, skill or occupation; empty for the others
    amount: float  # kilometres, CEFR level to reach, € an hour, days or hours; 0 for the others
    count: int  # vacancies that become feasible and related, none of which was both before
    vacancies: tuple[int, ...]  # the first of them by number, `examples` at most
    # what the change adds to the expected number of agreements: Σ p over her `SERVED` best vacancies, with
    # the change, less the same without; p is the chance that both say yes
    gain: float


def plain(parts: FloatArray, vacancy: IntArray) -> FloatArray:
    """Turn the sum of parts into chances."""
    return chance(parts.sum(axis=1))


def unlocks(
    market: Market,
    jobseeker: int,
    *,
    examples: int = 3,
    chances: Chances = plain,
    trying: Trying = ALL,
    is_for_reading: bool = False,
) -> list[Unlock]:
    """List the single changes that open at least one more vacancy, and the skills and occupations that add a chance.

    A constraint's change touches this constraint only, so the vacancies it may open are those that break this
    one alone. A skill or an occupation relates her to vacancies that are feasible. The parts that a kind of
    change moves (`changes.TOUCHED`) are counted again for all her vacancies, all parts for those it opens: the
    same as matching again with the change, without looking at the rest.

    Parameters
    ----------
    market : Market
    jobseeker : int
        Row of the market's columns.
    examples : int
        How many vacancies to name for each change, at least 0.
    chances : callable
        Another way from parts to chances than the logistic of their sum.
    trying : Trying
    is_for_reading : bool
        Count only openings worth her reading: with a chance of `LEAST_CHANCE` at least, and of an occupation
        that is hers or close to it, if she named one; a wish opens its own occupation only. Else all that
        matching again finds.

    Returns
    -------
    list of Unlock
        The most opening first, then the smaller change, then by kind and code.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
    >>> people = jobseeker_columns([Jobseeker(wishes=["N4101"], licences=["B"])])
    >>> work = vacancy_columns([Vacancy(occupation="N4101", licences=["B", "C"])])
    >>> [(u.kind, u.code, u.count, round(u.gain, 2)) for u in unlocks(Market(people, work, today=0), 0)]
    [('licence', 'C', 1, 0.65)]
    """
    person = _Person(market, jobseeker, chances, is_for_reading=is_for_reading)
    found = []
    now: list[_Tried] = []
    later: list[_Tried] = []
    for one in (*person.constraints(), *person.skills(trying.skills), *person.occupations()):
        is_first = one.change.amount == trying.first.get(one.change.kind, one.change.amount)
        (now if is_first else later).append(one)
    counted = person.counted(now)
    opening = {change.kind for change, opened, _gain in counted if len(opened)}
    counted += person.counted([one for one in later if one.change.kind not in opening])
    for change, opened, gain in counted:
        if len(opened) or (gain > 0 and change.kind in WORTH_ALONE):
            some = tuple(opened[:examples].tolist())
            found.append(Unlock(change.kind, change.code, change.amount, len(opened), some, gain))
    return sorted(found, key=lambda u: (-u.count, u.amount, u.kind, u.code))


@dataclass(frozen=True, slots=True)
class _Tried:
    """A change, the vacancies that it may open, and what says of pairs with it that it does; None for all."""

    change: Change
    vacancies: IntArray
    opens: Callable[[Pairs], BoolArray] | None = None


class _Person:
    """One person alone before all vacancies: what is hers, what is feasible beside, what one limit keeps away."""

    def __init__(self, market: Market, jobseeker: int, chances: Chances, *, is_for_reading: bool) -> None:
        self.alone = market.with_jobseekers(one_jobseeker(market.jobseekers, jobseeker))
        self.chances, self.is_for_reading = chances, is_for_reading
        everything = np.arange(len(market.vacancies))
        self.similarity = similarity_of_one(self.alone)
        self.distance_km = distance_km(self.alone.jobseeker_points, self.alone.vacancy_points)
        pairs = Pairs(People(self.alone, np.zeros(1, np.int64)), np.zeros_like(everything), everything)
        pairs = pairs.knowing(similarity=self.similarity, distance_km=self.distance_km)
        broken = {name: ~holds(pairs) for name, holds in CONSTRAINTS.items()}
        times = sum(broken.values(), np.zeros(len(everything), np.int8))
        some = pairs.at(times <= 1)
        # Summed here for all of them, her essential skills are summed once for what follows.
        some.knowing(essential=some.essential)
        is_related, is_feasible = related(some), times[some.vacancy] == 0
        self.pairs = some.at(is_related & is_feasible)
        self.parts = score_parts(self.pairs)
        self.rest = some.vacancy[is_feasible & ~is_related]
        near = some.vacancy[is_related & ~is_feasible]
        self.blocked = {name: near[breaks[near]] for name, breaks in broken.items()}
        told = pairs.people.has_wish | pairs.people.has_work
        self.farthest = NEAR if told.any() else DISCOVER
        self.is_close = tiers(self.parts) <= (self.farthest if is_for_reading else SLIGHT)
        self.chance_of = chances(self.parts, self.pairs.vacancy)
        self.before = _expected(self.chance_of)

    def constraints(self) -> Iterator[_Tried]:
        """Give the changes that may satisfy one constraint, where this alone keeps any vacancy away."""
        for constraint, vacancies in self.blocked.items():
            if not len(vacancies):
                continue
            for change in BY_CONSTRAINT[constraint](self.alone, vacancies):
                yield _Tried(change, vacancies, CONSTRAINTS[constraint])

    def skills(self, tried: int) -> Iterator[_Tried]:
        """Give the essential skills she lacks that her best vacancies ask for, and those that would open most.

        Who gave no skill has no known gap.
        """
        people, market = self.pairs.people, self.alone
        if not len(self.pairs) or not people.has_skill[0]:
            return
        close = np.flatnonzero(self.is_close)
        best = close[np.argsort(-self.chance_of[close], kind="stable")[:KEPT]]
        _pair, skill, gain = all_gaps(self.pairs.at(best))
        asked = np.bincount(skill, weights=gain, minlength=len(market.skills))
        positions, owner = expand(market.essential.offsets, self.rest)
        named = market.essential.values[positions]
        opens = np.bincount(named, minlength=len(market.skills)) * (people.skill_level[0] == 0)
        numbers = sorted({*_most(asked, tried), *_most(opens, tried)})
        changes = with_skills(market.jobseekers, market.skills[numbers].tolist())
        for number, change in zip(numbers, changes, strict=True):
            asking = np.zeros(len(self.rest), np.bool_)
            asking[owner[named == number]] = True
            yield _Tried(change, self.rest[asking])

    def occupations(self) -> Iterator[_Tried]:
        """Give the neighbouring occupations with most feasible vacancies. Who wants none in particular has none."""
        row, market = self.alone.jobseekers, self.alone
        wishes = row.wishes.row(0)
        if not (wishes != "").any():
            return
        near = neighbours(market, wishes)
        named = market.vacancy_occupation[np.concatenate([self.pairs.vacancy, self.rest])]
        times = np.bincount(named[named >= 0], minlength=len(market.occupations))
        feasible: Counter[str] = Counter()
        for place in times.nonzero()[0].tolist():
            for job in jobs(str(market.occupations[place])):
                feasible[job] += int(times[place])
        near.sort(key=lambda code: (-feasible[code], code))
        for code in near[:OCCUPATIONS_TRIED]:
            yield _Tried(with_wish(row, code), self.rest, by_occupation)

    def counted(self, tried: Sequence[_Tried]) -> list[tuple[Change, IntArray, float]]:
        """Give with each change what it opens that counts, and what it adds to the expected agreements.

        All changes are looked at together: a row each of one market.
        """
        if not tried:
            return []
        changes = [one.change for one in tried]
        changed = Trials(self.pairs.people, self._changed(changes), [change.kind for change in changes])
        opened = self._opened(changed, tried)
        owner = np.repeat(np.arange(len(changes)), [len(some) for some in opened])
        vacancy = np.concatenate(opened)
        parts = score_parts(self._pairs(changed, owner, vacancy))
        chance_of = self.chances(parts, vacancy)
        if self.is_for_reading:
            farthest = np.array([self._farthest(change) for change in changes])
            kept = (chance_of >= LEAST_CHANCE) & (tiers(parts) <= farthest[owner])
            owner, vacancy, chance_of = owner[kept], vacancy[kept], chance_of[kept]
        ends = np.searchsorted(owner, np.arange(len(changes) + 1))
        counts = [vacancy[first:last] for first, last in pairwise(ends.tolist())]
        # What opens nothing is told of in no way, but for what may add a chance alone.
        told = [
            change.kind if len(some) or change.kind in WORTH_ALONE else ""
            for change, some in zip(changes, counts, strict=True)
        ]
        mine = self._moved(changed, told)
        news = [chance_of[first:last] for first, last in pairwise(ends.tolist())]
        return [
            (change, some, _expected(np.concatenate([mine.get(row, self.chance_of), new])) - self.before)
            for row, (change, some, new) in enumerate(zip(changes, counts, news, strict=True))
        ]

    def _opened(self, changed: People, tried: Sequence[_Tried]) -> list[IntArray]:
        """Give what each change opens; `changed` has a row for each."""
        opened: list[IntArray] = []
        for opens, some in groupby(tried, key=lambda one: one.opens):
            same = list(some)
            if opens is None:
                opened += [one.vacancies for one in same]
                continue
            # All of one constraint may open the same ones.
            vacancies, rows = same[0].vacancies, np.arange(len(opened), len(opened) + len(same))
            pairs = self._pairs(changed, np.repeat(rows, len(vacancies)), np.tile(vacancies, len(rows)))
            opened += [vacancies[kept] for kept in opens(pairs).reshape(len(rows), len(vacancies))]
        return opened

    def _pairs(self, changed: People, row: IntArray, vacancy: IntArray) -> Pairs:
        """Put her with some changes before some vacancies: her texts and her place are those that were measured."""
        return Pairs(changed, row, vacancy).knowing(
            similarity=self.similarity[vacancy], distance_km=self.distance_km[vacancy]
        )

    def _farthest(self, change: Change) -> int:
        """Say up to which tier an opening is close enough to what she wants or did."""
        return SAME if change.kind == "occupation" else self.farthest

    def _moved(self, changed: People, kinds: Sequence[str]) -> dict[int, FloatArray]:
        """Give the chances of what is hers already with each change that moves any, by its row."""
        found: dict[int, FloatArray] = {}
        for kind, touched in TOUCHED.items():
            rows = np.array([row for row, one in enumerate(kinds) if one == kind], np.int64)
            if not len(rows) or not len(self.pairs):
                continue
            row, mine = np.nonzero(self._may_move(changed, kind, rows))
            pairs = self._pairs(changed, rows[row], self.pairs.vacancy[mine])
            columns = [PART_NAMES.index(name) for name in touched]
            after = [rounded(PARTS[name](pairs)) for name in touched]
            before = [self.parts[mine, column] for column in columns]
            moved = np.flatnonzero(np.any([a != b for a, b in zip(after, before, strict=True)], axis=0))
            parts = self.parts[mine[moved]]
            for column, part in zip(columns, after, strict=True):
                parts[:, column] = part[moved]
            chance_of = np.tile(self.chance_of, (len(rows), 1))
            chance_of[row[moved], mine[moved]] = self.chances(parts, pairs.vacancy[moved])
            found |= dict(zip(rows.tolist(), chance_of, strict=True))
        return found

    def _may_move(self, changed: People, kind: str, rows: IntArray) -> BoolArray:
        """Tell which of hers the changes of a kind may move, shape (rows, hers): of skills those that name it."""
        market, vacancy = self.alone, self.pairs.vacancy
        if kind != "skill":
            return np.ones((len(rows), len(vacancy)), np.bool_)
        learnt = np.full(len(market.skills), -1)
        added = changed.market.jobseekers.skills
        learnt[numbered(added.values[added.offsets[rows + 1] - 1], market.skills)] = np.arange(len(rows))
        # What is earned in an ideal profile may stand on any skill.
        moves = np.tile(ideal_profile_of(self.pairs) >= 0, (len(rows), 1))
        for column in (market.essential, market.wished):
            positions, owner = expand(column.offsets, vacancy)
            row = learnt[column.values[positions]]
            moves[row[row >= 0], owner[row >= 0]] = True
        return moves

    def _changed(self, changes: Sequence[Change]) -> Market:
        """Put the person before the vacancies once a change; her texts and her place are those she had."""
        people = varied_columns(self.alone.jobseekers, [change.columns for change in changes])
        return self.alone.with_changed(people, np.zeros(len(changes), np.int64))


def _expected(chance_of: FloatArray) -> float:
    """Sum the chances of the best vacancies that would be shown: how many agreements are expected."""
    return float(np.sort(chance_of)[::-1][:SERVED].sum())


def _most(weight: FloatArray | IntArray, count: int) -> list[int]:
    """Return the places of the largest weights above 0."""
    some = np.flatnonzero(weight > 0)
    found: list[int] = some[np.argsort(-weight[some], kind="stable")[:count]].tolist()
    return found
