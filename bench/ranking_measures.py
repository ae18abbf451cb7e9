"""What lists are worth, for `bench/ranking.py`: found again, evenly shown, in how many seconds of processor."""

import time

import numpy as np
from scipy import sparse

from bench import ranking_spread as spreading
from bench.history.blending import figures as of_each

FIGURES = (
    "hr@10", "recall@10", "recall@20", "ndcg@10", "ndcg@20",
    "gini@10", "coverage@10", "entropy@10", "cpu_s", "tune_s",
)  # fmt: skip

type Row = dict[str, str | float]


def figures(top: np.ndarray, held_out: sparse.csr_array) -> dict[str, float]:
    """Give the measures of lists of 20.

    >>> found = figures(np.array([[2, 0, *range(3, 21)]]), sparse.csr_array(np.eye(1, 30)))
    >>> found["hr@10"], round(found["ndcg@10"], 3)
    (1.0, 0.631)
    """
    width, counts = held_out.shape[1], np.diff(held_out.indptr)
    people = np.repeat(np.arange(len(counts)), counts)
    wanted = np.sort(people * width + held_out.indices)
    hit = np.isin(np.arange(len(top))[:, None] * width + top, wanted)
    discount = 1 / np.log2(np.arange(2, 22))
    found: dict[str, float] = {"hr@10": float(hit[:, :10].any(axis=1).mean())}
    for k in (10, 20):
        ideal = np.cumsum(discount)[np.minimum(counts, k) - 1]
        found[f"recall@{k}"] = float((hit[:, :k].sum(axis=1) / counts).mean())
        found[f"ndcg@{k}"] = float(((hit[:, :k] * discount[:k]).sum(axis=1) / ideal).mean())
    shown = np.sort(np.bincount(top[:, :10].ravel(), minlength=width))
    found["gini@10"] = float(1 - 2 * (np.cumsum(shown) / shown.sum()).mean() + 1 / width)
    found["coverage@10"] = float((shown > 0).mean())
    found["entropy@10"] = spreading.entropy(top[:, :10], width)
    return found


def gain(top: np.ndarray, held_out: sparse.csr_array) -> float:
    return figures(top, held_out)["ndcg@10"]


def found_again(top: np.ndarray, held_out: sparse.csr_array) -> np.ndarray:
    """Give the figures of each person's list of 20, as the engine's blend looks at them: NDCG@10 is the third.

    >>> found_again(np.array([[2, 0, *range(3, 21)]]), sparse.csr_array(np.eye(1, 30))).round(3).ravel().tolist()
    [1.0, 1.0, 0.631, 1.0, 0.631]
    """
    people = np.repeat(np.arange(len(top)), np.diff(held_out.indptr))
    same = top[people] == held_out.indices[:, None]
    return of_each(np.where(same.any(axis=1), same.argmax(axis=1) + 1, held_out.shape[1] + 20), held_out)


def clock(start: float = 0.0) -> float:
    return time.process_time() - start


def means(data: str, rows: list[Row]) -> list[Row]:
    """Return the mean of each method over the seeds, and the deviation of its ndcg@10."""
    found: list[Row] = []
    for name in dict.fromkeys(row["method"] for row in rows):
        own = [row for row in rows if row["method"] == name]
        mean: Row = {"method": name, "data": data, "seeds": len(own)}
        mean |= {key: round(float(np.mean([float(row[key]) for row in own])), 4) for key in FIGURES}
        mean["ndcg@10 deviation"] = round(float(np.std([float(row["ndcg@10"]) for row in own])), 4)
        found.append(mean)
    return found


def show(data: str, rows: list[Row]) -> None:
    print(f"\n{data}")
    print(f"{'':32}" + "".join(f"{name:>12}" for name in FIGURES))
    for row in rows:
        print(f"{row['method']:32}" + "".join(f"{float(row[name]):12.3f}" for name in FIGURES))
