"""Work for the workers of `test_pool.py`: they import it by name."""

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np

from visavis.shards import kept, markets


def match_shard_but_die_once(given: markets.Given) -> kept.Arrays:
    """Work out a shard, but the first worker to begin one is killed in the middle of it."""
    try:
        (given.market.parent.parent / "died").open("x").close()
    except FileExistsError:
        return markets.match_shard(given)
    return always_die(given)


def square(given: tuple[Path, int]) -> kept.Arrays:
    """Square a number."""
    return {"square": np.array([given[1] ** 2])}


def always_die(given: Any) -> kept.Arrays:
    """Kill the worker."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def divide_by_zero(given: Any) -> kept.Arrays:
    """Fail as code with a mistake does."""
    return {"never": np.array([1 // 0])}
