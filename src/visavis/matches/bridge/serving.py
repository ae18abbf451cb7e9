"""Everybody's lists under the limits of each vacancy: by night at once, by day one among them."""

from dataclasses import replace

import numpy as np

from visavis.common import clock
from visavis.engine.spread import serving as engine
from visavis.engine.spread.graph import Graph
from visavis.matches.bridge.lists import Found, Numbers, Values
from visavis.matches.bridge.market import Work
from visavis.matches.bridge.reading import day

# How many places of a list are kept.
KEPT = engine.KEPT
# How many of them are shown.
SERVED = engine.SERVED


def plain(found: Found, ids: tuple[Numbers, Numbers]) -> Values:
    """Return what each pair is worth without a crowd: by tier, then level, then chance, turned for today."""
    one, other = ids[0][found.person], ids[1][found.work]
    return engine.ranked(engine.chance(found.score), found.tier, (one, other), day(clock.today()))


def priced(plain: Values, price: Values, allowed: Values) -> Values:
    """Return what ranks each pair: its worth less what the vacancy's price takes, within what the person allows."""
    return engine.priced(plain, price, allowed)


def graph_of(found: Found, people: int, work: int) -> Graph:
    """Lay pairs out for the engine; `found` is by person."""
    starts = np.searchsorted(found.person, np.arange(people + 1))
    return Graph(starts.astype(np.int64), found.work, engine.chance(found.score), work)


def night(work: Work, people: Numbers, found: Found, strength: float) -> engine.Night:
    """Draw up everybody's list; `found` is by person, who are numbered over all of `people`."""
    graph = graph_of(found, len(people), len(work))
    ids = people, work.ids
    return engine.draw_up(graph, found.tier, ids, work.positions, strength=strength, day=day(clock.today()))


def allowances(found: Found, plain: Values, price: Values, people: int) -> Values:
    """Return what prices, shape (M,), may take for each person."""
    return engine.allowances(graph_of(found, people, len(price)), plain, price)


def limits(work: Work, times: float | None) -> Numbers:
    """Return in how many shown lists each vacancy may stand, shape (M,); without `times` in any number."""
    return engine.limits(work.positions, np.inf if times is None else times)


def wider(limit: Numbers) -> Numbers:
    """Return in how many kept lists each may stand."""
    return engine.wider(limit)


def one_list(
    found: Found, worths: tuple[Values, Values], counts: tuple[Numbers, Numbers], limit: Numbers
) -> Numbers:
    """Return the order of one person's list by day; `counts` are the other shown and kept lists each stands in."""
    graph = graph_of(
        replace(found, person=np.zeros(len(found), np.int64)), 1, len(limit) and int(found.work.max()) + 1
    )
    return engine.one_list(graph, found.tier, worths, counts, limit)
