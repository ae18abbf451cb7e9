"""How many processes answer: several need a store in common, or each would count tries and limits by itself."""

import fcntl
import time
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# A process that is being replaced may live a moment beside the next.
WAIT_S = 10.0
held: list[TextIO] = []


def refuse_a_second_without_store(folder: Path, *, wait_s: float = WAIT_S) -> None:
    """Let one process of the site start where limits are counted in memory. Raises ImproperlyConfigured."""
    if settings.CACHE_URL:
        return
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "web.lock").open("a", encoding="utf-8")
    until = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() < until:
                time.sleep(0.1)
                continue
            file.close()
            raise ImproperlyConfigured(
                "Another process of the site answers already, and the limits against guessing are counted in the "
                "memory of each. Set CACHE_URL to a store that all share (Valkey, Redis), or start one process."
            ) from error
        held.append(file)
        return
