"""Turn texts into sparse rows of hashed character n-grams, without a loop over characters."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from visavis.folding import fold

CHUNK_CHARACTERS = 1_000_000


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """Divide each row by its Euclidean length; empty rows stay empty.

    >>> unit_rows(sparse.csr_array(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32))).toarray().tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    counts = np.diff(matrix.indptr)
    rows = np.repeat(np.arange(matrix.shape[0]), counts)
    squares = np.bincount(rows, weights=np.square(matrix.data, dtype=np.float64), minlength=matrix.shape[0])
    lengths = np.sqrt(np.maximum(squares, 1e-30)).astype(np.float32)
    matrix.data = (matrix.data / np.repeat(lengths, counts)).astype(np.float32)
    return matrix


def _spaced_code_points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Give folded code points, one space between words, and the row of an n-gram that starts there."""
    joined = fold("\n" + "\n".join(text.replace("\n", " ") for text in texts) + "\n")
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32).copy()
    ends = points == 10
    is_letter = (points >= 0xC0) & ~((points >= 0x2000) & (points < 0x2070)) & ~((points >> 8) == 0x30)
    is_letter |= ((points >= 97) & (points <= 122)) | ((points >= 48) & (points <= 57))
    is_letter |= (points == ord("+")) | (points == ord("#"))
    points[~is_letter] = 32
    rows = np.cumsum(ends, dtype=np.int32) - 1
    doubled = np.zeros(points.size, dtype=bool)
    doubled[1:] = ~is_letter[1:] & ~is_letter[:-1] & ~ends[1:]
    keep = ~doubled
    return points[keep], rows[keep]


def _grams(
    points: NDArray[np.uint32], rows: NDArray[np.int32], sizes: range
) -> Iterable[tuple[NDArray[np.int32], NDArray[np.uint32]]]:
    """Yield, for each size, rows and hashes of the n-grams that stay inside one word and its two spaces."""
    is_space = points == 32
    hashes = points * np.uint32(0x9E3779B1) + np.uint32(1)
    inside = np.ones(points.size, dtype=bool)
    for size in range(2, sizes.stop):
        count = points.size - size + 1
        if count <= 0:
            return
        if size > 2:
            inside = inside[:count] & ~is_space[size - 2 : size - 2 + count]
        hashes = (hashes[:count] ^ (hashes[:count] >> np.uint32(15))) * np.uint32(0x85EBCA77)
        hashes = hashes + points[size - 1 : size - 1 + count] * np.uint32(0xC2B2AE3D)
        if size < sizes.start:
            continue
        valid = (
            inside[:count] & ~(is_space[:count] & is_space[1 : count + 1]) if size == 2 else inside[:count]
        )
        mixed = hashes[valid]
        mixed = (mixed ^ (mixed >> np.uint32(16))) * np.uint32(0x7FEB352D)
        yield rows[:count][valid], mixed ^ (mixed >> np.uint32(15))


def _counts_of_chunk(texts: Sequence[str], n_features: int, sizes: range) -> sparse.csr_array:
    points, rows = _spaced_code_points(texts)
    parts = list(_grams(points, rows, sizes))
    if not parts:
        return sparse.csr_array((len(texts), n_features), dtype=np.float32)
    row = np.concatenate([part[0] for part in parts])
    column = np.concatenate([part[1] for part in parts]) & np.uint32(n_features - 1)
    cell, times = np.unique(row.astype(np.int64) * n_features + column, return_counts=True)
    starts = np.searchsorted(cell, np.arange(len(texts) + 1) * n_features).astype(np.int32)
    columns = (cell & (n_features - 1)).astype(np.int32)
    return sparse.csr_array((times.astype(np.float32), columns, starts), shape=(len(texts), n_features))


def ngram_counts(
    texts: Iterable[str], n_features: int = 2**18, *, smallest: int = 2, longest: int = 5
) -> sparse.csr_array:
    """Count the hashed character n-grams of each text, inside words and their two spaces ("char_wb").

    Parameters
    ----------
    texts : n texts, folded here.
    n_features : columns, a power of two; hashing needs no vocabulary, collisions are rare and harmless.
    smallest, longest : sizes of the n-grams, at least 2.

    Returns
    -------
    csr_array, shape (n, n_features), float32 counts.

    Raises
    ------
    ValueError : `n_features` is no power of two, or the sizes are out of order.
    """
    if n_features < 2 or n_features & (n_features - 1):
        raise ValueError(f"n_features must be a power of two, not {n_features}")
    if not 2 <= smallest <= longest:
        raise ValueError(f"sizes must satisfy 2 <= smallest <= longest, not {smallest}, {longest}")
    chunks, chunk, held = [], [], 0
    for text in texts:
        chunk.append(text)
        held += len(text) + 1
        if held >= CHUNK_CHARACTERS:
            chunks.append(_counts_of_chunk(chunk, n_features, range(smallest, longest + 1)))
            chunk, held = [], 0
    if chunk or not chunks:
        chunks.append(_counts_of_chunk(chunk, n_features, range(smallest, longest + 1)))
    return chunks[0] if len(chunks) == 1 else sparse.vstack(chunks, format="csr")


def hashed_ngrams(
    texts: Iterable[str], n_features: int = 2**18, *, smallest: int = 2, longest: int = 5
) -> sparse.csr_array:
    """Give each text its hashed character n-grams as a row of length 1; two equal texts have product 1.

    Returns
    -------
    csr_array, shape (n, n_features), float32, rows of Euclidean length 1 (or 0 for a text without a letter).

    >>> rows = hashed_ngrams(["Plombier", "plombière", "Dentiste"])
    >>> float((rows[[0]] @ rows[[1]].T).sum()) > 0.7 > float((rows[[0]] @ rows[[2]].T).sum())
    True
    """
    return unit_rows(ngram_counts(texts, n_features, smallest=smallest, longest=longest))
