"""Small graphs of who could be proposed what, for the tests of spreading."""

import numpy as np
from hypothesis import strategies as st

from visavis.engine.spread.graph import Graph


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Graph, np.ndarray]:
    people, vacancies = draw(st.integers(0, 12)), draw(st.integers(1, 7))
    rows = [draw(st.lists(st.integers(0, vacancies - 1), unique=True, max_size=5)) for _ in range(people)]
    edges = sum(map(len, rows))
    utility = draw(st.lists(st.sampled_from([0.1, 0.4, 0.4, 0.7, 0.9]), min_size=edges, max_size=edges))
    starts = np.cumsum([0, *map(len, rows)])
    flat = np.array([j for row in rows for j in row], np.int64)
    limit = np.array(draw(st.lists(st.integers(0, 3), min_size=vacancies, max_size=vacancies)), np.int64)
    return Graph(starts, flat, np.array(utility, float), vacancies), limit


def crowd(people: int = 400, vacancies: int = 100) -> Graph:
    """Everybody prefers the first vacancies."""
    rng = np.random.default_rng(7)
    rows = [np.sort(rng.choice(vacancies, 20, replace=False)) for _ in range(people)]
    flat = np.concatenate(rows).astype(np.int64)
    utility = 0.9 - 0.5 * flat / vacancies + 0.1 * rng.random(len(flat))
    return Graph(np.arange(0, 20 * people + 1, 20), flat, utility, vacancies)
