"""The slow rotation day by day: how much of a list changes, and how soon near-equal vacancies are seen."""

from collections.abc import Callable

import numpy as np

from bench.spread_market import K, Market
from bench.spread_ours import TURN, rotate, spread
from visavis.engine.spread.crowd import in_logs, market_prices
from visavis.engine.spread.graph import Graph
from visavis.engine.spread.lists import lists

DAYS = 29
NEAR = 0.1
"""Acceptable: within a tenth, in logarithms, of the last one of the list without rotation, or better."""

type Day = Callable[[int], np.ndarray]
type Row = dict[str, str | int | float]


def rows(market: Market) -> tuple[list[Row], dict[str, list[float]]]:
    """Return how each way changes a list, and by day the part of acceptable vacancies seen."""
    starts = np.arange(0, len(market.person) + 1, market.size.edges)
    graph = Graph(starts, market.vacancy, market.want_seen * market.hire_seen, market.size.vacancies)
    logs = in_logs(graph)
    price = 0.5 * market_prices(graph, market.positions, k=K).price
    worth = logs.utility - price[logs.vacancy]
    last = -np.sort(-worth.reshape(-1, market.size.edges), axis=1)[:, K - 1]
    acceptable = worth >= last[market.person] - NEAR

    def turned(day: int) -> np.ndarray:
        return spread(graph, market.positions, strength=0.5, k=K, day=day).pair

    def held(day: int) -> np.ndarray:
        return lists(rotate(logs, day, share=TURN), price, everywhere, K).pair

    def shuffled(day: int) -> np.ndarray:
        chance = np.random.default_rng(day).uniform(-TURN, TURN, len(worth))
        return lists(logs.valued(logs.utility + chance), price, everywhere, K).pair

    def fixed(_day: int) -> np.ndarray:
        return lists(logs, price, everywhere, K).pair

    everywhere = np.full(graph.vacancies, graph.jobseekers)
    ways: dict[str, Day] = {
        "no rotation": fixed,
        "visavis, prices of each day": turned,
        "visavis, prices held": held,
        "shuffle of the same size": shuffled,
    }
    found = {name: _live(way, acceptable, market.person) for name, way in ways.items()}
    return [{"method": name, **row} for name, (row, _seen) in found.items()], {
        name: seen for name, (_row, seen) in found.items()
    }


def _live(way: Day, acceptable: np.ndarray, person: np.ndarray) -> tuple[Row, list[float]]:
    seen = np.zeros(len(person), np.bool_)
    top = np.zeros(len(person), np.bool_)
    changed, first, share = [], [], []
    before = np.zeros(0, np.int64)
    for day in range(DAYS):
        today = way(day)
        if day:
            changed.append(1.0 - np.isin(today, before, assume_unique=True).mean())
            first.append(1.0 - top[today[_first(today, person)]].mean())
        before = today
        seen[today] = True
        top[:] = False
        top[today[_first(today, person)]] = True
        share.append(float(seen[acceptable].mean()))
    enough = next((day + 1 for day, one in enumerate(share) if one >= 0.95), -1)
    return {
        "changed_a_day": float(np.mean(changed)),
        "first_five_changed_a_day": float(np.mean(first)),
        "changed_most": float(np.max(changed)),
        "acceptable_seen_day_1": share[0],
        "acceptable_seen_day_14": share[13],
        "days_to_95_percent": enough,
    }, share


def _first(pairs: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Tell which of the pairs of the lists, in order, stand among the first five of their list."""
    own = person[pairs]
    return np.arange(len(pairs)) - np.searchsorted(own, own) < 5
