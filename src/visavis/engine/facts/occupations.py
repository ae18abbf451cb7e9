"""How near two occupations stand, read from their codes and from the mobility between them.

An opening may be several jobs at once ("Serveur / barman"): its codes are then joined into one, the foremost first, and
whoever stands near one of them stands as near to the opening. A market numbers each joint code as an occupation of its
own, so nothing that looks one up needs to know.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import AnyArray, IntArray

UNKNOWN, UNRELATED, DOMAIN, FAMILY, EVOLUTION, NEAR, SAME = range(7)
"""Relations, the nearer the higher. ROME: domain = first letter, family = first three characters."""

RELATIONS = ("unknown", "unrelated", "domain", "family", "evolution", "near", "same")
"""Names of the relations, by number."""

LINK_KINDS = {"near": NEAR, "evolution": EVOLUTION}
"""Kinds of mobility an occupation may be left by."""

JOINT = "+"
"""Between the codes of an opening that is several jobs; no code holds it."""

LOOKED_UP_ONE_BY_ONE = 64
"""So many codes at most are looked for among the known ones without numbering all of these."""

type Links = dict[tuple[str, str], int]


def links_by_pair(links: Iterable[tuple[str, str, str]]) -> Links:
    """Index mobility (from, to, kind), kind ``near`` or ``evolution``; the nearest kind wins.

    Raises
    ------
    ValueError
        A kind is neither of the two.

    Examples
    --------
    >>> links_by_pair([("J1506", "J1501", "evolution"), ("J1506", "J1501", "near")])
    {('J1506', 'J1501'): 5}
    """
    found: Links = {}
    for source, target, kind in links:
        if kind not in LINK_KINDS:
            raise ValueError(f"unknown kind of mobility {kind!r}; expected one of {', '.join(LINK_KINDS)}")
        found[source, target] = max(found.get((source, target), UNKNOWN), LINK_KINDS[kind])
    return found


def joint(codes: Iterable[str]) -> str:
    """Join the codes of an opening, the foremost first, each once.

    Examples
    --------
    >>> joint(["D1211", "D1214", "D1211"]), joint(["J1506"]), joint([""])
    ('D1211+D1214', 'J1506', '')
    """
    return JOINT.join(dict.fromkeys(code for code in codes if code))


def jobs(code: str) -> list[str]:
    """Give the codes of which an opening's is made, the foremost first.

    Examples
    --------
    >>> jobs("D1211+D1214"), jobs("")
    (['D1211', 'D1214'], [])
    """
    return code.split(JOINT) if code else []


def nearest_job(source: str, target: str, links: Links) -> str:
    """Give that of a target's jobs which stands nearest to the source; of equals the foremost.

    Examples
    --------
    >>> nearest_job("D1214", "D1211+D1214", {})
    'D1214'
    """
    if JOINT not in target:
        return target
    several = np.array(jobs(target), np.str_)
    return str(several[relations(np.array([source]), several, links)[0].argmax()])


def relations(sources: AnyArray, targets: AnyArray, links: Links) -> npt.NDArray[np.uint8]:
    """Relate every source occupation to every target occupation.

    Parameters
    ----------
    sources : array of str, shape (S,)
        Occupations people come from or want; none empty.
    targets : array of str, shape (T,)
        Occupations of vacancies, joint or not, each once; none empty.
    links : dict
        From `links_by_pair`.

    Returns
    -------
    array of uint8, shape (S, T)
        One of `UNRELATED` … `SAME`; of a joint code the nearest of its jobs'.

    Examples
    --------
    >>> codes = np.array(["J1506", "J1507", "J1103", "F1703", "F1703+J1507"])
    >>> relations(codes[:1], codes, {}).tolist()
    [[6, 3, 2, 1, 3]]
    """
    several = [jobs(code) for code in targets.tolist()]
    single = np.array(sorted({job for some in several for job in some}), np.str_)
    table = _of_single(sources, single, links)
    if len(targets) == 0 or max(map(len, several)) == 1:
        return np.ascontiguousarray(table[:, numbered(targets, single)])
    lengths = np.array([len(some) for some in several])
    places = numbered(np.array([job for some in several for job in some], np.str_), single)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return np.ascontiguousarray(np.maximum.reduceat(table[:, places], starts, axis=1))


def _of_single(sources: AnyArray, targets: AnyArray, links: Links) -> npt.NDArray[np.uint8]:
    """Relate every source occupation to every target that is one job."""
    table = np.full((len(sources), len(targets)), UNRELATED, np.uint8)
    place = {code: number for number, code in enumerate(targets.tolist())}
    heads = [np.array([code[:size] for code in targets.tolist()], dtype=np.str_) for size in (1, 3)]
    by_source: dict[str, list[tuple[int, int]]] = {}
    wanted = set(sources.tolist())
    for (source, target), kind in links.items():
        if source in wanted and target in place:
            by_source.setdefault(source, []).append((place[target], kind))
    for row, source in zip(table, sources.tolist(), strict=True):
        row[heads[0] == source[:1]] = DOMAIN
        row[heads[1] == source[:3]] = FAMILY
        for number, kind in by_source.get(source, []):
            row[number] = max(row[number], kind)
        if source in place:
            row[place[source]] = SAME
    return table


def numbered(values: AnyArray, known: AnyArray) -> IntArray:
    """Give each code its place in the sorted `known` codes, -1 when it is not among them.

    Examples
    --------
    >>> numbered(np.array(["b", "z", ""]), np.array(["a", "b"])).tolist()
    [1, -1, -1]
    """
    if len(values) <= LOOKED_UP_ONE_BY_ONE and values.dtype.kind == known.dtype.kind == "U" and len(known):
        at = np.minimum(np.searchsorted(known, values), len(known) - 1)
        return np.where(known[at] == values, at, -1)
    place = {code: number for number, code in enumerate(known.tolist())}
    return np.array([place.get(code, -1) for code in values.tolist()], np.int64)
