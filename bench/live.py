"""How long one person's list and one vacancy's news take, in a country laid out beforehand.

    .venv/bin/python -m bench.live --jobseekers 1000000 --vacancies 1000000 --times 300 [--json FILE]

A list: what a person said is laid out, and her 50 best vacancies are found. News: a vacancy that the market
has not seen is laid out, and all those are found in whose list of 20 it enters; each has her own true 20th score.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from bench.country_market import draw_jobseekers, draw_vacancies, market_of
from bench.machine import machine, one_thread
from visavis.engine.facts.rows import take_rows
from visavis.engine.fast.reverse import ReverseIndex
from visavis.engine.fast.top import Prepared, laid_out, lists
from visavis.engine.market.market import Market
from visavis.engine.market.newcomers import with_newcomers

KEPT, SERVED = 50, 20


def times_of_lists(market: Market, times: int, seed: int) -> list[float]:
    """Rank people one by one, seconds each."""
    people = draw_jobseekers(times + 1, seed)
    found = []
    for row in range(times + 1):
        start = time.perf_counter()
        alone = market.with_jobseekers(take_rows(people, np.array([row])))
        list(lists(Prepared(alone), np.array([0]), KEPT))
        found.append(time.perf_counter() - start)
    return found[1:]


def times_of_news(market: Market, times: int, seed: int) -> tuple[list[float], list[int]]:
    """Tell of vacancies one by one: seconds each, and how many people each is news to."""
    ranked = lists(Prepared(market), np.arange(len(market.jobseekers)), SERVED)
    floors = [np.where(some.length == SERVED, some.score[:, -1], -np.inf) for some in ranked]
    index = ReverseIndex(market, np.concatenate(floors))
    new = draw_vacancies(times + 1, seed)
    found, told = [], []
    for row in range(times + 1):
        start = time.perf_counter()
        _, rows, _ = index.find(with_newcomers(market, take_rows(new, np.array([row]))), np.array([0]))
        found.append(time.perf_counter() - start)
        told.append(len(rows))
    return found[1:], told[1:]


def row_of(what: str, seconds: list[float], **more: object) -> dict:
    """Sum up some times, in milliseconds."""
    p50, p95, p99, most = (round(float(v) * 1e3, 2) for v in np.percentile(seconds, [50, 95, 99, 100]))
    return {
        "method": "visavis",
        "what": what,
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "max_ms": most,
        **more,
    }


def main() -> None:
    """Lay out a country and time it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--jobseekers", type=int, default=100_000)
    parser.add_argument("--vacancies", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    one_thread()
    market = market_of(draw_jobseekers(args.jobseekers, args.seed), draw_vacancies(args.vacancies, args.seed))
    laid_out(market)
    size = {"jobseekers": args.jobseekers, "vacancies": args.vacancies}
    news, told = times_of_news(market, args.times, args.seed + 1)
    rows = [
        row_of("one person's list", times_of_lists(market, args.times, args.seed + 1), **size),
        row_of("whom a vacancy is news to", news, **size, told=float(np.mean(told))),
    ]
    print(machine())
    for row in rows:
        print(
            f"{row['what']:28} p50 {row['p50_ms']:8} ms  p95 {row['p95_ms']:8}  p99 {row['p99_ms']:8}",
            end="  ",
        )
        print(f"max {row['max_ms']:8}" + (f"  told {row['told']:.0f}" if "told" in row else ""))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
