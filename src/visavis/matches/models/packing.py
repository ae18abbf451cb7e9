"""What is kept of the places of a list, in columns of bytes: the same places always give the same bytes."""

import json
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

LEVEL = 6
# The places before which a list is not worth a dictionary of its own.
COLUMNS = (("score", "<f8"), ("worth", "<f8"), ("title", "<i4"), ("similarity", "<i2"), ("history", "<f8"))


class Values(NamedTuple):
    """What is kept of one place.

    `title` is the part of the title in steps of the engine, `similarity` that of the texts in ten-thousandths,
    `history` what others' answers say: what the facts of both sides do not give. NaN where history says nothing.
    """

    score: float
    worth: float
    title: int = 0
    similarity: int = 0
    history: float = float("nan")


type Column = npt.NDArray[Any] | Sequence[float] | Sequence[int]


def packed(score: Column, worth: Column, *rest: Column) -> bytes:
    """Pack the columns of one list; a worth that is the score, and columns that say nothing, take no room."""
    columns = [
        np.asarray(one, kind) for (_name, kind), one in zip(COLUMNS, (score, worth, *rest), strict=False)
    ]
    if not len(columns[0]):
        return b""
    said = [True, columns[1].tobytes() != columns[0].tobytes(), *(_says(one) for one in columns[2:])]
    head = bytes(
        [len(columns[0]) & 255, len(columns[0]) >> 8, sum(is_said << n for n, is_said in enumerate(said))]
    )
    body = b"".join(_in_planes(one) for one, is_said in zip(columns, said, strict=True) if is_said)
    return head + zlib.compress(body, LEVEL)


@lru_cache(maxsize=512)
def unpacked(kept: bytes) -> tuple[Values, ...]:
    """Give the places of one list."""
    if not kept:
        return ()
    count, said, body = kept[0] + 256 * kept[1], kept[2], zlib.decompress(kept[3:])
    columns, at = [], 0
    for number, (_name, kind) in enumerate(COLUMNS):
        if said >> number & 1:
            size = np.dtype(kind).itemsize * count
            columns.append(_of_planes(body[at : at + size], kind).tolist())
            at += size
        else:
            columns.append(columns[0] if number == 1 else [float("nan") if kind == "<f8" else 0] * count)
    return tuple(map(Values._make, zip(*columns, strict=True)))


def _says(column: npt.NDArray[Any]) -> bool:
    return bool((~np.isnan(column)).any() if column.dtype.kind == "f" else column.any())


def _in_planes(column: npt.NDArray[Any]) -> bytes:
    """Put all first bytes before all second ones: equal bytes stand together."""
    return column.view(np.uint8).reshape(len(column), -1).T.tobytes()


def _of_planes(raw: bytes, kind: str) -> npt.NDArray[Any]:
    size = np.dtype(kind).itemsize
    return np.ascontiguousarray(np.frombuffer(raw, np.uint8).reshape(size, -1).T).view(kind).ravel()


# What is told in words of the engine --------------------------------------------------------------


def in_json(value: Any) -> bytes:
    """Pack plain data."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), LEVEL)


def of_json(kept: bytes) -> Any:
    """Give plain data back."""
    return json.loads(zlib.decompress(kept))


@lru_cache(maxsize=512)
def told(kept: bytes) -> Sequence[dict[str, Any] | None]:
    """Give for each place what was told of it by day, or nothing."""
    return of_json(kept) if kept else ()


# In whose lists -------------------------------------------------------------------------------------


def numbers(ids: Iterable[int]) -> bytes:
    """Pack numbers, in any order, each once."""
    rising = np.unique(np.fromiter(ids, np.int64))
    return zlib.compress(_in_planes(np.diff(rising, prepend=0)), LEVEL) if len(rising) else b""


def of_numbers(kept: bytes) -> list[int]:
    """Give numbers back, rising."""
    if not kept:
        return []
    found: list[int] = np.cumsum(_of_planes(zlib.decompress(kept), "<i8")).tolist()
    return found
