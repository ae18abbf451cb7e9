"""Draw how a country is cut into shards: one colour each, and the reach of one of them.

.venv/bin/python -m bench.country_map docs/engine/country.png
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from bench.country_market import draw_jobseekers, draw_vacancies, market_of
from visavis.engine.lists.shards import cut_rows, is_bound, reachable

PEOPLE, SHARDS, SIDE = 300_000, 60, 620
WEST, EAST, SOUTH, NORTH = -5.3, 9.7, 41.2, 51.3
GROUND, NEAR = (247, 247, 244), (40, 40, 40)
COLOURS = ((86, 127, 184), (222, 160, 83), (109, 160, 117), (190, 108, 124), (146, 124, 180), (150, 150, 120))


def main() -> None:
    """Draw people by shard, and in dark the openings the shard around Lyon can reach."""
    market = market_of(draw_jobseekers(PEOPLE, seed=1), draw_vacancies(100_000, seed=1))
    people, work = market.jobseekers, market.vacancies
    picture = np.full((SIDE, SIDE, 3), GROUND, np.uint8)
    shards = [rows for rows in cut_rows(people, PEOPLE // SHARDS) if is_bound(people)[rows].all()]
    for number, rows in enumerate(shards):
        _dots(picture, people.latitude[rows], people.longitude[rows], COLOURS[number * 5 % len(COLOURS)])
    away = [np.hypot(*(_middle(people, rows) - np.array([45.3, 4.6]))) for rows in shards]
    near = reachable(market, shards[int(np.argmin(away))])
    near = near[~work.is_remote[near] & ~np.isnan(work.latitude[near])]
    _dots(picture, work.latitude[near], work.longitude[near], NEAR)
    Image.fromarray(picture).quantize(16).save(Path(sys.argv[1]), optimize=True)


def _middle(people, rows: np.ndarray) -> np.ndarray:
    return np.array([people.latitude[rows].mean(), people.longitude[rows].mean()])


def _dots(
    picture: np.ndarray, latitude: np.ndarray, longitude: np.ndarray, colour: tuple[int, int, int]
) -> None:
    x = ((longitude - WEST) / (EAST - WEST) * SIDE).astype(np.int64)
    y = ((NORTH - latitude) / (NORTH - SOUTH) * SIDE).astype(np.int64)
    seen = (x >= 0) & (x < SIDE - 1) & (y >= 0) & (y < SIDE - 1)
    for right in (0, 1):
        for down in (0, 1):
            picture[y[seen] + down, x[seen] + right] = colour


if __name__ == "__main__":
    main()
