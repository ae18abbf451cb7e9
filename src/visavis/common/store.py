"""The store that all processes share, and what stands in for it while it does not answer: the memory of each."""

import logging
import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)
# Who asks waits so long, once; then nobody asks it for a while.
TIME_OUT_S, RESTS_S = 0.5, 5.0
MOST_ENTRIES = 100_000


class SharedStore(RedisCache):
    """Valkey or Redis; while it is gone each process keeps what it is given by itself (`is_alone`)."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"socket_timeout": TIME_OUT_S, "socket_connect_timeout": TIME_OUT_S}
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})
        self.own = LocMemCache("beside-the-store", {"OPTIONS": {"MAX_ENTRIES": MOST_ENTRIES}})

    def _asked(self, name: str, *args: Any, **kwargs: Any) -> Any:
        from redis import RedisError  # noqa: PLC0415  (an extra: only where a store is named)

        if is_alone():
            return getattr(self.own, name)(*args, **kwargs)
        try:
            return getattr(super(), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            Absence.until = time.monotonic() + RESTS_S
            log.warning("the shared store does not answer: %s", type(error).__qualname__)
            return getattr(self.own, name)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._asked("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._asked("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._asked("delete", *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._asked("incr", *args, **kwargs))


class Absence:
    """Until when this process asks the store nothing."""

    until = 0.0


def is_alone() -> bool:
    """Say whether this process counts by itself just now: it then lets through its share only."""
    return time.monotonic() < Absence.until
