"""How many connections to PostgreSQL the service may hold at once, and whether the server has that many. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass

WORKERS, THREADS = 2, 4
# Beside the threads that answer: what lays openings out in memory, one at a time, and what it begins.
BESIDE = 2
# `visavis work`: a thread a queue, eight that sweep, what lays out beside.
OF_WORKER = 14
# `visavis live`: four threads that ask, and what is woken.
OF_LIVE = 5
# For a second worker, commands, a backup, and the operator's own psql.
RESERVE = 10


@dataclass(frozen=True, slots=True)
class Room:
    """What the server has: connections in all, those it keeps for its masters, those that others hold now."""

    most: int
    kept: int
    others: int = 0


def threads(variables: Mapping[str, str]) -> int:
    """Return how many threads a process of the site has."""
    return _whole(variables, "VISAVIS_THREADS", THREADS)


def workers(variables: Mapping[str, str]) -> int:
    """Return how many processes the site has; several need a store that all share."""
    return _whole(variables, "VISAVIS_WORKERS", WORKERS if variables.get("CACHE_URL") else 1)


def of_process(variables: Mapping[str, str]) -> int:
    """Return how many connections one process of the site holds at most."""
    return threads(variables) + BESIDE


def needed(variables: Mapping[str, str]) -> int:
    """Return how many the whole service may need at once."""
    return workers(variables) * of_process(variables) + OF_WORKER + OF_LIVE + RESERVE


def misfit(variables: Mapping[str, str], room: Room) -> str:
    """Say what to change when they do not fit; nothing when they do."""
    free, wanted = room.most - room.kept - room.others, needed(variables)
    if wanted <= free:
        return ""
    return (
        f"{workers(variables)} processes × {threads(variables)} threads and what runs beside need {wanted} "
        f"connections, and PostgreSQL has {free} (max_connections {room.most}): "
        f"raise max_connections to {room.most + wanted - free}, or lower VISAVIS_WORKERS or VISAVIS_THREADS"
    )


ASKED = (
    "SELECT current_setting('max_connections')::int, current_setting('superuser_reserved_connections')::int"
    " + coalesce(current_setting('reserved_connections', true), '0')::int,"
    " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    " AND datname IS DISTINCT FROM current_database())"
)


def room(url: str, *, time_out_s: int = 5) -> Room | None:
    """Ask a PostgreSQL what it has; nothing when it does not answer, or is none."""
    if not url.startswith(("postgres://", "postgresql://")):
        return None
    import psycopg  # noqa: PLC0415  (only where PostgreSQL is asked for)

    try:
        with psycopg.connect(url, connect_timeout=time_out_s) as server:
            row = server.execute(ASKED).fetchone()
    except psycopg.Error:
        return None
    return Room(*row) if row else None


def _whole(variables: Mapping[str, str], name: str, default: int) -> int:
    """Return how many. Raises ValueError, whose words say what to write, for a number that is none."""
    given = variables.get(name, "").strip()
    if given and not (given.isdecimal() and int(given) > 0):
        raise ValueError(f"{name} is {given!r}: write a whole number from 1 on.")
    return int(given or default)
