"""Peers of the dense part that join tables: DuckDB and Polars, over a grid of places."""

import tempfile
from pathlib import Path

import numpy as np

from bench.scale_dense import Vectors
from bench.scale_market import DEPTH, EVERYWHERE, Work, chord_limit
from bench.scale_watch import Lists, Run

CELL_DEGREES = 0.15
_BAND = 10_000
_CLASS = _BAND * _BAND
PEOPLE_AT_ONCE = 128
PAIRS_AT_ONCE = 65_536

_QUERY = """
with pair as (
    select cell.person, v.row, array_inner_product(p.vector, v.vector) as likeness
    from cell join p using (person) join v using (cell)
    where (v.x - p.x) * (v.x - p.x) + (v.y - p.y) * (v.y - p.y) + (v.z - p.z) * (v.z - p.z) <= cell.most
      and (v.need & p.refuses) = 0 and (v.condition & p.avoids) = 0 and v.top_pay >= p.lowest)
select person, arg_max(row, likeness, {k}) from pair group by person
"""


class Cells:
    """Vacancies by cell of a grid, one grid for each doubt about the place, one cell for what anybody reaches."""

    def __init__(self, work: Work) -> None:
        """Number the cell of each vacancy."""
        self.work = work
        anybody = np.isinf(work.doubt)
        self.doubts = np.unique(work.doubt[~anybody])
        kind = np.searchsorted(self.doubts, np.where(anybody, 0.0, work.doubt))
        latitude, longitude = _degrees(work.there)
        cell = kind * _CLASS + _number(latitude) * _BAND + _number(longitude)
        self.of = np.where(anybody, -1, cell).astype(np.int64)
        self.all = np.unique(self.of)

    def near(self, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """List person, cell and the greatest square of a chord, for the cells each of the first people reaches."""
        found = []
        latitude, longitude = _degrees(self.work.here[:people])
        for i in range(people):
            if np.isinf(self.work.radius[i]):
                found.append((i, self.all, np.full(len(self.all), EVERYWHERE)))
                continue
            found.append((i, np.array([-1]), np.array([EVERYWHERE])))
            for kind, doubt in enumerate(self.doubts.tolist()):
                reach = self.work.radius[i] + doubt
                high = np.degrees(reach / 6371.0088) + 1e-6
                wide = high / np.cos(np.radians(min(89.0, abs(latitude[i]) + high))) + 1e-6
                rows = np.arange(_number(latitude[i] - high), _number(latitude[i] + high) + 1)
                columns = np.arange(_number(longitude[i] - wide), _number(longitude[i] + wide) + 1)
                cells = (kind * _CLASS + rows[:, None] * _BAND + columns).ravel()
                found.append((i, cells, np.full(len(cells), float(chord_limit(np.array(reach))))))
        who = np.repeat([one[0] for one in found], [len(one[1]) for one in found])
        return who, *(np.concatenate([one[place] for one in found]) for place in (1, 2))


def _degrees(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    latitude = np.degrees(np.arcsin(np.clip(points[:, 2], -1.0, 1.0)))
    return latitude, np.degrees(np.arctan2(points[:, 1], points[:, 0]))


def _number(degrees: np.ndarray) -> np.ndarray:
    return np.floor((np.asarray(degrees) + 360.0) / CELL_DEGREES).astype(np.int64)


def _side(points: np.ndarray) -> dict[str, np.ndarray]:
    return {name: points[:, axis].copy() for axis, name in enumerate("xyz")}


def _vacancies(work: Work, cells: Cells) -> dict[str, np.ndarray]:
    rows = np.arange(len(work.doubt), dtype=np.int32)
    own = {"need": work.need, "condition": work.condition, "top_pay": work.top_pay}
    return {"row": rows, "cell": cells.of, **_side(work.there), **own}


def _people(work: Work, people: int) -> dict[str, np.ndarray]:
    own = {"refuses": work.refuses, "avoids": work.avoids, "lowest": work.lowest}
    own = {name: column[:people] for name, column in own.items()}
    return {"person": np.arange(people, dtype=np.int32), **_side(work.here[:people]), **own}


def duckdb_join(work: Work, vectors: Vectors, k: int) -> Run:
    """Join by cell, filter, multiply and choose, all in SQL."""
    import duckdb  # noqa: PLC0415 - a peer
    import polars as pl  # noqa: PLC0415 - writes the file that DuckDB reads

    cells = Cells(work)
    base = duckdb.connect()
    base.execute("set threads = 1")

    def put(name: str, columns: dict[str, np.ndarray], rows: np.ndarray | None = None) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.parquet"
            table = pl.DataFrame(columns)
            kept = "*"
            if rows is not None:
                table = table.with_columns(pl.Series("vector", rows, dtype=pl.Array(pl.Float32, DEPTH)))
                kept = f"* exclude (vector), vector::float[{DEPTH}] as vector"
            table.write_parquet(path, compression="uncompressed", statistics=False)
            order = "order by cell" if name == "v" else ""
            base.execute(
                f"create or replace table {name} as select {kept} from read_parquet('{path}') {order}"
            )

    put("v", _vacancies(work, cells), vectors[1])

    def run(people: int) -> Lists:
        put("p", _people(work, people), vectors[0][:people])
        who, cell, most = cells.near(people)
        found: Lists = [np.zeros(0, np.int64)] * people
        for first in range(0, people, PEOPLE_AT_ONCE):
            a, b = np.searchsorted(who, [first, first + PEOPLE_AT_ONCE])
            put("cell", {"person": who[a:b].astype(np.int32), "cell": cell[a:b], "most": most[a:b]})
            for person, rows in base.execute(_QUERY.format(k=k)).fetchall():
                found[person] = np.array(rows, np.int64)
        return found

    return run


def polars_join(work: Work, vectors: Vectors, k: int) -> Run:
    """Join by cell and filter in Polars, multiply in numpy, choose in Polars."""
    import polars as pl  # noqa: PLC0415 - a peer

    cells = Cells(work)
    vacancies = pl.DataFrame(_vacancies(work, cells)).lazy()

    def run(people: int) -> Lists:
        everybody = pl.DataFrame(_people(work, people)).lazy()
        who, cell, most = cells.near(people)
        found: Lists = [np.zeros(0, np.int64)] * people
        for first in range(0, people, PEOPLE_AT_ONCE):
            a, b = np.searchsorted(who, [first, first + PEOPLE_AT_ONCE])
            near = pl.DataFrame({"person": who[a:b].astype(np.int32), "cell": cell[a:b], "most": most[a:b]})
            pairs = _pairs(pl, near.lazy(), everybody, vacancies)
            one, other = pairs["person"].to_numpy(), pairs["row"].to_numpy()
            value = np.empty(len(one), np.float32)
            for low in range(0, len(one), PAIRS_AT_ONCE):
                some = slice(low, low + PAIRS_AT_ONCE)
                np.einsum("ij,ij->i", vectors[0][one[some]], vectors[1][other[some]], out=value[some])
            best = pl.DataFrame({"person": one, "row": other, "value": value}).lazy().group_by("person")
            best = best.agg(pl.col("row").top_k_by("value", k)).collect()
            for person, rows in zip(best["person"].to_list(), best["row"].to_list(), strict=True):
                found[person] = np.array(rows, np.int64)
        return found

    return run


def _pairs(pl, near, everybody, vacancies):
    square = sum((pl.col(axis) - pl.col(f"{axis}_hers")) ** 2 for axis in "xyz")
    stands = (square <= pl.col("most")) & ((pl.col("need") & pl.col("refuses")) == 0)
    stands &= ((pl.col("condition") & pl.col("avoids")) == 0) & (pl.col("top_pay") >= pl.col("lowest"))
    hers = everybody.rename({axis: f"{axis}_hers" for axis in "xyz"})
    joined = near.join(hers, on="person").join(vacancies, on="cell")
    return joined.filter(stands).select("person", "row").collect()
