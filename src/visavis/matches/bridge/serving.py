"""Everybody's lists under the limits of each vacancy: by night at once, by day one among them."""

import numpy as np

from visavis.common import clock
from visavis.engine.spread import rotation
from visavis.engine.spread import serving as engine
from visavis.engine.spread.graph import Graph
from visavis.matches.bridge.lists import Found, Numbers, Values
from visavis.matches.bridge.market import Work
from visavis.matches.bridge.reading import day

# How many places of a list are kept.
KEPT = engine.KEPT
# How many of them are shown.
SERVED = engine.SERVED


def worth(found: Found, ids: tuple[Numbers, Numbers], price: Values) -> Values:
    """Return what ranks each pair: log of the chance, turned for today, less the vacancy's price, shape (M,)."""
    one, other = ids[0][found.person], ids[1][found.work]
    return rotation.turn(engine.log_chance(found.score), one, other, day(clock.today())) - price[found.work]


def night(work: Work, people: Numbers, found: Found, strength: float) -> engine.Night:
    """Draw up everybody's list; `found` is by person, who are numbered over all of `people`."""
    starts = np.searchsorted(found.person, np.arange(len(people) + 1))
    graph = Graph(starts.astype(np.int64), found.work, engine.chance(found.score), len(work))
    return engine.draw_up(
        graph, (people, work.ids), work.positions, strength=strength, day=day(clock.today())
    )


def limits(work: Work, times: float | None) -> Numbers:
    """Return in how many shown lists each vacancy may stand, shape (M,); without `times` in any number."""
    return engine.limits(work.positions, np.inf if times is None else times)


def wider(limit: Numbers) -> Numbers:
    """Return in how many kept lists each may stand."""
    return engine.wider(limit)


def one_list(worth: Values, work: Numbers, counts: tuple[Numbers, Numbers], limit: Numbers) -> Numbers:
    """Return the order of one person's list by day; `counts` are the other shown and kept lists each stands in."""
    return engine.one_list(worth, work, counts, limit)
