"""What is known of a person once a change, against the same looked up for each row."""

import numpy as np
from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine.markets import jobseekers, market_of, openings
from visavis.engine.explain.changes import BY_CONSTRAINT, with_skills, with_wish
from visavis.engine.explain.trials import Trials
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.facts.rows import varied_columns
from visavis.engine.score.people import People

TABLES = ("has_wish", "has_work", "has_skill", "has_text", "skill_level", "interest", "ideal")
FIT = ("logit", "relation", "months")


@given(jobseekers(), openings)
@settings(max_examples=examples(60))
def test_only_what_a_change_touches_is_another(person: Jobseeker, work: list[Vacancy]) -> None:
    alone = market_of([person], work)
    her, row, everything = People(alone, np.zeros(1, np.int64)), alone.jobseekers, np.arange(len(work))
    changes = [one for some in BY_CONSTRAINT.values() for one in some(alone, everything)]
    changes += with_skills(row, alone.skills.tolist() if her.has_skill[0] else [])
    changes += [with_wish(row, str(code)) for code in alone.occupations if her.has_wish[0]]
    people = varied_columns(row, [one.columns for one in changes])
    market = alone.with_changed(people, np.zeros(len(changes), np.int64))
    trials = Trials(her, market, [one.kind for one in changes])
    again = People(market, np.arange(len(changes)))
    for name in TABLES:
        assert np.array_equal(getattr(trials, name), getattr(again, name)), name
    for name in FIT:
        assert np.array_equal(getattr(trials.fit, name), getattr(again.fit, name)), name
