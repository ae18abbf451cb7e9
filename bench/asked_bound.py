"""What any order of people's lists could gain at most: an upper bound beside what the lists served gain.

    python -m bench.asked_bound TOWN --keep DIR [--seed N]

TOWN is `demo` or `ads`, filled and kept by `python -m bench.asked --keep DIR`. Counted is the expected number of yeses
that find a position free, Σ E[min(c, X)], X of Poisson's law at the summed chances of those who look, as the engine
believes them: more than hires, since who gets two offers takes one. It is concave in who looks where, so each step of
Frank and Wolfe (1956) bounds from above what any lists, even drawn by lot, could reach. Lists may be in any order
within a tier and level of words, within a tier, or among all of her fifty; what sparing people costs is left out, so
with it the most is less.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import pdtr

from bench import asked_town

STEPS, HALVINGS = 60, 30
SHOWN = 20


class Lists:
    """The pairs of a night, by person, and what an order of them is worth."""

    def __init__(self, graph: Any, tier: np.ndarray, positions: np.ndarray) -> None:
        self.start, self.vacancy, self.positions, self.tier = graph.starts, graph.vacancy, positions, tier
        self.chance = np.asarray(graph.utility, np.float64)
        self.person = np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))
        self.level = -np.searchsorted((0.25, 0.5, 0.75), self.chance, side="right")

    def looks(self, worth: np.ndarray, keys: Sequence[np.ndarray]) -> np.ndarray:
        """Give the chance that each pair is looked at, when lists are by these keys, the last first, then by worth."""
        order = np.lexsort((-worth, *keys, self.person))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - self.start[self.person[order]] + 1
        return np.where(rank <= SHOWN, 1.0 / np.log2(rank + 1.0), 0.0)

    def load(self, looks: np.ndarray) -> np.ndarray:
        return np.bincount(self.vacancy, looks * self.chance, len(self.positions))

    def filled(self, load: np.ndarray) -> float:
        """Sum up E[min(c, X)]."""
        most = range(int(self.positions.max()))
        return float(sum(np.where(self.positions > n, 1.0 - pdtr(n, load), 0.0).sum() for n in most))

    def most(self, looks: np.ndarray, keys: Sequence[np.ndarray]) -> float:
        """Return the least bound that the steps find."""
        found = np.inf
        for _step in range(STEPS):
            gain = pdtr(self.positions - 1, self.load(looks))[self.vacancy] * self.chance
            corner = self.looks(gain, keys)
            now, then = self.load(looks), self.load(corner)
            found = min(found, self.filled(now) + float((gain * (corner - looks)).sum()))
            looks = looks + self._step(now, then) * (corner - looks)
        return found

    def _step(self, now: np.ndarray, then: np.ndarray) -> float:
        low, high = 0.0, 1.0
        for _half in range(HALVINGS):
            one, other = low + (high - low) / 3, high - (high - low) / 3
            if self.filled(now + one * (then - now)) < self.filled(now + other * (then - now)):
                low = one
            else:
                high = other
        return (low + high) / 2


def main() -> None:
    """Make the night of a town that is kept, with its newcomers, and print the bounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("town", choices=["demo", "ads"])
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=2016)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(args.keep / f"{args.town}-{args.seed}.sqlite3", Path(folder) / "visavis.sqlite3")
        os.environ |= {"VISAVIS_VAR": folder, "VISAVIS_DEMO": "yes", "VISAVIS_LOG_LEVEL": "ERROR"}
        os.environ |= asked_town.KEYS | {
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        }
        _print(*_night(args))


def _night(args: argparse.Namespace) -> tuple[Lists, np.ndarray, Any]:
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from bench import asked_people, asked_town  # noqa: PLC0415
    from visavis.engine.spread import serving  # noqa: PLC0415
    from visavis.matches.making import learning, ranking  # noqa: PLC0415

    town = asked_people.Town(real=args.town == "ads")
    for one in asked_people.draw(town, np.random.default_rng((args.seed, 11))):
        asked_town.settled(one)
    learning.learn()
    kept: list[Any] = []
    drawn = serving.draw_up

    def draw_up(graph: Any, tier: Any, ids: Any, positions: Any, **how: Any) -> Any:
        night = drawn(graph, tier, ids, positions, **how)
        kept[:] = [Lists(graph, tier, positions), night, graph]
        return night

    serving.draw_up = draw_up
    ranking.rank_everybody()
    lists, night, graph = kept
    served = np.zeros(len(lists.vacancy))
    shown = night.rank <= SHOWN
    served[night.pair[shown]] = 1.0 / np.log2(night.rank[shown] + 1.0)
    return lists, served, graph


def _print(lists: Lists, served: np.ndarray, graph: Any) -> None:
    from visavis.engine.spread.crowd import market_prices  # noqa: PLC0415

    words = (lists.level, lists.tier)
    plain = lists.looks(lists.chance, words)
    base = lists.filled(lists.load(plain))
    logs = np.log(np.maximum(lists.chance, 1e-6))
    price = market_prices(graph, lists.positions, k=SHOWN).price[lists.vacancy]
    before = [lists.filled(lists.load(lists.looks(logs - half * price, ()))) for half in (0.0, 0.5)]
    print(f"plain: {base:.0f} yeses find a position free, of {lists.positions.sum()} positions")
    print(f"before tiers, at strength 0.5: {before[1] / before[0] - 1:+.1%}")
    print(f"served: {lists.filled(lists.load(served)) / base - 1:+.1%}")
    for name, keys in (("tiers and words kept", words), ("tiers kept", (lists.tier,)), ("any order", ())):
        print(f"at most, {name}: {lists.most(plain, keys) / base - 1:+.1%}")


if __name__ == "__main__":
    main()
